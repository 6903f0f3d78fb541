import Glibc

/// A /24 of 127.0.0.0/8 that belongs to one run: standard ports stay free in it.
///
/// The claim is a lock on a file, so it ends with the process however that ends.
public final class LoopbackRange: Sendable {
  /// The first three numbers, `127.20.3`.
  public let prefix: String
  private let lock: FileLock

  /// The claim could not be made.
  public enum Failure: Error, Hashable, CustomStringConvertible {
    /// The directory of claims cannot be used, with the system's error number.
    case directory(String, errno: Int32)
    /// Every range is taken.
    case exhausted

    public var description: String {
      switch self {
      case .directory(let path, let code):
        "no loopback addresses: cannot write in \(path): \(String(cString: strerror(code)))"
      case .exhausted: "no loopback addresses: all \(LoopbackRange.count) ranges are taken"
      }
    }
  }

  /// How many ranges there are: 127.64 to 127.127, since 127.0 is the machine's own and debris of other programs gathers in the low ones.
  public static let count = 64 * 256

  /// Claims a free range; `directory`, which is made where its parent exists, holds the claims of all runs that must not meet.
  ///
  /// - Parameter first: where the search starts; anywhere, so that runs that begin together seldom meet.
  public init(directory: String, from first: Int = .random(in: 0..<count)) throws(Failure) {
    if mkdir(directory, 0o700) != 0, errno != EEXIST { throw .directory(directory, errno: errno) }
    for step in 0..<Self.count {
      let number = (first + step) % Self.count
      let prefix = "127.\(64 + number / 256).\(number % 256)"
      switch FileLock.claim("\(directory)/\(prefix)") {
      case .claimed(let lock):
        self.prefix = prefix
        self.lock = lock
        return
      case .taken: continue
      case .failed(let code): throw .directory(directory, errno: code)
      }
    }
    throw .exhausted
  }

  /// The address with the number `n`, 1 to 254.
  public func address(_ n: Int) -> String {
    precondition((1...254).contains(n), "a /24 has the hosts 1 to 254")
    return "\(prefix).\(n)"
  }

  /// Gives the range back; later calls do nothing.
  public func release() { lock.release() }
}
