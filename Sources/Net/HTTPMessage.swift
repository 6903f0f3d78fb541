public import NIOCore
public import VirtualTime

/// A request as it arrived, whole.
public struct HTTPRequest: Sendable {
  /// `GET`, as it arrived.
  public var method: String
  /// As it stands in the request line: a path, or the whole URL where a proxy is asked.
  public var target: String
  /// In their order, names as written.
  public var headers: [(name: String, value: String)]
  /// Empty where there is none.
  public var body: [UInt8]
  /// When its connection was opened.
  public var connectedAt: RunInstant
  /// The `host:port` of the tunnel in which it came by TLS; nil where it came plainly.
  public var tunnel: String?

  /// The first value of a header, by its name in any case.
  public func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}

/// An answer and the manner in which it is given.
public struct HTTPReply: Sendable {
  /// 200 to 599.
  public var status: Int
  /// In their order, names as written.
  public var headers: [(name: String, value: String)]
  /// Empty where there is none.
  public var body: [UInt8]
  /// Normal unless said.
  public var manner: Manner

  /// How an answer is given.
  public enum Manner: Sendable, Hashable {
    /// At once and whole.
    case normal
    /// In full, so much virtual time later.
    case afterDelay(Duration)
    /// Never; the connection stays open until the peer closes it.
    case hang
    /// The connection is reset instead.
    case reset
    /// So many bytes of the body, then the connection is closed though `content-length` says more.
    case truncated(at: Int)
  }

  /// Creates an answer; `content-length` is added when it is sent.
  public init(
    status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = [], manner: Manner = .normal
  ) {
    self.status = status
    self.headers = headers
    self.body = body
    self.manner = manner
  }

  /// Creates an answer of text.
  public init(
    status: Int, contentType: String = "text/plain; charset=utf-8", text: String, manner: Manner = .normal
  ) {
    self.init(status: status, headers: [("content-type", contentType)], body: Array(text.utf8), manner: manner)
  }
}

/// An answer that is there, or one that comes later.
public enum HTTPAnswer: Sendable {
  case now(HTTPReply)
  /// A failure becomes a 502.
  case later(EventLoopFuture<HTTPReply>)
}
