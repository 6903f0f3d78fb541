/// Label names and values of a series; what Prometheus calls a label set, without `__name__`.
public typealias Labels = [String: String]

/// The Prometheus metric types of the text format 0.0.4 and what Firedrill needs of OpenMetrics.
public enum MetricType: String, Sendable, Codable, CaseIterable {
  case counter
  case gauge
  case histogram
  case summary
  case untyped
}

/// A metric name and its labels: one series of one instance.
public struct SeriesID: Hashable, Sendable {
  public var name: String
  public var labels: Labels

  /// Creates an identity; `labels` do not hold `__name__`.
  public init(name: String, labels: Labels = [:]) {
    self.name = name
    self.labels = labels
  }
}
