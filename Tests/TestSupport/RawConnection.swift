import Glibc

/// A TCP connection to 127.0.0.1 that sends and reads bytes as a test says: for what no program does on purpose.
public final class RawConnection: Sendable {
  private let descriptor: Int32

  /// The connection could not be made, ended or stayed silent too long; with what had come.
  public struct Failure: Error, Hashable {
    /// 0: the peer closed it.
    public var errno: Int32
    public var received = ""

    public static let closed = Failure(errno: 0)
    public static let reset = Failure(errno: ECONNRESET)
  }

  /// Connects.
  public init(port: Int) throws(Failure) {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    // Only a test that fails waits so long.
    var patience = timeval(tv_sec: 20, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else { throw Failure(errno: errno) }
  }

  deinit { close(descriptor) }

  /// Sends a text.
  public func send(_ text: String) throws(Failure) {
    let bytes = Array(text.utf8)
    guard Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else {
      throw Failure(errno: errno)
    }
  }

  /// Sends a text and reads so many bytes.
  public func ask(_ text: String, bytes: Int) throws(Failure) -> String {
    try send(text)
    return try read(bytes)
  }

  /// Reads so many bytes.
  public func read(_ count: Int) throws(Failure) -> String {
    var received: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: count)
    while received.count < count {
      let got = recv(descriptor, &buffer, count - received.count, 0)
      guard got > 0 else {
        throw Failure(errno: got == 0 ? 0 : errno, received: String(decoding: received, as: UTF8.self))
      }
      received += buffer.prefix(got)
    }
    return String(decoding: received, as: UTF8.self)
  }

  /// Reads what comes until the peer closes.
  public func readToEnd() throws(Failure) -> String {
    do {
      return try read(1 << 20)
    } catch {
      guard error.errno == 0 else { throw error }
      return error.received
    }
  }

  /// Whether it is open and nothing has come that was not read.
  public var isSilent: Bool {
    var byte: UInt8 = 0
    return recv(descriptor, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT)) < 0 && errno == EAGAIN
  }
}
