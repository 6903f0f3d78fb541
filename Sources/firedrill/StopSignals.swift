import Dispatch
import Foundation
import Synchronization

/// Ctrl-C and SIGTERM: the first one cancels the run, which then takes its stack down and reports; the second ends at once, and the reaper cleans up.
final class StopSignals: Sendable {
  private let state = Mutex(State())

  private struct State {
    var received: Int32?
    var task: (@Sendable () -> Void)?
  }

  /// The first signal that came.
  var received: Int32? { state.withLock { $0.received } }

  init() {
    for number in [SIGINT, SIGTERM] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      // The handler keeps its source alive: it is wanted as long as the process.
      source.setEventHandler { [self] in withExtendedLifetime(source) { take(number) } }
      source.resume()
    }
  }

  private func take(_ number: Int32) {
    let (isFirst, cancel) = state.withLock { state in
      defer { state.received = state.received ?? number }
      return (state.received == nil, state.task)
    }
    guard isFirst else { exit(number == SIGINT ? 130 : 143) }
    cancel?()
  }

  /// Runs `body`, cancelled when a signal comes.
  func cancelling<R: Sendable>(_ body: @escaping @Sendable () async -> R) async -> R {
    let task = Task { await body() }
    let isLate = state.withLock { state in
      state.task = { task.cancel() }
      return state.received != nil
    }
    if isLate { task.cancel() }
    return await task.value
  }
}
