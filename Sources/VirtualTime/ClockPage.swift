import CVirtualTime
import Glibc

/// The page in shared memory from which processes under a clock read what to add to the machine's time.
///
/// `@unchecked Sendable`: `pointer` is written by `init` and `deinit` alone; what it points to is read and moved by the C functions with atomic
/// operations only.
final class ClockPage: @unchecked Sendable {
  let pointer: UnsafeMutablePointer<vt_clock>

  /// Makes a page on which wall time is `wallNow` (ns since 1970) and monotonic time the machine's.
  init(wallNow: Int64) throws(SpawnError) {
    pointer = .allocate(capacity: 1)
    pointer.initialize(to: vt_clock())
    let failure = vt_clock_open(pointer)
    guard failure == 0 else {
      throw SpawnError(path: "the clock page", reason: String(cString: strerror(failure)))
    }
    pointer.pointee.page.pointee.wall_offset = wallNow - vt_monotonic()
  }

  deinit {
    vt_clock_close(pointer)
    pointer.deallocate()
  }

  /// Virtual CLOCK_MONOTONIC, ns.
  var monotonic: Int64 { vt_clock_monotonic(pointer) }

  /// Jumps `nanoseconds` ahead.
  func advance(by nanoseconds: Int64) { vt_clock_advance(pointer, nanoseconds) }
}
