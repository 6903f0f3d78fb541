import Diagnostics
import Reading

/// Makes a dashboard of a document: puts inputs in, migrates it to panels in the v1 shape, decodes.
struct Normalizer {
  let document: Document
  let reader: DashboardReader
  var findings: [Finding] = []
  /// The dashboard's own members in the v1 shape.
  var head: JSON
  var rows: [Row] = []
  var panels: [PanelSource] = []
  var inputs: [Input] = []

  /// A panel in the v1 shape and what surrounds it.
  struct PanelSource {
    var json: JSON
    var file: String
    var row: Int?
    var isCollapsed = false
    var silence: String?
  }

  var file: String { document.file }

  init(_ document: Document, reader: DashboardReader) {
    self.document = document
    self.reader = reader
    head = document.json
  }

  mutating func dashboard() -> Dashboard {
    substituteInputs()
    if document.isStructured { normalizeStructured() } else { migrateLegacy() }
    resolveLibraryPanels()
    let variables = decodeVariables(head["templating", "list"]?.elements ?? [])
    return Dashboard(
      title: head["title"]?.text ?? document.name ?? "",
      uid: head["uid"]?.text ?? document.name,
      file: file, place: head.place(in: file), schemaVersion: head["schemaVersion"]?.int, time: decodeTime(),
      panels: decodePanels(), rows: rows, variables: variables,
      annotations: (head["annotations", "list"]?.elements ?? []).filter(\.isObject).map(decodeAnnotation),
      inputs: inputs)
  }

  private func decodeTime() -> DashboardTime {
    var time = DashboardTime()
    if let from = head["time", "from"]?.text, let to = head["time", "to"]?.text { (time.from, time.to) = (from, to) }
    time.timezone = head["timezone"]?.text ?? ""
    time.nowDelay = head["timepicker", "nowDelay"]?.text.flatMap { $0.isEmpty ? nil : $0 }
    time.weekStart = head["weekStart"]?.text ?? ""
    time.fiscalYearStartMonth = head["fiscalYearStartMonth"]?.int(in: 0...11) ?? 0
    return time
  }

  mutating func report(
    _ severity: Finding.Severity, _ message: String, at json: JSON, file: String? = nil, advice: String? = nil
  ) {
    findings.append(Finding(severity, message, at: json.place(in: file ?? self.file), advice: advice))
  }
}
