/// A request to a process of this machine.
public struct HTTPRequest: Sendable {
  public var method: String
  public var url: String
  public var headers: [String: String]
  public var body: [UInt8]?
  /// Real time for the whole exchange.
  public var timeout: Duration

  /// Describes a request.
  public init(
    _ method: String = "GET", _ url: String, headers: [String: String] = [:], body: [UInt8]? = nil,
    timeout: Duration = .seconds(30)
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.timeout = timeout
  }
}

/// An answer, whatever its status.
public struct HTTPResponse: Sendable {
  /// Bodies beyond this many bytes fail the request.
  public static let largestBody = 256 << 20

  public var status: Int
  public var body: [UInt8]

  /// The body as text; invalid UTF-8 is replaced.
  public var text: String { String(decoding: body, as: UTF8.self) }
}

/// No answer came.
public struct HTTPError: Error, Sendable, CustomStringConvertible {
  public var url: String
  public var reason: String

  public var description: String { "\(url): \(reason)" }
}

/// Percent-encodes a text for a query string or a path component (RFC 3986's unreserved characters stay).
public func percentEncoded(_ text: String) -> String {
  let hex = Array("0123456789ABCDEF".utf8)
  var bytes: [UInt8] = []
  for byte in text.utf8 {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
      bytes.append(byte)
    default:
      bytes += [UInt8(ascii: "%"), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}
