/// What a data source answered to one query of a panel.
public struct PanelAnswer: Codable, Sendable, Hashable {
  /// The shape that the query asked for. [Grafana: pkg/promlib/models/query.go]
  public enum Format: String, Codable, Sendable {
    case timeSeries = "time_series"
    case table
    case heatmap
  }

  public var refID: String
  /// The PromQL as it was sent: the name of a series that has no labels.
  public var expression: String
  /// Nil or empty: the full name; `__auto`; or a template of `{{label}}`, its variables expanded.
  public var legendFormat: String?
  public var format: Format
  public var isInstant: Bool
  /// Between two points of a range query, in seconds; where it is 0 no gap is seen.
  public var step: Double
  public var series: [PanelSeries]
  /// What went wrong instead of an answer.
  public var error: String?

  /// Creates an answer.
  public init(
    refID: String, expression: String, legendFormat: String? = nil, format: Format = .timeSeries,
    isInstant: Bool = false, step: Double = 0, series: [PanelSeries] = [], error: String? = nil
  ) {
    self.refID = refID
    self.expression = expression
    self.legendFormat = legendFormat
    self.format = format
    self.isInstant = isInstant
    self.step = step
    self.series = series
    self.error = error
  }
}

/// One series of an answer: its labels, `__name__` among them, and its points in the order of time.
public struct PanelSeries: Codable, Sendable, Hashable {
  public var labels: [String: String]
  public var points: [PanelPoint]

  /// Creates a series.
  public init(labels: [String: String], points: [PanelPoint]) {
    self.labels = labels
    self.points = points
  }
}

/// A sample. Encoded as Prometheus writes it, `[time, "value"]`, since JSON has no number for NaN and the infinities.
public struct PanelPoint: Codable, Sendable, Hashable {
  /// Unix seconds.
  public var time: Double
  public var value: Double

  /// Creates a point.
  public init(time: Double, value: Double) {
    self.time = time
    self.value = value
  }

  public init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    time = try container.decode(Double.self)
    let written = try container.decode(String.self)
    guard let value = Double(written) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "`\(written)` is no number")
    }
    self.value = value
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    try container.encode(time.isFinite ? time : 0)
    try container.encode("\(value)")
  }
}
