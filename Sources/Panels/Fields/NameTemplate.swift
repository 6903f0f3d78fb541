/// `fieldConfig.defaults.displayName`: a text that may speak of the field.
/// [Grafana: packages/grafana-data/src/field/templateProxies.ts]
enum NameTemplate {
  static func filled(_ template: String, _ field: Field, named name: String) -> String {
    guard template.contains("${") else { return template }
    var result = ""
    var rest = Substring(template)
    while let open = rest.firstRange(of: "${"), let close = rest[open.upperBound...].firstRange(of: "}") {
      result += rest[..<open.lowerBound]
      let variable = String(rest[open.upperBound..<close.lowerBound])
      result += value(variable, field, named: name) ?? "${\(variable)}"
      rest = rest[close.upperBound...]
    }
    return result + rest
  }

  /// Nil for what is no variable of a field: it stays as it is written.
  private static func value(_ variable: String, _ field: Field, named name: String) -> String? {
    switch variable {
    case "__field.name", "__field.displayName", "__series.name": return name
    case "__field.labels": return Legend.braced(field.labels ?? [:])
    default: break
    }
    for prefix in ["__field.labels.", "__field.labels[\"", "__field.labels['"] where variable.hasPrefix(prefix) {
      let label = variable.dropFirst(prefix.count).filter { !"\"']".contains($0) }
      return field.labels?[label] ?? ""
    }
    return nil
  }
}
