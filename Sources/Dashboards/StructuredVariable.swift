import Reading

/// Variables of a v2 dashboard in the v1 shape.
enum StructuredVariable {
  private static let types = [
    "QueryVariable": "query", "CustomVariable": "custom", "ConstantVariable": "constant", "TextVariable": "textbox",
    "IntervalVariable": "interval", "DatasourceVariable": "datasource", "AdhocVariable": "adhoc",
    "GroupByVariable": "groupby", "SwitchVariable": "switch",
  ]
  private static let sorts = [
    "disabled", "alphabeticalAsc", "alphabeticalDesc", "numericalAsc", "numericalDesc",
    "alphabeticalCaseInsensitiveAsc", "alphabeticalCaseInsensitiveDesc", "naturalAsc", "naturalDesc",
  ]
  private static let hides = ["dontHide", "hideLabel", "hideVariable", "inControlsMenu"]
  private static let refreshes = ["never", "onDashboardLoad", "onTimeRangeChanged"]

  static func legacy(_ variable: JSON) -> JSON? {
    guard variable.isObject else { return nil }
    let kind = variable["kind"]?.text ?? ""
    let spec = variable["spec"] ?? variable
    var result = JSON(spec.isObject ? spec.kind : .object([]), line: Int(variable.line), column: Int(variable.column))
    result = result.with("type", .text(types[kind] ?? kind, at: variable))
    for (name, words) in [("sort", sorts), ("hide", hides), ("refresh", refreshes)] {
      guard let word = spec[name]?.string, let number = words.firstIndex(of: word) else { continue }
      result = result.with(name, .whole(number, at: variable))
    }
    switch kind {
    case "QueryVariable":
      let query = spec["query"]
      let legacyQuery = query?["spec", "__legacyStringValue"] ?? query?["spec"] ?? query
      return result.without("query").with("query", legacyQuery)
        .with("datasource", StructuredPanel.dataSource(of: query, beside: spec["datasource"], at: variable))
    case "DatasourceVariable": return result.with("query", spec["pluginId"])
    case "AdhocVariable", "GroupByVariable":
      // Beside the `spec`, or in the first draft inside of it.
      let reference = variable["datasource"] ?? spec["datasource"]
      let type = variable["group"] ?? spec["group"] ?? reference?["type"]
      let uid = reference?["name"] ?? reference?["uid"]
      return result.with("datasource", .object(["type": type, "uid": uid], at: reference ?? variable))
    default: return result
    }
  }
}
