import CVirtualTime
import Glibc

/// Starts a thread of its own for `body`: for work that blocks, which the cooperative pool must not do.
///
/// - Parameter name: what `top -H` and gdb show; at most 15 bytes of it.
func startThread(_ name: String, _ body: @escaping @Sendable () -> Void) {
  let box = Unmanaged.passRetained(ThreadBody(body))
  let failure = vt_start_thread(name, runThread, box.toOpaque())
  // Without this thread nothing that was promised can happen: there is no way on.
  precondition(failure == 0, "cannot start a thread: \(String(cString: strerror(failure)))")
}

/// The kernel's number of the calling thread.
public func currentThreadID() -> Int32 { vt_thread_id() }

private final class ThreadBody: Sendable {
  let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) {
    self.body = body
  }
}

private func runThread(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let context else { return nil }
  Unmanaged<ThreadBody>.fromOpaque(context).takeRetainedValue().body()
  return nil
}
