import Reading

/// The configuration of panels from before `fieldConfig`: `graph`, `singlestat`, `table-old` and the first gauges.
/// [Grafana: public/app/features/dashboard/state/DashboardMigrator.ts]
enum Legacy {
  /// What stands for `fieldConfig.defaults`; nil for panels that have those.
  static func config(_ type: String, _ model: JSON) -> FieldConfig? {
    switch type {
    case "graph", "graphite":
      var config = FieldConfig(model["fieldConfig", "defaults"])
      config.color = nil
      (config.min, config.max) = (nil, nil)
      config.unit = Unit(model["yaxes"]?.elements.first?["format"]?.text ?? "")
      // Of the legend's values; an axis has its own.
      config.decimals = nil
      set("decimals", model["decimals"], in: &config)
      return config
    case "singlestat": return singlestat(model)
    case "grafana-piechart-panel":
      var config = FieldConfig()
      set("unit", model["format"], in: &config)
      set("decimals", model["decimals"], in: &config)
      return config
    case "table-old": return FieldConfig()
    default:
      // The shape of Grafana 6.
      guard model["fieldConfig"] == nil, let old = model["options", "fieldOptions"] else { return nil }
      var config = FieldConfig(old["defaults"])
      if let steps = old["thresholds"] ?? old["defaults", "thresholds"], steps.isArray {
        config.thresholds = Thresholds(JSON(.object([JSON.Member(name: "steps", value: steps)])))
      }
      set("mappings", old["mappings"], in: &config)
      return config
    }
  }

  /// What is drawn otherwise than the old panel did.
  static func notes(_ type: String, _ model: JSON) -> [String] {
    guard type == "graph", let mode = model["xaxis", "mode"]?.string, mode != "time" else { return [] }
    return ["the x axis, of mode \(mode.prefix(20)), is drawn as time"]
  }

  private static func set(_ id: String, _ value: JSON?, in config: inout FieldConfig) {
    if let value { config.set(id, value) }
  }

  private static func singlestat(_ model: JSON) -> FieldConfig {
    var config = FieldConfig()
    set("unit", model["format"], in: &config)
    set("decimals", model["decimals"], in: &config)
    set("min", model["gauge", "minValue"], in: &config)
    set("max", model["gauge", "maxValue"], in: &config)
    config.noValue = model["nullText"]?.string
    config.thresholds = thresholds(model["thresholds"], colors: model["colors"])
    config.mappings = mappings(model)
    return config
  }

  /// `"80,90"`, or the list of those, and three colours.
  private static func thresholds(_ json: JSON?, colors: JSON?) -> Thresholds {
    let written = json?.elements.compactMap(\.text) ?? []
    let texts = written.isEmpty ? (json?.string ?? "").split(separator: ",").map(String.init) : written
    let values = texts.prefix(10).compactMap { Double($0.filter { !$0.isWhitespace }) }
    let colors = colors?.elements.compactMap(\.string) ?? []
    let names = colors.isEmpty ? ["green", "orange", "red"] : colors
    let steps = ([-.infinity] + values).enumerated().map { index, value in
      Thresholds.Step(value: value, color: names[min(index, names.count - 1)])
    }
    return Thresholds(steps)
  }

  /// `valueMaps` and `rangeMaps`, of which `mappingType` chooses.
  private static func mappings(_ json: JSON) -> [ValueMapping] {
    let isRange = json["mappingType"]?.text == "2"
    let maps = (isRange ? json["rangeMaps"] : json["valueMaps"])?.elements ?? []
    let typed = maps.map { map in
      JSON(.object(map.members + [JSON.Member(name: "type", value: JSON(.string(isRange ? "2" : "1")))]))
    }
    return ValueMapping.all(JSON(.array(typed)))
  }

  // MARK: - Styles of table-old

  /// The first style of an old table whose pattern fits the column. [Grafana: public/app/plugins/panel/table-old]
  static func override(_ field: inout Field, _ type: String, _ model: JSON) {
    guard type == "table-old" else { return }
    let name = field.displayName
    let style = model["styles"]?.elements.prefix(200).first { style in
      guard let pattern = style["pattern"]?.string else { return false }
      return pattern == name || (pattern.hasPrefix("/") && Pattern(pattern)?.matches(name) ?? false)
    }
    guard let style else { return }
    if let alias = style["alias"]?.string, !alias.isEmpty { field.config.displayName = alias }
    switch style["type"]?.string {
    case "hidden": field.config.custom["hidden"] = JSON(.bool(true))
    case "date": field.config.unit = Unit("time:" + (style["dateFormat"]?.string ?? DateUnit.iso))
    case "number":
      set("unit", style["unit"], in: &field.config)
      set("decimals", style["decimals"], in: &field.config)
      field.config.thresholds = thresholds(style["thresholds"], colors: style["colors"])
      field.config.custom["cellOptions"] = cellOptions(style["colorMode"]?.string)
    default: break
    }
    field.config.mappings = mappings(style)
  }

  private static func cellOptions(_ mode: String?) -> JSON {
    let type =
      switch mode {
      case "cell", "row": "color-background"
      case "value": "color-text"
      default: "auto"
      }
    return JSON(.object([JSON.Member(name: "type", value: JSON(.string(type)))]))
  }
}
