/// What is wrong with a text in one of the small notations: series, values, durations, sizes, rates.
public struct NotationError: Error, Hashable, Sendable {
  /// One sentence without a final full stop.
  public var message: String
  /// Characters before the fault.
  public var offset: Int
  /// Characters that are at fault; at least 1.
  public var length: Int
  /// What to do about it.
  public var advice: String?

  /// Creates an error.
  public init(_ message: String, offset: Int, length: Int = 1, advice: String? = nil) {
    self.message = message
    self.offset = offset
    self.length = max(1, length)
    self.advice = advice
  }
}
