import Diagnostics
import Events
import Scenarios

/// pending, firing, resolved: an element of the alert enters the state inside the window.
func judgeTransition(_ alert: AlertExpectation, to state: AlertState, _ window: Window, _ seen: Observations) -> Judgement {
  let name = alert.name.value
  let word = state == .inactive ? "resolved" : state.rawValue
  let expected = "\(word) within \(window.text)" + (alert.labels.isEmpty ? "" : " with " + patterns(alert.labels))
  func isEntry(_ transition: AlertTransition) -> Bool {
    transition.to == state && (state != .inactive || transition.from == .firing)
  }
  let ofName = seen.transitions.filter { $0.alertname == name }
  let entries = ofName.filter { isEntry($0) && alert.covers($0) }
  if let hit = entries.first(where: { window.contains($0.at) }) {
    guard let wrong = annotationMismatch(alert, hit, seen) else { return .passed("\(name) was \(word) at \(hit.at.prometheusText)") }
    return .failed("\(name) was \(word) in time, but with \(wrong)", expected: patterns(alert.annotations), actual: wrong)
  }
  if let late = entries.first(where: { $0.at > window.to }) {
    return .failed("\(name) was \(word) at \(late.at.prometheusText), later than \(window.to.prometheusText)", expected: expected, actual: late.at.prometheusText)
  }
  if let early = entries.last {
    return .failed("\(name) was \(word) at \(early.at.prometheusText), earlier than \(window.from.prometheusText)", expected: expected, actual: early.at.prometheusText)
  }
  if let other = ofName.first(where: { isEntry($0) && window.contains($0.at) }), let wrong = alert.mismatch(labels: other.labels) {
    return .failed("\(name) was \(word) at \(other.at.prometheusText), but with \(wrong)", expected: expected, actual: braces(other.labels))
  }
  return .failed("\(name) was never \(word): \(whatItDid(ofName.filter(alert.covers)))", expected: expected, actual: "nothing")
}

/// In one clause, how far an alert got.
private func whatItDid(_ transitions: [AlertTransition]) -> String {
  guard let last = transitions.last else { return "no alert of this name and labels was pending or firing" }
  let pending = transitions.last { $0.to == .pending }
  switch (last.from, last.to) {
  case (.pending, .inactive): return "it was pending from \(pending?.at.prometheusText ?? "?") to \(last.at.prometheusText), then its expression was false again"
  case (_, .pending): return "it was still pending, since \(last.at.prometheusText)"
  case (_, .firing): return "it was still firing, since \(last.at.prometheusText)"
  default: return "it was resolved at \(last.at.prometheusText)"
  }
}

/// Annotations as Prometheus had them at the transition, else as a receiver got them.
private func annotationMismatch(_ alert: AlertExpectation, _ transition: AlertTransition, _ seen: Observations) -> String? {
  guard !alert.annotations.isEmpty else { return nil }
  var annotations = transition.annotations
  if annotations.isEmpty {
    let delivered = seen.notifications.flatMap(\.alerts).first { alert in
      alert.labels["alertname"] == transition.alertname && transition.labels.allSatisfy { alert.labels[$0.key] == $0.value }
    }
    annotations = delivered?.annotations ?? [:]
  }
  return mismatch(alert.annotations, in: annotations)
}

func judgeNotified(_ alert: AlertExpectation, _ notified: NotifiedExpectation, _ seen: Observations) -> Judgement {
  let name = alert.name.value
  let receiver = notified.receiver?.value
  let expected = "a firing \(name) at \(receiver ?? "any receiver") within \(notified.within.text)"
  let wanted = alert.annotations.merging(notified.annotations) { $1 }
  var nearest: (at: Duration, problem: String)?
  for notification in seen.notifications where notification.status == .firing {
    for delivered in notification.alerts where delivered.status == .firing && delivered.labels["alertname"] == name {
      let problem: String?
      if let receiver, notification.receiver != receiver {
        problem = "it went to `\(notification.receiver)`"
      } else if let wrong = alert.mismatch(labels: delivered.labels) ?? mismatch(wanted, in: delivered.annotations) {
        problem = "it came with \(wrong)"
      } else if !notified.within.contains(notification.at) {
        problem = notification.at < notified.within.from ? "it came too early" : "it came too late"
      } else {
        return .passed("\(notification.receiver) got \(name) at \(notification.at.prometheusText)")
      }
      if nearest == nil, let problem { nearest = (notification.at, problem) }
    }
  }
  guard let nearest else {
    return .failed("no receiver was notified of \(name)", expected: expected, actual: "\(seen.notifications.count) notifications, none of it")
  }
  return .failed("\(receiver ?? "nobody") was not notified of \(name) as expected: \(nearest.problem), at \(nearest.at.prometheusText)", expected: expected, actual: nearest.problem)
}

func judgeNever(_ alert: AlertExpectation, _ never: AlertExpectation.Never, _ seen: Observations) -> Judgement {
  let name = alert.name.value
  if never == .notified {
    let violation = seen.notifications.first { notification in
      notification.alerts.contains { $0.labels["alertname"] == name && alert.mismatch(labels: $0.labels) == nil }
    }
    guard let violation else { return .passed("nobody was notified of \(name)") }
    return .failed("\(violation.receiver) was notified of \(name) at \(violation.at.prometheusText)", expected: "never notified", actual: violation.groupKey)
  }
  let state: AlertState = never == .pending ? .pending : .firing
  guard let violation = seen.transitions.first(where: { alert.covers($0) && $0.to == state }) else { return .passed("\(name) was never \(state.rawValue)") }
  return .failed("\(name)\(braces(violation.labels)) was \(state.rawValue) at \(violation.at.prometheusText)", expected: "never \(state.rawValue)", actual: "\(state.rawValue) at \(violation.at.prometheusText)")
}

func judgeUnexpected(_ policy: UnexpectedAlerts, _ mentioned: [AlertExpectation], _ seen: Observations) -> Judgement {
  var unexpected: [String] = []
  for transition in seen.transitions where transition.to == .firing && !mentioned.contains(where: { $0.covers(transition) }) {
    let isExcused = policy.exceptions.contains { $0.alert == transition.alertname && mismatch($0.labels, in: transition.labels) == nil }
    if !isExcused { unexpected.append("\(transition.alertname)\(braces(transition.labels)) at \(transition.at.prometheusText)") }
  }
  if unexpected.isEmpty { return .passed("no alert fired that nobody expects") }
  let list = unexpected.prefix(5).joined(separator: ", ") + (unexpected.count > 5 ? ", and \(unexpected.count - 5) more" : "")
  if policy.policy == .report { return .passed("fired unexpectedly: \(list)") }
  return .failed("fired and no expectation mentions it: \(list)", expected: "only the alerts that the scenario mentions", actual: list)
}

func patterns(_ demanded: [String: TextPattern]) -> String {
  demanded.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.description)" }.joined(separator: ", ")
}
