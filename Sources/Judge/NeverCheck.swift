import Diagnostics
import Events
import Scenarios

/// That an alert never enters a state, or is never delivered, from the warm-up to the end.
func judge(never what: AlertExpectation.Never, of alert: AlertExpectation, _ seen: Observations) -> Judgement {
  let violation: (at: Duration, text: String)? =
    switch what {
    // Whatever fires was pending, if only for an instant (`for: 0`).
    case .pending: firstEntry(of: alert, into: [.pending, .firing], seen)
    case .firing: firstEntry(of: alert, into: [.firing], seen)
    case .notified: firstDelivery(of: alert, seen)
    }
  guard let violation else { return .passed("\(alert.name.value) was never \(what.rawValue)") }
  let message =
    "\(alert.name.value) \(violation.text) at \(violation.at.prometheusText), but must never be \(what.rawValue)"
  return .failed(
    message, expected: "\(alert.text) never \(what.rawValue)",
    actual: "\(violation.text) at \(violation.at.prometheusText)")
}

private func firstEntry(of alert: AlertExpectation, into states: [AlertState], _ seen: Observations) -> (
  Duration, String
)? {
  let entry = seen.transitions.first { transition in
    transition.alertname == alert.name.value && states.contains(transition.to)
      && alert.differences(labels: transition.labels).isEmpty
      && differences(seen.annotations(of: transition), from: alert.annotations).isEmpty
  }
  return entry.map { ($0.at, ($0.to == .firing ? "fired" : "was pending") + " with " + labelText($0.labels)) }
}

private func firstDelivery(of alert: AlertExpectation, _ seen: Observations) -> (Duration, String)? {
  for notification in seen.notifications {
    let held = notification.alerts.first { $0.status == .firing && alert.matches($0, annotations: alert.annotations) }
    if let held { return (notification.at, "was sent to \(notification.receiver) with \(labelText(held.otherLabels))") }
  }
  return nil
}

/// `{a="b",c="d"}`, sorted.
func labelText(_ labels: [String: String]) -> String {
  "{" + labels.sorted { $0.key < $1.key }.map { "\($0.key)=\"\($0.value)\"" }.joined(separator: ",") + "}"
}
