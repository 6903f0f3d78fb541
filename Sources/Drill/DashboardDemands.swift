import Bundles
public import Dashboards
import Diagnostics
public import Events
import Judge
public import PromQL
public import Scenarios
public import Stack

extension Dashboard {
  /// What an expectation demands of the dashboard, which is the `number`th of its bundle: of itself, and of each of its panels that has targets.
  func demands(of expectation: DashboardExpectation, number: Int) -> (DashboardDemand, [PanelDemand]) {
    let demands = panels.filter { !$0.targets.isEmpty }.map { panel in
      PanelDemand(
        expectation: expectation, dashboard: number, dashboardTitle: title, panel: panel.id, title: panel.title)
    }
    return (DashboardDemand(expectation: expectation, dashboard: number, title: title), demands)
  }
}

extension Bundle {
  /// What an expectation names and the bundle does not have.
  func findings(of expectation: DashboardExpectation) -> [Finding] {
    let name = expectation.dashboard
    let named = dashboards(named: name.value).map { dashboards[$0] }
    guard !named.isEmpty else {
      return [
        Finding(
          .error, "the bundle has no dashboard `\(name.value)`", at: name.place, length: name.value.count,
          advice: suggestion(for: name.value, in: Set(dashboards.map(\.title))))
      ]
    }
    let panels = named.flatMap(\.panels)
    return expectation.exceptions.map(\.panel).compactMap { panel in
      guard !panels.contains(where: { "\($0.id)" == panel.value || $0.title == panel.value }) else { return nil }
      return Finding(
        .error, "no panel has the id or title `\(panel.value)`", at: panel.place, length: panel.value.count,
        advice: suggestion(for: panel.value, in: Set(panels.map(\.title))))
    }
  }

  /// The demands on each dashboard that an expectation is about.
  func demands(of expectation: DashboardExpectation) -> [(DashboardDemand, [PanelDemand])] {
    dashboards(named: expectation.dashboard.value).map { dashboards[$0].demands(of: expectation, number: $0) }
  }
}

extension [DashboardResult] {
  /// A panel over all ranges.
  func panel(_ demand: PanelDemand) -> PanelResult? {
    let panels = compactMap { $0.panels.first { $0.panel == demand.panel && $0.title == demand.title } }
    return panels.first.map {
      PanelResult(panel: $0.panel, title: $0.title, reason: $0.reason, queries: panels.flatMap(\.queries))
    }
  }
}

/// Looks at dashboards on a server that is there already, at one moment, and judges their panels as a scenario would.
public struct DashboardInspection: Sendable {
  private let probe: DashboardProbe
  private let expectation: DashboardExpectation

  /// Looks at `server` at `time`, in seconds since 1970; `expectation` says the ranges, the variables and how strict to be.
  public init(
    _ server: PrometheusAPI, dialect: Dialect, at time: Double, expecting expectation: DashboardExpectation,
    dataSourceInterval: Duration? = nil
  ) {
    probe = DashboardProbe(server: server, dialect: dialect, epoch: time, dataSourceInterval: dataSourceInterval)
    self.expectation = expectation
  }

  /// What a dashboard shows over each range, and the verdicts. Throws where the server cannot be reached.
  public func inspect(_ dashboard: Dashboard) async throws -> (results: [DashboardResult], checks: [CheckResult]) {
    let results = try await probe.look(at: dashboard, for: expectation)
    let (whole, panels) = dashboard.demands(of: expectation, number: 0)
    let all = checks(of: whole, panels)
    return (
      results,
      all.map { check in
        var seen = Observations(dashboards: [check.id: results.flatMap(\.problems)])
        if case .panel(let demand) = check.demand { seen.panels[check.id] = results.panel(demand) }
        var result = judge(check, seen, at: .zero)
        result.file = dashboard.file
        if case .panel(let demand) = check.demand {
          result.line = dashboard.panels.first { $0.id == demand.panel }?.place.line ?? result.line
        }
        return result
      }
    )
  }
}
