import Reading

/// How one series of a time series panel is drawn. [Grafana: packages/grafana-schema, GraphFieldConfig]
struct SeriesStyle: Sendable {
  enum Draw: String, Sendable {
    case line
    case bars
    case points
  }

  enum Interpolation: String, Sendable {
    case linear
    case smooth
    case stepBefore
    case stepAfter
  }

  enum Points: String, Sendable {
    case auto
    case always
    case never
  }

  enum Stacking: String, Sendable {
    case none
    case normal
    case percent
  }

  var draw = Draw.line
  var interpolation = Interpolation.linear
  /// In px.
  var lineWidth = 1.0
  /// 0 to 1.
  var fill = 0.0
  var pointSize = 5.0
  var points = Points.auto
  var stacking = Stacking.none
  var stackGroup = "A"
  /// Gaps of up to so many seconds are bridged.
  var bridges = 0.0
  var nullIsZero = false
  var isNegative = false
  var onRight = false
  var dash: String?
  var isDrawn = true
  var isInLegend = true
  /// Nil: the field's.
  var color: String?

  init() {}

  /// `fieldConfig…custom`.
  init(_ config: FieldConfig) {
    func number(_ value: JSON?, _ standard: Double, most: Double) -> Double {
      value?.bounded(0...most) ?? standard
    }
    draw = config.custom("drawStyle")?.string.flatMap(Draw.init) ?? .line
    interpolation = config.custom("lineInterpolation")?.string.flatMap(Interpolation.init) ?? .linear
    lineWidth = number(config.custom("lineWidth"), 1, most: 10)
    fill = number(config.custom("fillOpacity"), draw == .bars ? 80 : 0, most: 100) / 100
    pointSize = number(config.custom("pointSize"), 5, most: 40)
    points = config.custom("showPoints")?.string.flatMap(Points.init) ?? .auto
    stacking = config.custom("stacking", "mode")?.string.flatMap(Stacking.init) ?? .none
    stackGroup = config.custom("stacking", "group")?.text ?? "A"
    if let span = config.custom("spanNulls") {
      bridges = span.finite.map { $0 / 1000 } ?? (span.truthy ? .infinity : 0)
    }
    isNegative = config.custom("transform")?.string == "negative-Y"
    onRight = config.custom("axisPlacement")?.string == "right"
    switch config.custom("lineStyle", "fill")?.string {
    case "dash": dash = Self.dash(config.custom("lineStyle", "dash"), "10 10")
    case "dot": dash = Self.dash(config.custom("lineStyle", "dash"), "1 5")
    default: break
    }
    isDrawn = !(config.custom("hideFrom", "viz")?.truthy ?? false)
    isInLegend = !(config.custom("hideFrom", "legend")?.truthy ?? false)
  }

  private static func dash(_ json: JSON?, _ standard: String) -> String {
    let lengths = json?.elements.prefix(8).compactMap { $0.bounded(0...1000) } ?? []
    guard lengths.contains(where: { $0 > 0 }) else { return standard }
    return lengths.map(coordinate).joined(separator: " ")
  }
}
