import Diagnostics
import Reading

// What an import asks for (`__inputs`) is put in textually, before anything else. [Grafana: DashboardExporter]
extension Normalizer {
  mutating func substituteInputs() {
    var values = document.inputs.merging(reader.inputs) { _, given in given }
    for json in head["__inputs"]?.elements ?? [] {
      guard let name = json["name"]?.text else { continue }
      let type = json["type"]?.text ?? ""
      let plugin = json["pluginId"]?.text
      if values[name] == nil { values[name] = standardValue(of: json, type: type, plugin: plugin) }
      if values[name] == nil {
        report(
          .warning, "the input `\(name)` has no value", at: json, advice: "give it one: `--input \(name)=...`")
      }
      inputs.append(
        Input(
          name: name, label: json["label"]?.text, type: type, pluginId: plugin, value: values[name],
          place: json.place(in: file)))
    }
    if document.isProvisioned { warnOfProvisioning() }
    guard !values.isEmpty else { return }
    let inputs = head["__inputs"]
    head = head.without("__inputs").mapTexts { Self.substitute(values, in: $0) }.with("__inputs", inputs)
  }

  /// What an import fills in stays `${NAME}` where the dashboard is provisioned, unless a variable has that name.
  private mutating func warnOfProvisioning() {
    let variables = Set((head["templating", "list"]?.elements ?? []).compactMap { $0["name"]?.text })
    let text = head.without("__inputs").written
    for input in inputs where !variables.contains(input.name) && text.utf8.holds("${\(input.name)}") {
      findings.append(
        Finding(
          .warning, "Grafana does not fill the input `\(input.name)` of a provisioned dashboard", at: input.place,
          advice: "put its value in the place of `${\(input.name)}`, or make it a variable"))
    }
  }

  private func standardValue(of json: JSON, type: String, plugin: String?) -> String? {
    guard type == "datasource" else { return json["value"]?.text }
    guard let plugin else { return nil }
    if let source = reader.dataSources.first(ofType: plugin) { return source.uid }
    if DataSource.prometheusTypes.contains(plugin), let source = reader.dataSources.prometheus { return source.uid }
    // Nothing of that type is known: its plugin id says at least what it is.
    return plugin
  }

  /// Puts values in for `${NAME}`, and for no other form.
  private static func substitute(_ values: [String: String], in text: String) -> String {
    guard text.utf8.holds("${") else { return text }
    var result = ""
    var rest = text[...]
    while let start = rest.firstRange(of: "${") {
      result += rest[..<start.lowerBound]
      let name = rest[start.upperBound...].prefix(while: \.isWord)
      let isClosed = rest[name.endIndex...].first == "}"
      if isClosed, let value = values[String(name)] {
        result += value
        rest = rest[rest.index(after: name.endIndex)...]
      } else {
        result += "${"
        rest = rest[start.upperBound...]
      }
    }
    return result + rest
  }
}
