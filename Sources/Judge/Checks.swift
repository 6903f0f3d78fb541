import Diagnostics
public import Scenarios

/// The checks that a scenario makes, in the order of its file, the sweep for unexpected alerts last.
///
/// `end` is the scenario's end: what must never happen is decidable then. `dashboards` knows what a dashboard expectation is about.
public func checks(
  of scenario: Scenario, unexpectedAlerts: UnexpectedAlerts, end: Duration,
  dashboards: (DashboardExpectation) -> [(DashboardDemand, [PanelDemand])]
) -> [Check] {
  var all = scenario.expectations.flatMap { drafts(of: $0.clamped(to: end), end: end, dashboards) }
  all.append(
    Check(
      id: "unexpected alerts", place: scenario.name.place,
      demand: .unexpectedAlerts(unexpectedAlerts, mentions: mentions(in: scenario)), decidableAt: end))
  return numbered(all)
}

/// Tells namesakes apart: ` #2` for the second.
private func numbered(_ checks: [Check]) -> [Check] {
  var seen: [String: Int] = [:]
  return checks.map { check in
    var check = check
    let count = seen[check.id, default: 0] + 1
    seen[check.id] = count
    if count > 1 { check.id += " #\(count)" }
    return check
  }
}

private func mentions(in scenario: Scenario) -> [AlertExpectation] {
  scenario.expectations.compactMap { expectation in
    guard case .alert(let alert) = expectation.kind else { return nil }
    let demandsIt = alert.pending != nil || alert.firing != nil || alert.resolved != nil || alert.notified != nil
    return demandsIt ? alert : nil
  }
}

private func drafts(
  of expectation: Expectation, end: Duration, _ dashboards: (DashboardExpectation) -> [(DashboardDemand, [PanelDemand])]
) -> [Check] {
  switch expectation.kind {
  case .alert(let alert): return drafts(of: alert, end: end)
  case .query(let query):
    let id = "query \(query.expression.value)"
    return [Check(id: id, place: query.expression.place, demand: .query(query), decidableAt: query.at)]
  case .target(let target):
    let id = "target \(target.target.value) \(target.health.rawValue)"
    return [Check(id: id, place: target.target.place, demand: .target(target), decidableAt: target.during.to)]
  case .notifications(let demand):
    let id = "notifications \(demand.receiver.value)"
    return [
      Check(id: id, place: demand.receiver.place, demand: .notifications(demand), decidableAt: demand.within.to)
    ]
  case .dashboard(let dashboard):
    return dashboards(dashboard).flatMap(drafts)
  }
}

/// The checks of one dashboard, each with an id of its own.
public func checks(of whole: DashboardDemand, _ panels: [PanelDemand]) -> [Check] { numbered(drafts(whole, panels)) }

private func drafts(_ whole: DashboardDemand, _ panels: [PanelDemand]) -> [Check] {
  let demands = [(whole.id, Check.Demand.dashboard(whole))] + panels.map { ($0.id, .panel($0)) }
  let expectation = whole.expectation
  return demands.map { id, demand in
    Check(id: id, place: expectation.dashboard.place, demand: demand, decidableAt: expectation.at)
  }
}

private func drafts(of alert: AlertExpectation, end: Duration) -> [Check] {
  var drafts: [Check] = []
  func add(_ clause: String, _ place: Place, _ demand: Check.Demand, _ decidableAt: Duration) {
    let id = "alert \(alert.name.value) \(clause)"
    drafts.append(Check(id: id, place: place, demand: demand, decidableAt: decidableAt))
  }
  if let clause = alert.pending { add("pending", clause.place, .pending(alert, clause.value), clause.value.to) }
  if let clause = alert.firing { add("firing", clause.place, .firing(alert, clause.value), clause.value.to) }
  if let clause = alert.notified {
    add("notified", clause.place, .notified(alert, clause.value), clause.value.within.to)
  }
  if let clause = alert.resolved { add("resolved", clause.place, .resolved(alert, clause.value), clause.value.to) }
  if let clause = alert.never { add("never \(clause.value.rawValue)", clause.place, .never(alert, clause.value), end) }
  return drafts.sorted { $0.place < $1.place }
}

extension Expectation {
  /// With `end`, and whatever lies beyond it, at the scenario's end.
  fileprivate func clamped(to end: Duration) -> Expectation {
    var clamped = self
    switch kind {
    case .alert(var alert):
      for clause in [\AlertExpectation.pending, \.firing, \.resolved] { alert[keyPath: clause]?.value.clamp(to: end) }
      alert.notified?.value.within.clamp(to: end)
      clamped.kind = .alert(alert)
    case .query(var query):
      query.at = min(query.at, end)
      clamped.kind = .query(query)
    case .target(var target):
      target.during.clamp(to: end)
      clamped.kind = .target(target)
    case .notifications(var notifications):
      notifications.within.clamp(to: end)
      clamped.kind = .notifications(notifications)
    case .dashboard(var dashboard):
      dashboard.at = min(dashboard.at, end)
      clamped.kind = .dashboard(dashboard)
    }
    return clamped
  }
}

extension Window {
  fileprivate mutating func clamp(to end: Duration) { (from, to) = (min(from, end), min(to, end)) }
}
