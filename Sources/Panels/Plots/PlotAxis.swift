import Reading

/// A vertical axis: the scale of the series that share it, and its labels.
struct PlotAxis: Sendable {
  let onRight: Bool
  let scale: ValueScale
  /// Whose unit the labels have.
  let field: Field
  let label: String?
  let isHidden: Bool

  /// What is configured of an axis besides what its series say.
  struct Limits: Sendable {
    var min: Double?
    var max: Double?
    var softMin: Double?
    var softMax: Double?
    var logBase: Double?
    var label: String?
    var isHidden = false
    var centersZero = false

    init() {}

    /// [Grafana: packages/grafana-schema, AxisConfig]
    init(_ config: FieldConfig) {
      min = config.min
      max = config.max
      softMin = config.custom("axisSoftMin")?.finite
      softMax = config.custom("axisSoftMax")?.finite
      if config.custom("scaleDistribution", "type")?.string == "log" {
        logBase = config.custom("scaleDistribution", "log")?.finite ?? 2
      }
      label = config.custom("axisLabel")?.string
      isHidden = config.custom("axisPlacement")?.string == "hidden"
      centersZero = config.custom("axisCenteredZero")?.truthy ?? false
    }

    /// An entry of the old graph's `yaxes`.
    init(graph axis: JSON?) {
      min = axis?["min"]?.finite
      max = axis?["max"]?.finite
      logBase = axis?["logBase"]?.finite.flatMap { $0 > 1 ? $0 : nil }
      label = axis?["label"]?.string
      isHidden = !(axis?["show"]?.truthy ?? true)
    }
  }

  init(_ series: [PlotSeries], field: Field, onRight: Bool, limits: Limits) {
    self.onRight = onRight
    self.field = field
    label = limits.label.flatMap { $0.isEmpty ? nil : $0 }
    isHidden = limits.isHidden
    var bounds = series.compactMap(\.bounds)
    for soft in [limits.softMin, limits.softMax].compactMap({ $0 }) { bounds.append((soft, soft)) }
    let low = bounds.map(\.min).min()
    let high = bounds.map(\.max).max()
    if series.contains(where: { $0.style.stacking == .percent }) {
      scale = ValueScale(min: min(low ?? 0, 0), max: 1)
      return
    }
    var padded: (min: Double, max: Double) = (0, 100)
    if let low, let high {
      padded = limits.logBase == nil ? ValueScale.padded(min: low, max: high) : (low, high)
      // A soft end is an end, unless data lie beyond it.
      if let soft = limits.softMin, low >= soft { padded.min = soft }
      if let soft = limits.softMax, high <= soft { padded.max = soft }
    }
    if limits.centersZero { padded = (-max(abs(padded.min), abs(padded.max)), max(abs(padded.min), abs(padded.max))) }
    scale = ValueScale(min: limits.min ?? padded.min, max: limits.max ?? padded.max, logBase: limits.logBase)
  }

  struct Tick: Sendable {
    var value: Double
    var label: String
  }

  /// For a plot `height` px high.
  func ticks(height: Double, _ panel: Panel) -> [Tick] {
    let isBinary = if case .scaled(let unit) = field.config.unit.rule { unit.factor == 1024 } else { false }
    let (values, decimals) = scale.ticks(most: Int(min(max(height / 34, 2), 30)), binary: isBinary)
    return values.map { value in
      let isPercent = field.config.custom("stacking", "mode")?.string == "percent"
      let unit = isPercent ? Unit("percentunit") : field.config.unit
      let needed = isPercent ? 0 : decimals
      // Axes round to what tells the ticks apart, whatever number of decimals the values have.
      let text = unit.text(
        value, decimals: field.config.decimals, least: needed > 0 ? needed : nil, dates: panel.dates)
      return Tick(value: value, label: ValueMapping.result(field.config.mappings, .number(value))?.text ?? text)
    }
  }
}
