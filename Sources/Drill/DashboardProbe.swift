import Bundles
public import Dashboards
import Diagnostics
import Events
import Explain
import Exposition
public import PromQL
import Scenarios
import Stack

/// Looks at a dashboard on the real Prometheus at one moment, over several time ranges, as Grafana would.
struct DashboardProbe {
  let server: PrometheusAPI
  let dialect: Dialect
  /// Seconds since 1970 of offset 0.
  let epoch: Double
  /// Grafana's "Scrape interval" of the data source.
  let dataSourceInterval: Duration?

  /// Ranges that are looked at beside the dashboard's own where the scenario names none.
  private static let standardRanges: [Duration] = [.seconds(900), .seconds(86_400)]

  /// What the dashboard shows over each range, the first of which is drawn.
  func look(at dashboard: Dashboard, for expectation: DashboardExpectation) async throws -> [DashboardResult] {
    let ranges: [Duration?] = expectation.ranges.isEmpty ? [nil] + Self.standardRanges : expectation.ranges
    var results: [DashboardResult] = []
    for range in ranges {
      let result = try await look(at: dashboard, over: range, for: expectation, isDrawn: results.isEmpty)
      if !results.contains(where: { $0.range == result.range }) { results.append(result) }
    }
    return results
  }

  private func look(
    at dashboard: Dashboard, over range: Duration?, for expectation: DashboardExpectation, isDrawn: Bool
  ) async throws -> DashboardResult {
    let settings = settings(at: expectation.at, range)
    let resolver = VariableResolver(
      dashboard, settings: settings, overrides: expectation.variables, source: PrometheusVariables(server: server))
    let variables = await resolver.resolve()
    let queries = dashboard.queries(settings: settings, variables: variables, addFilters: addFilters(dialect))
    let errors = (variables.findings + queries.findings).filter { $0.severity == .error }
    let lines = errors.map { "\($0.place.map { "\($0): " } ?? "")\($0.message)" }
    var result = DashboardResult(
      title: dashboard.title, file: dashboard.file, at: expectation.at,
      range: range?.prometheusText ?? Self.text(of: dashboard.time),
      variables: variables.variables.compactMap(Self.variable),
      problems: lines + (try await problems(of: queries.annotations)), panels: [])
    var answers: [[SeenQuery]] = []
    for panel in queries.panels { answers.append(try await look(at: panel, over: result.range)) }
    // A repeated panel is one panel to who demands data of it.
    let copiesByPlace = Dictionary(grouping: queries.panels.indices) { queries.panels[$0].panel.place }
    for panel in dashboard.panels where !panel.targets.isEmpty {
      let copies = copiesByPlace[panel.place] ?? []
      let reasons = copies.flatMap { queries.panels[$0].queries }.compactMap(Self.silence)
      result.panels.append(
        PanelResult(
          panel: panel.id, title: panel.title, reason: reasons.isEmpty ? nil : reasons.joined(separator: "; "),
          queries: copies.flatMap { answers[$0].map(\.result) }))
    }
    if isDrawn { result.picture = picture(of: dashboard, queries, answers, result) }
    return result
  }

  private func settings(at moment: Duration, _ range: Duration?) -> QuerySettings {
    let now = epoch + moment / .seconds(1)
    let source = DataSource(
      name: "Prometheus", uid: "prometheus", type: "prometheus", timeInterval: dataSourceInterval?.prometheusText)
    return QuerySettings(
      now: Int64((now * 1000).rounded()), range: range.map { "\(Int64($0 / .seconds(1)))s" },
      dataSources: DataSources(known: [source]))
  }

  private static func text(of time: DashboardTime) -> String {
    time.to == "now" && time.from.hasPrefix("now-") ? String(time.from.dropFirst(4)) : "\(time.from) to \(time.to)"
  }

  private static func variable(_ variable: ResolvedVariable) -> DashboardResult.Variable? {
    guard variable.filters == nil else { return nil }
    let value = variable.isAll ? "All" : variable.selected.map(\.text).joined(separator: ", ")
    return .init(name: variable.name, value: value)
  }

  // MARK: - Panels

  /// The queries of a panel that ask a Prometheus, with what came back.
  private func look(at panel: PanelQueries, over range: String) async throws -> [SeenQuery] {
    var seen: [SeenQuery] = []
    for query in panel.queries {
      switch query.outcome {
      case .sent(let request) where !request.isHidden: seen.append(try await look(at: query, request, over: range))
      case .silent(.invalid(let reason)):
        let result = PanelQueryResult(
          refID: query.refId, expression: query.expr ?? "", range: range, verdict: .error, series: 0,
          explanation: reason)
        seen.append(SeenQuery(result: result, request: nil, value: nil))
      case .sent, .silent: break
      }
    }
    return seen
  }

  /// Why a query asks nothing of a Prometheus; nil where it does, or should.
  private static func silence(_ query: Query) -> String? {
    switch query.outcome {
    case .sent(let request): request.isHidden ? "query \(query.refId) is hidden" : nil
    case .silent(.invalid): nil
    case .silent(let silence): "query \(query.refId): \(silence.reason)"
    }
  }

  private func look(at query: Query, _ request: QueryRequest, over range: String) async throws -> SeenQuery {
    var result = PanelQueryResult(
      refID: query.refId, expression: request.expr, range: range, verdict: .data, series: 0)
    let value: QueryValue
    do { value = try await ask(request.expr, request) } catch let error as QueryError {
      result.verdict = .error
      result.explanation = error.message
      return SeenQuery(result: result, request: request, value: nil)
    }
    result.series = value.labelSets.count
    result.verdict = try await verdict(of: value, request)
    if result.verdict == .empty || result.verdict == .masked {
      let emptyPart = result.verdict == .masked ? unmasked(request.expr) ?? request.expr : request.expr
      let explainer = Explainer(server, at: Double(request.end) / 1e9, dialect: dialect)
      let explanation = try await explainer.explain(emptyPart)
      result.explanation = explanation.sentence + (explanation.advice.map { " (\($0))" } ?? "")
      result.evidence = explanation.evidence
    }
    return SeenQuery(result: result, request: request, value: value)
  }

  private func ask(_ expression: String, _ request: QueryRequest) async throws -> QueryValue {
    if request.kind == .instant { return try await server.query(expression, at: Double(request.end) / 1e9) }
    return try await server.queryRange(
      expression, from: Double(request.start) / 1e9, to: Double(request.end) / 1e9, step: Double(request.step) / 1e9)
  }

  private func verdict(of value: QueryValue, _ request: QueryRequest) async throws -> DataVerdict {
    let values = value.values
    if value.isEmpty { return .empty }
    if values.allSatisfy(\.isNaN) { return .nan }
    if let behind = unmasked(request.expr), try await ask(behind, request).isEmpty { return .masked }
    return values.allSatisfy({ $0 == 0 || $0.isNaN }) ? .zero : .data
  }

  /// What stands before an `or` whose other side needs no series, such as `or vector(0)`; nil where there is none.
  private func unmasked(_ text: String) -> String? {
    guard let expression = try? PromQL.Expression(parsing: text, dialect: dialect) else { return nil }
    for id in expression.nodes.indices.reversed() {
      guard case .binary(let operation) = expression[id].kind, operation.operation == .or,
        expression.selections(in: operation.right).isEmpty
      else { continue }
      return expression.print(operation.left)
    }
    return nil
  }

  // MARK: - Annotations

  /// An annotation that shows nothing is no fault; one that Prometheus refuses is.
  private func problems(of annotations: [Query]) async throws -> [String] {
    var problems: [String] = []
    for annotation in annotations {
      guard let request = annotation.request else { continue }
      do { _ = try await ask(request.expr, request) } catch let error as QueryError {
        problems.append("\(annotation.place): the annotation `\(annotation.name)` fails: \(error.message)")
      }
    }
    return problems
  }
}

/// A query of a panel, what was sent for it, and what came back.
struct SeenQuery {
  var result: PanelQueryResult
  /// nil where Grafana itself refuses it.
  var request: QueryRequest?
  /// nil where Prometheus refuses it.
  var value: QueryValue?
}

/// Puts the filters of ad-hoc variables into every selector. [Grafana: packages/grafana-prometheus/src/add_label_to_query.ts]
public func addFilters(_ dialect: Dialect) -> AddFilters {
  { text, filters in
    guard let expression = try? PromQL.Expression(parsing: text, dialect: dialect) else { return text }
    var replacements: [PromQL.Expression.NodeID: String] = [:]
    for selection in expression.selections {
      var selector = selection.selector
      for filter in filters {
        guard let operation = Matcher.Operation(rawValue: filter.op) else { continue }
        selector.matchers.append(
          Matcher(label: filter.key, operation: operation, value: filter.value, matchesEmpty: false, range: 0..<0))
      }
      let modifiers = selector.modifiers
      selector.modifiers = TimeModifiers()
      replacements[selection.node] = "\(selector)\(selection.range.map { "[\($0)]" } ?? "")\(modifiers)"
    }
    return expression.print(expression.root, replacing: replacements)
  }
}
