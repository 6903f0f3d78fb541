import Diagnostics
import Events
import Scenarios

extension AlertExpectation {
  /// Whether a delivered alert is the expected one.
  func matches(_ alert: Notification.Alert, annotations: [String: TextPattern]) -> Bool {
    alert.labels["alertname"] == name.value && differences(labels: alert.otherLabels).isEmpty
      && Judge.differences(alert.annotations, from: annotations).isEmpty
  }
}

/// That a receiver gets an alert, firing, inside a window.
func judge(notified demand: NotifiedExpectation, of alert: AlertExpectation, _ seen: Observations) -> Judgement {
  let annotations = alert.annotations.merging(demand.annotations) { $1 }
  let receiver = demand.receiver?.value
  let deliveries = seen.notifications.flatMap { notification in
    notification.alerts.filter { $0.status == .firing && $0.labels["alertname"] == alert.name.value }
      .map { Delivery(at: notification.at, receiver: notification.receiver, alert: $0) }
  }
  let own = deliveries.filter { receiver == nil || $0.receiver == receiver }
  let matching = own.filter { alert.matches($0.alert, annotations: annotations) }
  if let hit = matching.first(where: { demand.within.contains($0.at) }) {
    return .passed("\(hit.receiver) was notified of \(alert.name.value) at \(hit.at.prometheusText)")
  }
  let who = receiver ?? "any receiver"
  func failed(_ message: String, _ actual: String) -> Judgement {
    .failed(message, expected: "\(who) is notified of \(alert.text) within \(demand.within.text)", actual: actual)
  }
  if let other = own.first(where: { demand.within.contains($0.at) }) ?? (matching.isEmpty ? own.first : nil) {
    let reasons =
      alert.differences(labels: other.alert.otherLabels)
      + differences(other.alert.annotations, from: annotations)
    let what = "\(other.receiver) was notified with \(reasons.joined(separator: "; "))"
    return failed(what, "\(what), at \(other.at.prometheusText)")
  }
  let distance = { (delivery: Delivery) in demand.within.distance(to: delivery.at) }
  if let near = matching.min(by: { distance($0) < distance($1) }) {
    let what = "\(near.receiver) was notified at \(near.at.prometheusText)"
    return failed("\(what), \(demand.within.miss(near.at))", what)
  }
  if let other = deliveries.first {
    let what = "\(other.receiver) was, at \(other.at.prometheusText)"
    return failed("\(who) was not notified of \(alert.name.value), but \(what)", what)
  }
  let fired = seen.transitions.first { $0.alertname == alert.name.value && $0.to == .firing }
  let why = fired.map { "it fired at \($0.at.prometheusText), but nobody was notified" } ?? "it never fired"
  return failed("\(who) was not notified of \(alert.name.value): \(why)", why)
}

/// One alert as it reached one receiver.
private struct Delivery {
  var at: Duration
  var receiver: String
  var alert: Notification.Alert
}

/// That a receiver gets so many deliveries inside a window.
func judge(_ demand: NotificationsExpectation, _ seen: Observations) -> Judgement {
  let counted = seen.notifications.filter { notification in
    notification.receiver == demand.receiver.value && demand.within.contains(notification.at)
      && (demand.countsResolved || notification.status == .firing)
  }
  let actual = "\(counted.count) notification\(counted.count == 1 ? "" : "s")"
  let message = "\(demand.receiver.value) got \(actual) within \(demand.within.text)"
  guard !demand.count.contains(counted.count) else { return .passed(message) }
  let (low, high) = (demand.count.lowerBound, demand.count.upperBound)
  let expected = low == high ? "\(low)" : high == .max ? "at least \(low)" : "\(low) to \(high)"
  return .failed("\(message), expected \(expected)", expected: expected, actual: actual)
}
