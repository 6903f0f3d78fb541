public import Signals

/// A metric family at one moment: what one scrape shows of it.
public struct MetricFamily: Hashable, Sendable {
  /// Without the suffixes `_bucket`, `_sum`, `_count`.
  public var name: String
  public var type: MetricType
  public var help: String
  public var samples: [Sample]

  /// One line of the family.
  public struct Sample: Hashable, Sendable {
    /// The whole name of the line, suffix included.
    public var name: String
    public var labels: Labels
    public var value: Double

    /// Creates a sample.
    public init(name: String, labels: Labels = [:], value: Double) {
      self.name = name
      self.labels = labels
      self.value = value
    }
  }

  /// Creates a family.
  public init(name: String, type: MetricType, help: String, samples: [Sample] = []) {
    self.name = name
    self.type = type
    self.help = help
    self.samples = samples
  }
}
