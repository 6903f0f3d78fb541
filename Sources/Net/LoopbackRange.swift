import Foundation
import Glibc

/// A /24 of 127.0.0.0/8 that is this run's alone, held by a lock on a file: standard ports stay, since each instance has its own address.
public final class LoopbackRange: Sendable {
  private let prefix: String
  private let lock: Int32

  /// Claims a free range; other runs of this machine see the lock in `folder`, which is made.
  public init(lockFolder folder: String) throws(LoopbackError) {
    do { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) } catch {
      throw LoopbackError(reason: "cannot make \(folder): \(error)")
    }
    // Start anywhere, so that runs that begin together seldom meet.
    let first = Int.random(in: 0..<Self.count)
    for step in 0..<Self.count {
      let number = (first + step) % Self.count
      let prefix = "127.\(1 + number / 254).\(1 + number % 254)"
      let file = open("\(folder)/\(prefix).lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
      guard file >= 0 else {
        throw LoopbackError(reason: "cannot write in \(folder): \(String(cString: strerror(errno)))")
      }
      if flock(file, LOCK_EX | LOCK_NB) == 0 {
        self.prefix = prefix
        lock = file
        return
      }
      close(file)
    }
    throw LoopbackError(reason: "all \(Self.count) ranges of loopback addresses are taken")
  }

  private static let count = 250 * 254

  deinit { close(lock) }

  /// The address number `n`, 1 to 254.
  public func address(_ n: Int) -> String { "\(prefix).\(n)" }
}

/// No range of addresses could be had.
public struct LoopbackError: Error, Sendable, CustomStringConvertible {
  public var reason: String
  public var description: String { "no loopback addresses: \(reason)" }
}
