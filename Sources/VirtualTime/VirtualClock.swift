import CVirtualTime
import Dispatch
import Glibc
import Synchronization

/// A clock that jumps to the next deadline whenever every process under it is idle.
///
/// It runs at real speed between jumps, so an error of its controller costs speed and not correctness. Ends with ``stop()``.
public final class VirtualClock: ProcessClock {
  public let epoch: Double
  let page: ClockPage
  private let zero: Int64
  private let state = Mutex(State())
  private let called = DispatchSemaphore(value: 0)

  private struct State {
    var tokens = 0
    var sleepers = Sleepers()
    var newChildren: [Int32] = []
    var endedChildren: [Int32] = []
    var newThreads: [Int32] = []
    var controllerWaits = false
    var stopped = false
    var stall: VirtualTimeStalled?
    var statistics = ClockStatistics()
  }

  /// Starts a clock that now shows `lead` before offset 0.
  ///
  /// - Parameters:
  ///   - epoch: seconds since 1970 at offset 0.
  ///   - lead: how much virtual time there is before offset 0, for start-up and warm-up.
  ///   - patience: how long, in real time, nothing may move before the clock gives up; see ``VirtualTimeStalled``.
  ///   - onStall: called once if it gives up, on the clock's own thread.
  public init(
    epoch: Double, lead: Duration, patience: Duration = .seconds(30),
    onStall: @escaping @Sendable (VirtualTimeStalled) -> Void = { _ in }
  ) throws(SpawnError) {
    self.epoch = epoch
    page = try ClockPage(wallNow: Int64((epoch * 1e9).rounded()) - lead.nanoseconds)
    zero = page.monotonic + lead.nanoseconds
    startThread("virtual clock") { [self] in
      vt_sharpen_timers()
      guard var controller = Controller(clock: self, patience: patience, onStall: onStall) else { return }
      controller.run()
    }
  }

  public var now: RunInstant { RunInstant(.nanoseconds(page.monotonic - zero)) }
  public var minimumResolution: Duration { .nanoseconds(1) }

  public func hold() -> BusyToken {
    state.withLock { $0.tokens += 1 }
    return BusyToken { [weak self] in self?.giveBack() }
  }

  private func giveBack() {
    change { $0.tokens -= 1 }
  }

  public func schedule(at deadline: RunInstant, _ body: @escaping @Sendable (BusyToken) -> Void) -> ScheduledCall {
    let key = change { $0.sleepers.add(at: deadline.offset, body) }
    return ScheduledCall { [weak self] in self?.state.withLock { $0.sleepers.remove(key) } }
  }

  public func start(_ command: Command) async throws(SpawnError) -> ChildProcess {
    try refuseWhatCannotLiveUnderTheClock(command)
    let token = hold()
    defer { token.release() }
    let pid = try await Spawner.shared.spawn(command, under: page)
    state.withLock { $0.newChildren.append(pid) }
    return ChildProcess(pid: pid) { [weak self] in self?.change { $0.endedChildren.append(pid) } }
  }

  public func admit(threads: [Int32]) { change { $0.newThreads += threads } }

  public func stop() { change { $0.stopped = true } }

  /// How many calls the clock owes.
  public var sleeperCount: Int { state.withLock { $0.sleepers.count } }

  /// What the controller did so far.
  public var statistics: ClockStatistics { state.withLock { $0.statistics } }

  /// Changes the state and lets the controller see it at once.
  private func change<R: Sendable>(_ body: (inout sending State) -> sending R) -> R {
    let (result, waits) = state.withLock { state in
      let result = body(&state)
      defer { state.controllerWaits = false }
      return (result, state.controllerWaits)
    }
    if waits { called.signal() }
    return result
  }
}

// MARK: - What the controller asks of the clock

extension VirtualClock {
  /// What the controller has to do before it looks at the processes.
  enum Errand {
    case stop
    /// Firedrill itself is at work: nothing to do until it says so, or until a deadline comes by itself.
    case wait
    case call([@Sendable (BusyToken) -> Void])
    case watch(newChildren: [Int32], endedChildren: [Int32], newThreads: [Int32])
    case scan
  }

  func nextErrand() -> Errand {
    let now = now.offset
    return state.withLock { state in
      if state.stopped { return .stop }
      if !state.newChildren.isEmpty || !state.endedChildren.isEmpty || !state.newThreads.isEmpty {
        defer { (state.newChildren, state.endedChildren, state.newThreads) = ([], [], []) }
        return .watch(newChildren: state.newChildren, endedChildren: state.endedChildren, newThreads: state.newThreads)
      }
      let due = state.sleepers.takeDue(at: now)
      if !due.isEmpty {
        state.tokens += due.count
        return .call(due)
      }
      return state.tokens > 0 ? .wait : .scan
    }
  }

  /// A token that is counted already.
  func countedToken() -> BusyToken { BusyToken { [weak self] in self?.giveBack() } }

  /// Blocks the controller until something changes or the next deadline comes, at most 50 ms.
  func waitForChange() {
    let now = now.offset
    let pause: Duration? = state.withLock { state in
      guard state.tokens > 0, !state.stopped, state.newChildren.isEmpty, state.endedChildren.isEmpty else { return nil }
      state.controllerWaits = true
      let next = state.sleepers.nearest().map { $0 - now } ?? .milliseconds(50)
      return min(max(next, .microseconds(1)), .milliseconds(50))
    }
    guard let pause else { return }
    _ = called.wait(timeout: .now() + .nanoseconds(Int(pause.nanoseconds)))
    state.withLock { $0.controllerWaits = false }
  }

  /// Jumps ahead, at most to Firedrill's own next deadline; false where Firedrill got busy or there is nothing to wait for.
  func jump(upTo childDeadline: Int64?) -> Bool {
    state.withLock { state in
      guard state.tokens == 0, !state.stopped else { return false }
      let own = state.sleepers.nearest().map { $0.nanoseconds - (page.monotonic - zero) }
      guard let target = [childDeadline, own].compactMap({ $0 }).min(), target > 0 else { return false }
      page.advance(by: target)
      state.statistics.jumps += 1
      return true
    }
  }

  func count(_ body: (inout ClockStatistics) -> Void) { state.withLock { body(&$0.statistics) } }

}

/// What a virtual clock did.
public struct ClockStatistics: Sendable {
  public var jumps = 0
  /// Times at which a thread might have read the old time while the clock was moved, so that all were asked again.
  public var refreshes = 0
  /// Times at which a thread's deadline was not known well enough, so that it was asked again before a jump.
  public var recomputations = 0
  /// Scans that found somebody busy at the second look only: the moments that a single look would have missed.
  public var narrowEscapes = 0
  /// Jumps that were given up because something ran after the second look.
  public var lateEscapes = 0
  /// Times at which packets were still in the kernel's queue while all threads slept.
  public var packetsSeen = 0
  /// The longest real time without a jump or a call while nobody held the clock: how long the machine kept somebody from coming to rest.
  public var longestPause = Duration.zero
}

/// No process came to rest for a long real time, so time could not go on.
public struct VirtualTimeStalled: Error, Sendable, CustomStringConvertible {
  /// What every thread of every child waits for, a line each.
  public var threads: [String]

  public var description: String { "virtual time stood still: for too long some process was neither at rest nor done" }
}

extension Duration {
  /// Whole nanoseconds, clamped to what 64 bits hold (292 years).
  var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    return overflow ? (seconds < 0 ? .min : .max) : product + attoseconds / 1_000_000_000
  }
}
