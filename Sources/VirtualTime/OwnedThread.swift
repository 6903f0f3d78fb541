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

/// Puts the calling thread, and the threads that it starts from then on, before other work of the machine, where that is allowed.
///
/// Whatever a jump waits for should not wait for a processor: meanwhile virtual time runs at real speed.
public func goFirst() { vt_go_first() }

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
