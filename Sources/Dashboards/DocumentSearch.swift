import Diagnostics
import Reading

/// A dashboard as found in a file, free of what it was wrapped in.
struct Document {
  var json: JSON
  var file: String
  /// From the metadata of a wrapper, where the dashboard itself says none.
  var name: String?
  /// Whether it is provisioned as a file, which fills no inputs in.
  var isProvisioned = false
  /// Values for inputs that the wrapper gives (`GrafanaDashboard`: `spec.datasources`).
  var inputs: [String: String] = [:]

  /// Whether it is of the second, structured generation.
  var isStructured: Bool { json["elements"]?.isObject == true }
}

/// Finds the dashboards in the text of a file.
struct DocumentSearch {
  let file: String
  private(set) var found: [Document] = []
  private(set) var findings: [Finding] = []
  private var lines: [Substring] = []

  init(file: String) {
    self.file = file
  }

  mutating func search(_ text: String) {
    let start = text.utf8.first { !" \t\r\n".utf8.contains($0) && $0 < 0x80 }
    guard start == UInt8(ascii: "{") || start == UInt8(ascii: "[") else { return searchYAML(text) }
    do {
      look(at: try JSONReader.parse(text, file: file))
    } catch {
      if claimsToBeDashboard(text) { findings.append(explained(error, text)) }
    }
  }

  /// Document by document: few of a large stream are dashboards, and what breaks one leaves the others alone.
  private mutating func searchYAML(_ text: String) {
    guard claimsToBeDashboard(text) else { return }
    lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    var first = 0
    for (index, line) in lines.enumerated().dropFirst() where line == "---" || line.hasPrefix("--- ") {
      searchDocument(text, first..<index)
      first = index
    }
    searchDocument(text, first..<lines.count)
  }

  /// `range` counts lines from 0.
  private mutating func searchDocument(_ text: String, _ range: Range<Int>) {
    guard let start = lines[range].first?.startIndex, let end = lines[range].last?.endIndex else { return }
    let document = String(text[start..<end])
    guard claimsToBeDashboard(document) else { return }
    let reader = YAMLReader(file: file)
    let values = reader.composeAll(document)
    for var finding in reader.findings {
      finding.place?.line += range.lowerBound
      findings.append(explained(finding, text))
    }
    for value in values { look(at: JSON(value).mapPlaces { ($0 + range.lowerBound, $1) }) }
  }

  private func explained(_ finding: Finding, _ text: String) -> Finding {
    guard finding.advice == nil, text.utf8.holds("{{ .") || text.utf8.holds("{{- ") else { return finding }
    var finding = finding
    finding.advice = "the file looks like a template: give its rendered form (`helm template`, say)"
    return finding
  }

  // MARK: - Shapes

  private mutating func look(at json: JSON) {
    switch json["kind"]?.string {
    case "GrafanaDashboard": lookAtGrafanaDashboard(json)
    case "ConfigMap": lookAtConfigMap(json)
    case let kind? where kind.hasSuffix("List") && json["items"]?.isArray == true:
      for item in json["items"]?.elements ?? [] { look(at: item) }
    case let kind where json["apiVersion"]?.string?.hasPrefix("dashboard.grafana.app/") == true:
      if kind == nil || kind == "Dashboard" { lookAtResource(json) }
    default: lookAtPlain(json)
    }
  }

  private mutating func lookAtPlain(_ json: JSON) {
    if isDashboard(json) {
      found.append(Document(json: json, file: file))
    } else if let inner = json["dashboard"], inner.isObject {
      look(at: inner)
    } else if let inner = json["grafanaDashboards"], inner.isObject {
      for member in inner.members { look(at: member.value) }
    } else if json.isArray {
      for element in json.elements { look(at: element) }
    } else {
      for member in json.members where member.name.hasSuffix(".json") && member.value.isObject {
        look(at: member.value)
      }
    }
  }

  private func isDashboard(_ json: JSON) -> Bool {
    if json["elements"]?.isObject == true, ["layout", "timeSettings", "variables"].contains(where: json.has) {
      return true
    }
    let others = ["schemaVersion", "templating", "time", "annotations", "timezone", "editable", "refresh", "services"]
    if json.has("panels") { return (others + ["title", "uid"]).contains(where: json.has) }
    // Files of other kinds have rows and a title too.
    if json.has("rows"), others.contains(where: json.has) { return true }
    if json["rows"]?.elements.contains(where: { $0["panels"]?.isArray == true }) == true { return true }
    return json.has("schemaVersion") && json.has("title")
  }

  private mutating func lookAtResource(_ json: JSON) {
    guard let spec = json["spec"], spec.isObject else {
      return report("this Dashboard has no `spec`", at: json)
    }
    found.append(Document(json: spec, file: file, name: json["metadata", "name"]?.text))
  }

  private mutating func lookAtGrafanaDashboard(_ json: JSON) {
    let first = found.count
    if let text = json["spec", "json"] {
      lookAtText(text, isClaim: true)
    } else {
      let other = ["gzipJson", "url", "grafanaCom", "jsonnet", "jsonnetLib", "configMapRef", "oci"]
      let source = other.first { json["spec", $0] != nil }
      findings.append(
        Finding(
          source == nil ? .error : .warning,
          source.map { "this GrafanaDashboard keeps its dashboard elsewhere (`spec.\($0)`), so it is not checked" }
            ?? "this GrafanaDashboard has no `spec.json`", at: json.place(in: file)))
    }
    var inputs: [String: String] = [:]
    for source in json["spec", "datasources"]?.elements ?? [] {
      guard let input = source["inputName"]?.text else { continue }
      inputs[input] = source["datasourceName"]?.text
    }
    for index in found.indices.dropFirst(first) { found[index].inputs = inputs }
  }

  private mutating func lookAtConfigMap(_ json: JSON) {
    let first = found.count
    for member in json["data"]?.members ?? [] where member.value.string != nil {
      lookAtText(member.value, isClaim: member.name.hasSuffix(".json"))
    }
    for index in found.indices.dropFirst(first) { found[index].isProvisioned = true }
  }

  // MARK: - Dashboards written as a text

  private mutating func lookAtText(_ value: JSON, isClaim: Bool) {
    guard let text = value.string else {
      return report("a dashboard is expected here, as a text of JSON, not \(value.description)", at: value)
    }
    let move = placesInside(value)
    do {
      look(at: try JSONReader.parse(text, file: file).mapPlaces(move))
    } catch {
      guard isClaim, claimsToBeDashboard(text) else { return }
      var finding = explained(error, text)
      if let (line, column) = finding.place.map({ move($0.line, $0.column) }) {
        finding.place = Place(file: file, line: line, column: column)
      }
      findings.append(finding)
    }
  }

  /// From places in a text to places in the file: exact in a literal block of YAML, elsewhere the text's own place.
  private func placesInside(_ text: JSON) -> (Int, Int) -> (line: Int, column: Int) {
    let (line, column) = (Int(text.line), Int(text.column))
    guard line >= 1, line <= lines.count, lines[line - 1].dropFirst(column - 1).first == "|" else {
      return { _, _ in (line, column) }
    }
    let firstText = lines.dropFirst(line).first { !$0.allSatisfy { $0 == " " } } ?? ""
    let indicated = lines[line - 1].dropFirst(column - 1).first(where: \.isNumber) != nil
    let indentation = firstText.prefix { $0 == " " }.count
    // With an explicit indentation indicator the text itself may begin with blanks: columns are not known then.
    return { (line + $0, indicated ? 1 : indentation + $1) }
  }

  private mutating func report(_ message: String, at json: JSON) {
    findings.append(Finding(.error, message, at: json.place(in: file)))
  }
}

/// Whether a text that cannot be read, or may be something else, mentions what only dashboards have.
private func claimsToBeDashboard(_ text: String) -> Bool {
  let words = [
    "\"panels\"", "panels:", "\"rows\"", "\"schemaVersion\"", "schemaVersion:", "GrafanaDashboard",
    "dashboard.grafana.app/",
  ]
  return words.contains(where: text.utf8.holds)
}

extension String.UTF8View {
  /// Whether the bytes of a word stand anywhere in the text.
  func holds(_ word: String) -> Bool {
    let word = Array(word.utf8)
    guard let first = word.first else { return true }
    var rest = self[...]
    while let start = rest.firstIndex(of: first) {
      rest = rest[start...]
      if rest.starts(with: word) { return true }
      rest = rest.dropFirst()
    }
    return false
  }
}
