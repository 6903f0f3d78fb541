import Reading

extension SeriesStyle {
  /// Of a series of the old `graph` panel: its settings, then those of `seriesOverrides` that fit the name.
  /// [Grafana: public/app/plugins/panel/graph/module.ts, time_series2.ts]
  init(graph model: JSON, named name: String) {
    self.init()
    points = .never
    set(model)
    if !(model["lines"]?.truthy ?? true) {
      draw = model["bars"]?.truthy ?? false ? .bars : .points
    }
    if model["nullPointMode"]?.string == "connected" { bridges = .infinity }
    nullIsZero = model["nullPointMode"]?.string == "null as zero"
    if model["stack"]?.truthy ?? false {
      stacking = model["percentage"]?.truthy ?? false ? .percent : .normal
    }
    color = model["aliasColors"]?[name]?.string
    for override in model["seriesOverrides"]?.elements.prefix(200) ?? [] {
      guard let alias = override["alias"]?.string, Self.fits(alias, name) else { continue }
      set(override)
      apply(override)
    }
  }

  private static func fits(_ alias: String, _ name: String) -> Bool {
    alias == name || (alias.hasPrefix("/") && Pattern(alias)?.matches(name) ?? false)
  }

  /// What panel and override have in common.
  private mutating func set(_ json: JSON) {
    func number(_ name: String, most: Double) -> Double? { json[name]?.bounded(0...most) }
    if json["bars"]?.truthy ?? false { draw = .bars }
    if let width = number("linewidth", most: 10) { lineWidth = width }
    // Of ten, not of a hundred.
    if let fill = number("fill", most: 10) { self.fill = fill / 10 }
    if draw == .bars { fill = max(fill, 0.8) }
    if let radius = number("pointradius", most: 20) { pointSize = radius * 2 }
    if let points = json["points"] { self.points = points.truthy ? .always : .never }
    if json["steppedLine"]?.truthy ?? false { interpolation = .stepAfter }
    if json["dashes"]?.truthy ?? false { dash = "10 10" }
  }

  private mutating func apply(_ override: JSON) {
    if let lines = override["lines"] {
      if lines.truthy { draw = .line } else if draw == .line { draw = .points }
    }
    if override["yaxis"]?.int == 2 { onRight = true }
    if override["transform"]?.string == "negative-Y" { isNegative = true }
    if let color = override["color"]?.string { self.color = color }
    if let isListed = override["legend"] { isInLegend = isListed.truthy }
    if let isHidden = override["hiddenSeries"] { isDrawn = !isHidden.truthy }
    if let mode = override["nullPointMode"]?.string { bridges = mode == "connected" ? .infinity : 0 }
    switch override["stack"]?.text {
    case "false": stacking = .none
    case "true": stacking = .normal
    case let group?:
      stacking = .normal
      stackGroup = group
    case nil: break
    }
  }
}
