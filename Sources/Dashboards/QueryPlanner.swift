import Diagnostics

/// Adds the filters of ad-hoc variables to every selector of an expression.
public typealias AddFilters = @Sendable (_ expr: String, _ filters: [AdhocFilter]) -> String

extension Dashboard {
  /// The exact queries that Grafana would send for the dashboard, and for each target that sends none the reason.
  public func queries(
    settings: QuerySettings, variables: ResolvedVariables, addFilters: @escaping AddFilters = { expr, _ in expr }
  ) -> DashboardQueries {
    let planner = QueryPlanner(dashboard: self, settings: settings, variables: variables, addFilters: addFilters)
    return planner.queries()
  }
}

/// Plans the queries of a dashboard.
struct QueryPlanner {
  let dashboard: Dashboard
  let settings: QuerySettings
  let variables: ResolvedVariables
  let addFilters: AddFilters

  func queries() -> DashboardQueries {
    var result = DashboardQueries(panels: [], annotations: [], findings: [])
    let clock: DashboardClock
    do { clock = try DashboardClock(dashboard.time, settings: settings) } catch {
      let message = "`\(error.text)` is not a time that Grafana knows"
      result.findings = [Finding(.error, message, at: dashboard.place)]
      return silent(Silence.invalid(message), result)
    }
    var repeats = Repeats(dashboard: dashboard, variables: variables)
    for panel in dashboard.panels {
      for copy in repeats.copies(of: panel) {
        result.panels.append(PanelPlan(planner: self, panel: panel, repeats: copy, clock: clock).queries())
      }
    }
    result.annotations = dashboard.annotations.map {
      AnnotationPlan(planner: self, annotation: $0, clock: clock).query()
    }
    result.findings =
      zoneFindings + repeats.findings + panelFindings + dataSourceFindings(result) + identityFindings(result)
    return result
  }

  /// Every target for the same reason: the dashboard has no time.
  private func silent(_ silence: Silence, _ result: DashboardQueries) -> DashboardQueries {
    var result = result
    result.panels = dashboard.panels.map { panel in
      PanelQueries(
        panel: panel, title: panel.title, row: nil, repeats: [],
        range: TimeRange(from: settings.now, to: settings.now, isRelative: true),
        queries: panel.targets.map { Query($0, refId: $0.refId, outcome: .silent(silence)) },
        modelToDraw: { panel.model })
    }
    result.annotations = dashboard.annotations.map { Query($0, outcome: .silent(silence)) }
    return result
  }

  // MARK: - Findings

  private var zoneFindings: [Finding] {
    let zone = dashboard.time.timezone
    if zone.isEmpty || zone == "browser" || ZonedCalendar.knows(zone) { return [] }
    return [Finding(.warning, "the time zone `\(zone)` is not known: UTC is taken", at: dashboard.place)]
  }

  /// One a data source that cannot be: an input without value, a name that is not known, Grafana itself.
  private func dataSourceFindings(_ result: DashboardQueries) -> [Finding] {
    // Every dashboard has annotations of Grafana's own.
    let annotations = result.annotations.filter { $0.outcome != .silent(.elsewhere(.grafana)) }
    var seen: Set<DataSourceResolution> = []
    return (result.panels.flatMap(\.queries) + annotations).compactMap { query in
      guard case .silent(.elsewhere(let resolution)) = query.outcome, seen.insert(resolution).inserted else {
        return nil
      }
      return Self.finding(resolution, at: query.place)
    }
  }

  private static func finding(_ resolution: DataSourceResolution, at place: Place) -> Finding? {
    switch resolution {
    case .unresolved(let text):
      let name = ReferenceScanner.names(in: text).first ?? text
      return Finding(
        .error, "the data source `\(text)` has no value", at: place,
        advice: "give it one: `--input \(name)=...`; Grafana's provisioning does not, and the panels stay empty")
    case .unknown(let name):
      return Finding(.error, "no data source has the name or uid `\(name)`", at: place)
    case .grafana:
      return Finding(.note, "queries of Grafana's own data source are not checked", at: place)
    case .prometheus, .other, .dashboard, .expression: return nil
    }
  }

  /// A panel of a kind that asks, and that has nothing to ask.
  private var panelFindings: [Finding] {
    dashboard.panels.filter { $0.targets.isEmpty && $0.silence == nil }.map { panel in
      Finding(.warning, "the panel \(panel.id) `\(panel.title)` has no targets, so it shows nothing", at: panel.place)
    }
  }

  private func identityFindings(_ result: DashboardQueries) -> [Finding] {
    let query = result.panels.lazy.flatMap(\.queries).first { query in
      guard query.request != nil, let expr = query.expr else { return false }
      return ReferenceScanner.names(in: expr).contains { $0 == "__user" || $0 == "__org" }
    }
    guard let query else { return [] }
    let message = "`$__user` is 1 (admin) and `$__org` 1 (Main Org.) here"
    return [Finding(.note, message, at: query.exprPlace ?? query.place)]
  }
}

extension Query {
  init(_ target: Target, refId: String, outcome: Outcome) {
    self.init(
      refId: refId, name: target.refId, place: target.place, expr: target.expr, exprPlace: target.exprPlace,
      outcome: outcome)
  }

  init(_ annotation: Annotation, outcome: Outcome) {
    self.init(
      refId: "X", name: annotation.name, place: annotation.place, expr: annotation.expr,
      exprPlace: annotation.exprPlace, outcome: outcome)
  }
}
