import Glibc
import Synchronization

/// An exclusive lock on a file, held until released or dropped.
final class FileLock: Sendable {
  private let descriptor: Mutex<Int32?>

  enum Claim {
    case claimed(FileLock)
    case taken
    case failed(Int32)
  }

  private init(_ descriptor: Int32) { self.descriptor = Mutex(descriptor) }

  static func claim(_ path: String) -> Claim {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return .failed(errno) }
    if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return .claimed(FileLock(descriptor)) }
    let code = errno
    close(descriptor)
    return code == EWOULDBLOCK ? .taken : .failed(code)
  }

  func release() {
    // The file stays: unlinking it would let two runs lock two files of one name.
    descriptor.withLock { held in
      if let open = held { close(open) }
      held = nil
    }
  }

  deinit { release() }
}
