import Synchronization
public import VirtualTime

/// A clock that a test moves by hand.
public final class ManualClock: RunClock {
  private struct State {
    var now = RunInstant(.zero)
    var calls: [Int: (at: RunInstant, body: @Sendable (BusyToken) -> Void)] = [:]
    var next = 0
  }
  private let state = Mutex(State())

  /// Starts at offset 0, or at another.
  public init(at offset: Duration = .zero) {
    state.withLock { $0.now = RunInstant(offset) }
  }

  public var now: RunInstant { state.withLock { $0.now } }
  public var minimumResolution: Duration { .nanoseconds(1) }
  public var epoch: Double { 1_700_000_000 }

  public func hold() -> BusyToken { BusyToken {} }

  public func schedule(at deadline: RunInstant, _ body: @escaping @Sendable (BusyToken) -> Void) -> ScheduledCall {
    let key = state.withLock { state in
      state.next += 1
      state.calls[state.next] = (deadline, body)
      return state.next
    }
    return ScheduledCall { self.state.withLock { $0.calls[key] = nil } }
  }

  /// How many calls are owed.
  public var owed: Int { state.withLock { $0.calls.count } }

  /// Waits until so many calls are owed.
  public func owes(_ count: Int) async {
    while owed != count { await Task.yield() }
  }

  /// Moves the clock and makes the calls that are due, in order.
  public func advance(by duration: Duration) {
    let due = state.withLock { state in
      state.now = state.now.advanced(by: duration)
      let due = state.calls.filter { $0.value.at <= state.now }.sorted { $0.value.at < $1.value.at }
      for (key, _) in due { state.calls[key] = nil }
      return due.map(\.value.body)
    }
    for body in due { body(hold()) }
  }
}
