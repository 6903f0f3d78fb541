/// What is wrong with a small text: a notation, a duration, a size, a series.
public struct NotationError: Error, Hashable, Sendable {
  /// One sentence without a final full stop.
  public var message: String
  /// Characters from the start of the text.
  public var offset: Int
  /// How many characters are wrong; at least 1.
  public var length: Int
  public var advice: String?

  /// Describes what is wrong.
  public init(_ message: String, offset: Int = 0, length: Int = 1, advice: String? = nil) {
    self.message = message
    self.offset = offset
    self.length = max(1, length)
    self.advice = advice
  }
}
