import Dashboards
import Diagnostics
import Foundation
import PromQL

/// What `firedrill dashboard queries --summary` counts over a folder; each target is counted once, under one heading.
struct DashboardSummary: Encodable {
  /// Files that hold dashboards, or should.
  private(set) var files = 0
  /// Dashboards that were read.
  private(set) var loaded = 0
  private(set) var failed: [Failure] = []
  private(set) var panels = 0
  private(set) var targets = 0
  /// Targets that are sent to a Prometheus.
  private(set) var promql = 0
  private(set) var parseFailures: [ParseFailure] = []
  /// Targets that go elsewhere, by the type of data source; `expression`, `dashboard` and `grafana` are Grafana's own.
  private(set) var notPromql: [String: Int] = [:]
  private(set) var hidden = 0
  /// Targets without an expression, and those of panels that send nothing.
  private(set) var empty = 0
  private(set) var variables = 0
  private(set) var variableQueries = 0
  private(set) var annotations = 0

  struct Failure: Encodable {
    let file, error: String
  }

  struct ParseFailure: Encodable {
    let file: String
    let dashboard: String
    let panel: Int
    let refId, expr, error: String
    /// 1-based, in characters of the expression as sent.
    let line, column: Int
  }

  init(below path: String, _ opened: OpenedDashboards) async {
    for file in OpenedDashboards.files(below: path) {
      let read = opened.read(file)
      let errors = read.findings.filter { $0.severity == .error }
      guard !read.dashboards.isEmpty || !errors.isEmpty else { continue }
      files += 1
      if read.dashboards.isEmpty {
        failed += errors.prefix(1).map { Failure(file: file, error: Self.text(of: $0)) }
      }
      for dashboard in read.dashboards { add(await opened.open(dashboard)) }
    }
  }

  private static func text(of finding: Finding) -> String {
    (finding.place.map { "\($0.line):\($0.column): " } ?? "") + finding.message
  }

  private mutating func add(_ opened: OpenedDashboard) {
    loaded += 1
    panels += opened.dashboard.panels.count
    variables += opened.dashboard.variables.count + opened.dashboard.rows.flatMap(\.variables).count
    variableQueries += opened.variables.requests.count
    annotations += opened.dashboard.annotations.count
    var seen: Set<Place> = []
    for panel in opened.queries.panels {
      for query in panel.queries {
        // A repeated panel sends a target once a value, and both of its queries are one target.
        let isFirst = seen.insert(query.place).inserted
        if isFirst { count(query) }
        if let request = query.request, let error = opened.refusal(of: request), isFirst {
          let (line, column) = error.lineAndColumn(in: request.expr)
          parseFailures.append(
            ParseFailure(
              file: opened.dashboard.file, dashboard: opened.dashboard.title, panel: panel.panel.id, refId: query.refId,
              expr: request.expr, error: error.message, line: line, column: column))
        }
      }
    }
  }

  private mutating func count(_ query: Query) {
    targets += 1
    switch query.outcome {
    case .sent: promql += 1
    case .silent(.hidden): hidden += 1
    case .silent(.elsewhere(let resolution)): notPromql[resolution.heading, default: 0] += 1
    case .silent: empty += 1
    }
  }

  var text: String {
    let elsewhere = notPromql.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    var lines = [
      "\(loaded) dashboards in \(files) files, \(failed.count) files cannot be read",
      "\(panels) panels, \(targets) targets: \(promql) PromQL, \(hidden) hidden, \(empty) without an expression",
      "not PromQL: \(elsewhere.isEmpty ? "none" : elsewhere)",
      "\(variables) variables (\(variableQueries) ask a Prometheus), \(annotations) annotations",
      "\(parseFailures.count) targets are no PromQL once their variables are put in",
    ]
    lines += failed.map { "  \($0.file):\($0.error)" }
    lines += parseFailures.map { "  \($0.file): panel \($0.panel) \($0.refId): \($0.error): \($0.expr)" }
    return lines.joined(separator: "\n")
  }
}

extension DataSourceResolution {
  fileprivate var heading: String {
    switch self {
    case .prometheus: "prometheus"
    case .other(let type): type
    case .grafana: "grafana"
    case .dashboard: "dashboard"
    case .expression: "expression"
    case .unresolved: "unresolved"
    case .unknown: "unknown"
    }
  }
}
