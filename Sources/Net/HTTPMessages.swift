public import NIOCore

/// A request as it reached a fake, whole.
public struct IncomingRequest: Sendable {
  public var method: String
  /// The request target as it was sent: a path, or an absolute URL to a proxy.
  public var target: String
  public var headers: [(name: String, value: String)]
  public var body: [UInt8]

  /// The first header of that name, whatever its case.
  public func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}

/// What a fake answers, and how it behaves while it does.
public struct Reply: Sendable {
  public var status: Int
  public var contentType: String
  public var body: [UInt8]
  public var manner: Manner

  /// How an answer is given.
  public enum Manner: Sendable, Equatable {
    case normal
    /// So much later, in virtual time.
    case delayed(Duration)
    /// Never: the connection stays open until the peer gives up.
    case hanging
    /// The connection is reset instead.
    case reset
    /// Half of the body, and then the connection closes.
    case truncated
  }

  /// Creates an answer.
  public init(
    status: Int = 200, contentType: String = "text/plain; charset=utf-8", body: [UInt8] = [], manner: Manner = .normal
  ) {
    self.status = status
    self.contentType = contentType
    self.body = body
    self.manner = manner
  }

  /// Creates an answer of text.
  public init(
    status: Int = 200, contentType: String = "text/plain; charset=utf-8", text: String, manner: Manner = .normal
  ) {
    self.init(status: status, contentType: contentType, body: Array(text.utf8), manner: manner)
  }
}

/// An answer that is there, or one that comes on the loop.
public enum Answer: Sendable {
  case now(Reply)
  case later(EventLoopFuture<Reply>)
}
