/// One thing that is wrong, or doubtful, in what a user wrote.
public struct Finding: Error, Hashable, Sendable, Codable {
  /// How much it matters. Only `error` makes an input unusable.
  public enum Severity: String, Sendable, Codable, CaseIterable {
    case error
    case warning
    case note
  }

  public var severity: Severity
  /// One sentence, without a final full stop, that says what is wrong.
  public var message: String
  /// Where it is; nil where no file is to blame (a missing binary, say).
  public var place: Place?
  /// How many characters the caret underlines; at least 1.
  public var length: Int
  /// What to do about it, in one sentence.
  public var advice: String?

  /// Creates a finding.
  public init(
    _ severity: Severity = .error, _ message: String, at place: Place? = nil, length: Int = 1, advice: String? = nil
  ) {
    self.severity = severity
    self.message = message
    self.place = place
    self.length = max(1, length)
    self.advice = advice
  }
}

/// Everything that was found wrong with an input that therefore cannot be used; thrown once, holding all.
public struct Findings: Error, Sendable, Equatable {
  public var all: [Finding]

  /// Collects findings, in the order in which they will be shown.
  public init(_ all: [Finding]) {
    self.all = all
  }

  /// A single error as a collection.
  public init(_ message: String, at place: Place? = nil, length: Int = 1, advice: String? = nil) {
    self.all = [Finding(.error, message, at: place, length: length, advice: advice)]
  }
}
