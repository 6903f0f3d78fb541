import CVirtualTime
import Glibc
import Synchronization

/// A process that Firedrill started.
public final class ChildProcess: Sendable {
  public let pid: Int32
  private let state = Mutex(State())

  private struct State {
    var status: ExitStatus?
    var waiting: [CheckedContinuation<ExitStatus, Never>] = []
  }

  /// Watches `pid` until it ends; `atEnd` is called once, before anybody who waits is told.
  init(pid: Int32, atEnd: @escaping @Sendable () -> Void) {
    self.pid = pid
    startThread("wait \(pid)") { [self] in
      vt_wait_for_end(pid)
      atEnd()
      reap()
    }
  }

  private func reap() {
    let (status, waiting) = state.withLock { state in
      let status = ExitStatus(waitStatus: vt_reap(pid))
      state.status = status
      defer { state.waiting = [] }
      return (status, state.waiting)
    }
    for continuation in waiting { continuation.resume(returning: status) }
  }

  /// Waits until it has ended, in real time.
  public func exitStatus() async -> ExitStatus {
    await withCheckedContinuation { continuation in
      let ended = state.withLock { state in
        if state.status == nil { state.waiting.append(continuation) }
        return state.status
      }
      if let ended { continuation.resume(returning: ended) }
    }
  }

  /// How it ended; nil while it runs.
  public var endedWith: ExitStatus? { state.withLock { $0.status } }

  /// Sends a signal, unless it has ended.
  public func send(signal: Int32) {
    // Under the lock it cannot be reaped, so its number cannot have a new owner.
    state.withLock { state in
      if state.status == nil { kill(pid, signal) }
    }
  }
}

extension ExitStatus {
  fileprivate init(waitStatus: Int32) {
    let signal = waitStatus & 0x7f
    self = signal == 0 ? .exited((waitStatus >> 8) & 0xff) : .signaled(signal)
  }
}
