import Diagnostics
import Events
public import Scenarios

/// All checks that a scenario makes, in the order of its file; the sweep for unexpected alerts comes last.
///
/// - Parameters:
///   - unexpected: what becomes of alerts that nobody expects.
///   - end: the scenario's length; times called `end` become it.
public func checks(of scenario: Scenario, unexpected: UnexpectedAlerts, end: Duration) -> [Check] {
  var all = scenario.expectations.flatMap { checks(of: $0, end: end) }
  let mentioned = scenario.expectations.compactMap { expectation -> AlertExpectation? in
    // Who says that an alert must never come does not excuse it.
    guard case .alert(let alert) = expectation.kind, alert.never == nil else { return nil }
    return alert
  }
  all.append(
    Check(
      id: "unexpected alerts", place: scenario.name.place, demand: .unexpectedAlerts(unexpected, mentioned: mentioned), decidableAt: end))
  return numbered(all)
}

private func checks(of expectation: Expectation, end: Duration) -> [Check] {
  let place = expectation.place
  switch expectation.kind {
  case .alert(let alert): return checks(of: alert, place: place, end: end)
  case .query(var query):
    query.at = min(query.at, end)
    return [Check(id: "query \(query.expression.value) at \(query.at.prometheusText)", place: place, demand: .query(query), decidableAt: query.at)]
  case .target(var target):
    target.during = target.during.clamped(to: end)
    let id = "target \(target.target.value) \(target.health.rawValue) from \(target.during.from.prometheusText)"
    return [Check(id: id, place: place, demand: .target(target), decidableAt: target.during.to)]
  case .notifications(var notifications):
    notifications.within = notifications.within.clamped(to: end)
    let id = "notifications to \(notifications.receiver.value) from \(notifications.within.from.prometheusText)"
    return [Check(id: id, place: place, demand: .notifications(notifications), decidableAt: notifications.within.to)]
  }
}

private func checks(of alert: AlertExpectation, place: Place, end: Duration) -> [Check] {
  var checks: [Check] = []
  func add(_ clause: String, _ place: Place, _ demand: Check.Demand, _ at: Duration) {
    checks.append(Check(id: "alert \(alert.name.value) \(clause)", place: place, demand: demand, decidableAt: at))
  }
  for (name, clause, demand) in [
    ("pending", alert.pending, Check.Demand.pending), ("firing", alert.firing, Check.Demand.firing),
    ("resolved", alert.resolved, Check.Demand.resolved),
  ] as [(String, Located<Window>?, (AlertExpectation, Window) -> Check.Demand)] {
    guard let clause else { continue }
    let window = clause.value.clamped(to: end)
    add(name, clause.place, demand(alert, window), window.to)
  }
  if var notified = alert.notified {
    notified.value.within = notified.value.within.clamped(to: end)
    let receiver = notified.value.receiver.map { " to \($0.value)" } ?? ""
    add("notified\(receiver)", notified.place, .notified(alert, notified.value), notified.value.within.to)
  }
  if let never = alert.never { add("never \(never.value.rawValue)", never.place, .never(alert, never.value), end) }
  return checks
}

/// Makes ids unique: the second of a name gets ` #2`.
private func numbered(_ checks: [Check]) -> [Check] {
  var seen: [String: Int] = [:]
  return checks.map { check in
    var check = check
    seen[check.id, default: 0] += 1
    if let count = seen[check.id], count > 1 { check.id += " #\(count)" }
    return check
  }
}

extension Window {
  fileprivate func clamped(to end: Duration) -> Window { Window(from: min(from, end), to: min(to, end)) }
}
