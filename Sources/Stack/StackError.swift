/// The stack could not do its part: the verdict is `error`, the exit code 3.
public struct StackError: Error, Sendable, CustomStringConvertible {
  /// One sentence.
  public var message: String
  /// The tail of a log, or what every thread waits for.
  public var details: [String]

  /// Creates an error.
  public init(_ message: String, details: [String] = []) {
    self.message = message
    self.details = details
  }

  public var description: String { message }
}

/// Calls `probe` until it answers, every few milliseconds of real time, at most for `limit`.
///
/// The one way in which Firedrill waits for something that nobody announces.
public func eventually<R: Sendable>(
  within limit: Duration, _ what: @autoclosure () -> String, _ probe: () async throws -> R?
) async throws -> R {
  let deadline = ContinuousClock.now + limit
  while true {
    if let answer = try await probe() { return answer }
    guard ContinuousClock.now < deadline else { throw StackError("\(what()) did not happen within \(limit)") }
    try await Task.sleep(for: .milliseconds(4))
  }
}
