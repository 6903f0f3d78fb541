import Dashboards
import Diagnostics
import PromQL

/// What `firedrill dashboard queries --json` says of a dashboard; keys become snake_case.
struct DashboardDescription: Encodable {
  let title: String
  let uid: String?
  let file: String
  let schemaVersion: Int?
  let variables: [Variable]
  let variableQueries: [VariableQuery]
  let panels: [Panel]
  let annotations: [Query]
  let findings: [String]

  struct Variable: Encodable {
    let name: String
    let values: [String]
    let isAll: Bool
    let origin: String
  }

  struct VariableQuery: Encodable {
    let variable, query: String
    let start, end: Int64
  }

  struct Panel: Encodable {
    let id: Int
    let title, type: String
    let row: String?
    let isCollapsed: Bool
    let repeats: [String: String]
    let place: String
    let queries: [Query]
  }

  struct Query: Encodable {
    let refId, place: String
    /// `range`, `instant` or `annotation`; null where nothing is sent.
    let kind: String?
    let expr: String?
    let legendFormat, format: String?
    /// Seconds as they are sent.
    let start, end, step: String?
    let interval, rateInterval: String?
    /// Why nothing is sent.
    let notSent: String?
    /// Why the expression is no PromQL.
    let parseError: String?
  }

  init(_ opened: OpenedDashboard) {
    title = opened.dashboard.title
    uid = opened.dashboard.uid
    file = opened.dashboard.file
    schemaVersion = opened.dashboard.schemaVersion
    variables = opened.variables.variables.map {
      Variable(name: $0.name, values: $0.selected.map(\.value), isAll: $0.isAll, origin: "\($0.origin)")
    }
    variableQueries = opened.variables.requests.map {
      VariableQuery(variable: $0.variable, query: $0.kind.text, start: $0.start, end: $0.end)
    }
    panels = opened.queries.panels.map { panel in
      Panel(
        id: panel.panel.id, title: panel.title, type: panel.panel.type, row: panel.row,
        isCollapsed: panel.panel.isCollapsed,
        repeats: Dictionary(panel.repeats.map { ($0.variable, $0.value) }) { $1 }, place: "\(panel.panel.place)",
        queries: panel.queries.map { Query($0, opened) })
    }
    annotations = opened.queries.annotations.map { Query($0, opened) }
    findings = opened.findings.map { "\($0.place.map { "\($0): " } ?? "")\($0.severity.rawValue): \($0.message)" }
  }
}

extension DashboardDescription.Query {
  init(_ query: Dashboards.Query, _ opened: OpenedDashboard) {
    let request = query.request
    let silence: Silence? = if case .silent(let silence) = query.outcome { silence } else { nil }
    self.init(
      refId: query.refId, place: "\(query.exprPlace ?? query.place)", kind: request.map { "\($0.kind)" },
      expr: request?.expr ?? query.expr, legendFormat: request?.legendFormat, format: request?.format.rawValue,
      start: request?.startText, end: request?.endText, step: request?.stepText, interval: request?.interval,
      rateInterval: request?.rateInterval, notSent: silence?.reason,
      parseError: request.flatMap(opened.refusal)?.message)
  }
}
