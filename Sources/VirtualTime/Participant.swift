import Synchronization

/// A task of a run while it works: it holds time back, gives the hold up while it sleeps, and has it again before its deadline counts as passed.
///
/// Without this, time would jump over whatever Firedrill does between two sleeps (virtual-time rule 10).
final class Participant: Sendable {
  @TaskLocal static var current: Participant?

  private let token: Mutex<BusyToken?>

  init(_ token: BusyToken) {
    self.token = Mutex(token)
  }

  /// Lets time go on.
  func giveUp() {
    let held = token.withLock { token in
      defer { token = nil }
      return token
    }
    held?.release()
  }

  /// Goes on with a token that is already held.
  func take(_ new: BusyToken) { token.withLock { $0 = new } }
}

extension RunClock {
  /// Runs `body` as a part of the run: time cannot jump while it works, only while it sleeps on this clock.
  public func participate<R: Sendable>(_ body: () async throws -> R) async rethrows -> R {
    let participant = Participant(hold())
    defer { participant.giveUp() }
    return try await Participant.$current.withValue(participant) { try await body() }
  }

  /// Lets time go on while `body` waits for other parts of the run.
  public func standAside<R: Sendable>(_ body: () async throws -> R) async rethrows -> R {
    let participant = Participant.current
    participant?.giveUp()
    defer { participant?.take(hold()) }
    return try await Participant.$current.withValue(nil) { try await body() }
  }

  public func sleep(until deadline: RunInstant, tolerance: Duration? = nil) async throws {
    try Task.checkCancellation()
    let participant = Participant.current
    let wake = Wake()
    let token = try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        wake.begin(continuation)
        wake.attach(schedule(at: deadline) { wake.end(.success($0)) })
        participant?.giveUp()
      }
    } onCancel: {
      wake.end(.failure(CancellationError()))
    }
    participant?.take(token)
  }
}

/// The one resumption of a sleep, whichever comes first: its deadline or its cancellation.
private final class Wake: Sendable {
  private struct State {
    var continuation: CheckedContinuation<BusyToken, any Error>?
    var result: Result<BusyToken, any Error>?
    var call: ScheduledCall?
  }

  private let state = Mutex(State())

  func begin(_ continuation: CheckedContinuation<BusyToken, any Error>) {
    let early = state.withLock { state in
      if state.result == nil { state.continuation = continuation }
      return state.result
    }
    if let early { continuation.resume(with: early) }
  }

  func attach(_ call: ScheduledCall) {
    let ended = state.withLock { state in
      if state.result == nil { state.call = call }
      return state.result != nil
    }
    if ended { call.cancel() }
  }

  func end(_ result: Result<BusyToken, any Error>) {
    let (continuation, call) = state.withLock { state in
      guard state.result == nil else {
        return (nil, nil) as (CheckedContinuation<BusyToken, any Error>?, ScheduledCall?)
      }
      state.result = result
      defer { (state.continuation, state.call) = (nil, nil) }
      return (state.continuation, state.call)
    }
    continuation?.resume(with: result)
    if case .failure = result { call?.cancel() }
  }
}
