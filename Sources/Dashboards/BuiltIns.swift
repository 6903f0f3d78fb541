/// Variables that Grafana itself defines.
enum BuiltIns {
  /// Known inside of variable queries; `$__rate_interval` is not. [Grafana:
  /// packages/grafana-prometheus/src/datasource.ts]
  static func ofVariables(range: TimeRange, dataSourceInterval: String) -> [String: VariableValue] {
    let milliseconds = FrontEndInterval.milliseconds(dataSourceInterval) ?? 15_000
    let seconds = (Double(range.length) / 1000).rounded()
    var values: [String: VariableValue] = [
      "__interval": VariableValue(dataSourceInterval), "__interval_ms": VariableValue("\(Int64(milliseconds))"),
      "__range_ms": VariableValue("\(range.length)"), "__range_s": VariableValue("\(Int64(seconds))"),
      "__range": VariableValue("\(Int64(seconds))s"),
    ]
    values["__searchFilter"] = VariableValue(.raw(".*"))
    values["__from"] = VariableValue("\(range.from)")
    values["__to"] = VariableValue("\(range.to)")
    return values
  }

  /// Known to the front end in queries and titles. Of user and organisation there is none here: they have fixed values.
  /// [Scenes: variables/macros/; Grafana: built-in-variables.md]
  static func ofPanels(_ dashboard: Dashboard, range: TimeRange, calendar: ZonedCalendar) -> [String: VariableValue] {
    [
      // The back end replaces these two, so the front end keeps their names. [Grafana: applyTemplateVariables]
      "__interval": VariableValue("$__interval"), "__interval_ms": VariableValue("$__interval_ms"),
      "__from": VariableValue("\(range.from)"), "__to": VariableValue("\(range.to)"),
      "__dashboard": VariableValue(.scalar(dashboard.title), properties: ["uid": dashboard.uid ?? ""]),
      "__user": VariableValue(.scalar("1"), properties: ["login": "admin", "email": "admin@localhost"]),
      "__org": VariableValue(.scalar("1"), properties: ["name": "Main Org."]),
      "__timezone": VariableValue(calendar.name),
    ]
  }

  /// What the back end replaces, textually and in this order. [Grafana: pkg/promlib/models/query.go]
  ///
  /// Lengths are nanoseconds; `range` is milliseconds.
  static func replace(in expr: String, step: Step, range: Int64) -> String {
    guard expr.utf8.holds("__") else { return expr }
    let seconds = Int64((Double(range) / 1000).rounded())
    let values = [
      ("__interval_ms", "\(step.step / 1_000_000)"), ("__interval", GoDuration.formatInterval(step.step)),
      ("__range_ms", "\(range)"), ("__range_s", "\(seconds)"), ("__range", "\(seconds)s"),
      ("__rate_interval_ms", "\(step.rateInterval / 1_000_000)"),
      ("__rate_interval", GoDuration.format(step.rateInterval)),
    ]
    let plain = values.reduce(expr) { $0.replacing("$" + $1.0, with: $1.1) }
    return values.reduce(plain) { $0.replacing("${" + $1.0 + "}", with: $1.1) }
  }
}
