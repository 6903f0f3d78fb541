import Diagnostics
import Events
import Scenarios

/// What a person wants to see of a failed check: at most twelve lines around its window.
func evidence(for check: Check, window: Window?, _ seen: Observations) -> [String] {
  let window = window ?? Window(from: .zero, to: .zero)
  switch check.demand {
  case .pending(let alert, _), .firing(let alert, _), .resolved(let alert, _), .notified(let alert, _),
    .never(let alert, _):
    let name = alert.name.value
    let transitions = nearest(6, seen.transitions.filter { $0.alertname == name }, to: window, at: \.at)
    let deliveries = nearest(
      3, seen.notifications.filter { $0.alerts.contains { $0.labels["alertname"] == name } }, to: window, at: \.at)
    let lines = transitions.map(\.line) + deliveries.map(\.line)
    return lines + (seen.expressionValues[name] ?? []).prefix(12 - lines.count)
  case .notifications(let demand):
    let own = seen.notifications.filter { $0.receiver == demand.receiver.value }
    return nearest(12, own, to: window, at: \.at).map(\.line)
  case .target(let demand):
    let target = demand.target.value
    let samples = seen.health.filter {
      $0.key == target || target.index == nil && $0.key.service == target.service
    }
    let lines = samples.flatMap { instance, samples in
      samples.map { (at: $0.at, text: "\($0.at.prometheusText) \(instance) \($0.up ? "up" : "down")") }
    }
    return nearest(12, lines, to: window, at: \.at).map(\.text)
  case .query(let query): return Array((seen.expressionValues[query.expression.value] ?? []).prefix(12))
  case .dashboard: return Array(unique(seen.dashboards[check.id] ?? []).prefix(12))
  case .panel(let demand): return evidence(for: demand, seen.panels[check.id])
  case .unexpectedAlerts: return seen.transitions.filter { $0.to == .firing }.prefix(12).map(\.line)
  }
}

/// The `count` items nearest to a window, in the order of time.
private func nearest<Item>(
  _ count: Int, _ items: [Item], to window: Window, at time: (Item) -> Duration
) -> [Item] {
  let nearest = items.enumerated().sorted {
    (window.distance(to: time($0.element)), $0.offset) < (window.distance(to: time($1.element)), $1.offset)
  }
  return nearest.prefix(count).sorted { (time($0.element), $0.offset) < (time($1.element), $1.offset) }.map(\.element)
}

extension AlertTransition {
  /// `12m5s HighMemoryUsage{severity="warning"} pending -> firing`.
  fileprivate var line: String {
    "\(at.prometheusText) \(alertname)\(labelText(labels)) \(from.rawValue) -> \(to.rawValue)"
  }
}

extension Notification {
  /// `12m35s on-call (webhook) firing: HighMemoryUsage, Other`.
  fileprivate var line: String {
    let names = alerts.compactMap { $0.labels["alertname"] }
    return "\(at.prometheusText) \(receiver) (\(kind)) \(status.rawValue): \(names.joined(separator: ", "))"
  }
}
