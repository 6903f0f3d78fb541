import Bundles
import Dashboards
import Diagnostics
import Drill
import Foundation
import PromQL

/// Opens dashboards as one user with one Grafana would.
struct OpenedDashboards {
  var inputs: [String: String]
  var settings: QuerySettings
  var dialect: Dialect

  /// The file, or all files of a folder and below it that could hold dashboards.
  static func files(below path: String) -> [String] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
      return [path]
    }
    let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    let endings = [".json", ".yaml", ".yml"]
    return names.filter { name in endings.contains { name.hasSuffix($0) } }.sorted().map { "\(path)/\($0)" }
  }

  /// The dashboards of a file; a file that cannot be read is a finding.
  func read(_ path: String) -> DashboardFile {
    guard let data = FileManager.default.contents(atPath: path) else {
      return DashboardFile(dashboards: [], findings: [Finding(.error, "`\(path)` cannot be read")])
    }
    let reader = DashboardReader(
      inputs: inputs, dataSources: settings.dataSources, libraryPanel: libraryPanels(beside: path))
    return reader.read(String(decoding: data, as: UTF8.self), file: path)
  }

  func open(_ dashboard: Dashboard, overrides: [String: [String]] = [:]) async -> OpenedDashboard {
    let variables = await VariableResolver(dashboard, settings: settings, overrides: overrides).resolve()
    let queries = dashboard.queries(settings: settings, variables: variables, addFilters: addFilters(dialect))
    return OpenedDashboard(dashboard: dashboard, variables: variables, queries: queries, dialect: dialect)
  }
}

/// A dashboard with the values of its variables and all that it sends.
struct OpenedDashboard {
  var dashboard: Dashboard
  var variables: ResolvedVariables
  var queries: DashboardQueries
  var dialect: Dialect

  var findings: [Finding] { variables.findings + queries.findings }

  /// Why an expression is none; nil where it is one.
  func refusal(of request: QueryRequest) -> ParseError? {
    do throws(ParseError) {
      _ = try PromQL.Expression(parsing: request.expr, dialect: dialect)
      return nil
    } catch {
      return error
    }
  }

  /// Whether an expression of a panel is none once its variables are put in.
  var hasRefusals: Bool {
    queries.panels.contains { $0.queries.contains { $0.request.flatMap { refusal(of: $0) } != nil } }
  }

  // MARK: - As text

  var text: String {
    let time = "\(dashboard.time.from) to \(dashboard.time.to)"
    var lines = ["\(dashboard.title)  (\(dashboard.file), stored time \(time))"]
    for variable in variables.variables {
      lines.append("  $\(variable.name) = \(text(of: variable))")
    }
    for panel in queries.panels where !panel.queries.isEmpty { lines += text(of: panel) }
    for request in variables.requests { lines.append("variable \(request.variable): \(request.kind.text)") }
    for annotation in queries.annotations { lines += ["annotation \(annotation.name)"] + text(of: annotation) }
    return lines.joined(separator: "\n") + "\n"
  }

  private func text(of variable: ResolvedVariable) -> String {
    let value = variable.isAll ? "All" : variable.selected.map(\.text).joined(separator: ", ")
    return variable.origin == .placeholder ? "\(value) (nothing is stored: its name stands for it)" : value
  }

  private func text(of panel: PanelQueries) -> [String] {
    let row = panel.row.map { "\($0) / " } ?? ""
    let repeats = panel.repeats.map { " [\($0.variable)=\($0.text)]" }.joined()
    let collapsed = panel.panel.isCollapsed ? ", in a collapsed row" : ""
    return ["panel \(panel.panel.id) \(row)\(panel.title)\(repeats)  (\(panel.panel.type)\(collapsed))"]
      + panel.queries.flatMap { text(of: $0) }
  }

  private func text(of query: Query) -> [String] {
    switch query.outcome {
    case .silent(let silence): return ["  \(query.refId)  not sent: \(silence.reason)"]
    case .sent(let request):
      let when =
        request.kind == .instant
        ? "instant at \(request.endText)" : "\(request.startText) to \(request.endText) step \(request.stepText)s"
      let lines = request.expr.split(separator: "\n").map { "      \($0)" }
      let refusal = refusal(of: request).map { ["      this is no PromQL: \($0.message)"] } ?? []
      return ["  \(query.refId)  \(when)\(request.isHidden ? " (hidden)" : "")"] + lines + refusal
    }
  }
}

extension VariableRequest.Kind {
  /// What is asked, in Grafana's own words.
  var text: String {
    switch self {
    case .labelNames(let match): "label_names(\(match ?? ""))"
    case .labelValues(let label, let match): "label_values(\(match.map { "\($0), " } ?? "")\(label))"
    case .series(let match): match
    case .instant(let expression): "query_result(\(expression))"
    }
  }
}
