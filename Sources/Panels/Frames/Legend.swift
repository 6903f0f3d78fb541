/// Names of series. [Grafana: pkg/promlib/querydata/response.go, packages/grafana-data/src/field/fieldState.ts]
enum Legend {
  /// The legend that the data source gives; nil where Grafana finds a name by the labels.
  static func name(_ labels: [String: String], format: String?, expression: String) -> String? {
    let legend: String
    switch format ?? "" {
    case "": legend = fullName(labels)
    case "__auto": legend = labels.isEmpty ? "{}" : ""
    case let template: legend = filled(template, labels)
    }
    if legend == "{}" { return expression }
    return legend.isEmpty ? nil : legend
  }

  /// `name{a="x", b="y"}`: labels sorted; `{}` where there are none.
  static func fullName(_ labels: [String: String]) -> String {
    let rest = labels.filter { $0.key != "__name__" }
    let name = labels["__name__"] ?? ""
    if rest.isEmpty { return labels["__name__"] == nil ? "{}" : name }
    return name + braced(rest)
  }

  /// `{a="x", b="y"}`; nothing where there is no label.
  static func braced(_ labels: [String: String]) -> String {
    guard !labels.isEmpty else { return "" }
    return "{" + labels.sorted { $0.key < $1.key }.map { "\($0.key)=\"\($0.value)\"" }.joined(separator: ", ") + "}"
  }

  /// `{{label}}` becomes the label's value, or nothing.
  static func filled(_ template: String, _ labels: [String: String]) -> String {
    var result = ""
    var rest = Substring(template)
    while let open = rest.firstRange(of: "{{"), let close = rest[open.upperBound...].firstRange(of: "}}") {
      let name = rest[open.upperBound..<close.lowerBound]
      // Braces around nothing name no label.
      guard !name.isEmpty else {
        result += rest[..<close.upperBound]
        rest = rest[close.upperBound...]
        continue
      }
      let trimmed = name.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed()
      result += rest[..<open.lowerBound] + (labels[String(trimmed)] ?? "")
      rest = rest[close.upperBound...]
    }
    return result + rest
  }

  /// The name of a field beside all that the panel shows, before any configured name.
  static func displayName(of field: Field, in frame: Frame, single: String?, frameNamesDiffer: Bool) -> String {
    if let name = field.nameFromSource { return name }
    guard field.kind != .time || field.labels != nil else { return field.name }
    var parts: [String] = []
    if frameNamesDiffer, let name = frame.name, !name.isEmpty { parts.append(name) }
    if field.name != "Value" { parts.append(field.name) }
    if let labels = field.labels {
      let text = single.map { labels[$0] ?? "" } ?? braced(labels)
      if !text.isEmpty { parts.append(text) }
    }
    return parts.isEmpty ? frame.name ?? field.name : parts.joined(separator: " ")
  }

  /// The one label that all fields have and no other; nil where there are several. [Grafana: getSingleLabelName]
  static func singleLabel(_ frames: [Frame]) -> String? {
    var single: String?
    for labels in frames.lazy.flatMap(\.fields).compactMap(\.labels) {
      for name in labels.keys {
        if single == nil { single = name }
        if name != single { return nil }
      }
    }
    return single
  }
}
