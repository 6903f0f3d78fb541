/// How the Prometheus data source writes values into PromQL. [Grafana: packages/grafana-prometheus/src/escaping.ts,
/// datasource.ts]
enum PromQLEscaping {
  static func escape(_ value: VariableValue) -> String {
    switch value.content {
    case .scalar(let text): value.isRegexEscaped ? regexEscaped(text) : escaped(text)
    case .list(let values):
      value.isRegexEscaped ? list(values.map(regexEscaped)) : list(values.map(escaped))
    case .raw(let text): text
    }
  }

  private static func list(_ values: [String]) -> String {
    values.count == 1 ? values[0] : "(" + values.joined(separator: "|") + ")"
  }

  /// Of variables that have one value only: a quote gets two backslashes, and so never matches inside of `"..."`.
  static func escaped(_ text: String) -> String {
    escape(text) { $0 == "\\" ? #"\\"# : $0 == "'" ? #"\\'"# : nil }
  }

  /// Of variables that may have many: for regular expressions inside of a double-quoted text, hence the doubled
  /// backslashes.
  static func regexEscaped(_ text: String) -> String {
    escape(text) { scalar in
      if scalar == "\\" { return #"\\\\"# }
      return "$^*{}[]+?.()|".unicodeScalars.contains(scalar) ? #"\\"# + String(scalar) : nil
    }
  }

  private static func escape(_ text: String, _ replacement: (Unicode.Scalar) -> String?) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      if let replaced = replacement(scalar) { result += replaced } else { result.unicodeScalars.append(scalar) }
    }
    return result
  }
}
