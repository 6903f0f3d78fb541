/// Why an expression has no data, or what its data is worth.
public struct Explanation: Sendable, Codable, Hashable {
  /// What the matter is, as a word that tools can look for.
  public enum Cause: String, Sendable, Codable, CaseIterable {
    /// No series of this name has ever been seen.
    case unknownMetric = "unknown_metric"
    /// The metric was there, and is gone at this time.
    case staleMetric = "stale_metric"
    /// A matcher takes all series of the metric away.
    case noSuchValue = "no_such_value"
    /// The metric has no label of this name.
    case noSuchLabel = "no_such_label"
    /// There is data, but not at the time of `offset` or `@`.
    case noDataAtThatTime = "no_data_at_that_time"
    /// The range holds fewer samples than the function needs.
    case rangeTooShort = "range_too_short"
    /// The two sides of an operator have no series in common.
    case noMatchingLabels = "no_matching_labels"
    /// A comparison holds for no value.
    case comparisonIsFalse = "comparison_is_false"
    /// `unless` takes everything away, or `absent` finds what it looks for.
    case presentAsItShouldNotBe = "present"
    /// A histogram function without buckets.
    case noBuckets = "no_buckets"
    /// A function that gives no value for the data that there is.
    case functionGivesNothing = "function_gives_nothing"
    /// The server refuses the expression.
    case refused
    case hasData = "has_data"
  }

  public var cause: Cause
  /// One sentence without a final full stop.
  public var sentence: String
  /// What was looked at, a line each.
  public var evidence: [String]
  /// What to do about it.
  public var advice: String?

  /// Creates an explanation.
  public init(_ cause: Cause, _ sentence: String, evidence: [String] = [], advice: String? = nil) {
    self.cause = cause
    self.sentence = sentence
    self.evidence = evidence
    self.advice = advice
  }
}
