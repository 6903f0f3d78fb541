/// Why a results database cannot be used, in words for the one who named it.
public struct ResultsError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The kinds of trouble.
  public enum Reason: Sendable, Equatable {
    case missing
    case foreign
    case corrupt
    case unwritable
    case newer
    case busy
    case noSuchRun
    /// An event came before its run or scenario had begun, or twice.
    case outOfOrder
    /// Anything else that SQLite or the system says.
    case other
  }

  /// What is wrong, for programs.
  public var reason: Reason
  /// The file, as it was named.
  public var path: String
  /// One sentence without a final full stop; names the path.
  public var message: String
  /// What to do about it.
  public var advice: String

  /// Message and advice in one line.
  public var description: String { "\(message); \(advice)" }

  init(_ reason: Reason, _ path: String, _ message: String, advice: String) {
    self.reason = reason
    self.path = path
    self.message = message
    self.advice = advice
  }
}
