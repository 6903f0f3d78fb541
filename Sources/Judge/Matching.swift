import Diagnostics
import Events
import Scenarios

extension TextPattern {
  /// Whether a text satisfies the pattern; a regular expression may match anywhere in it.
  func matches(_ text: String) -> Bool {
    switch self {
    case .exact(let exact): return text == exact
    case .regex(let pattern):
      // Scenarios refuses patterns that do not compile.
      guard let regex = try? Regex(pattern) else { return false }
      return text.contains(regex)
    }
  }

  /// As a scenario spells it, quoted.
  var text: String {
    switch self {
    case .exact(let exact): "\"\(exact)\""
    case .regex(let pattern): "/\(pattern)/"
    }
  }
}

/// Names of a map that do not satisfy their patterns: `severity="critical", expected "warning"`, sorted by name.
func differences(_ actual: [String: String], from patterns: [String: TextPattern]) -> [String] {
  patterns.sorted { $0.key < $1.key }.compactMap { name, pattern in
    // To Prometheus an absent label and an empty one are the same.
    let value = actual[name] ?? ""
    guard !pattern.matches(value) else { return nil }
    return actual[name] == nil
      ? "no \(name), expected \(pattern.text)" : "\(name)=\"\(value)\", expected \(pattern.text)"
  }
}

extension AlertExpectation {
  /// How labels (without `alertname`) differ from what is expected; empty where they match.
  func differences(labels: [String: String]) -> [String] {
    let extra = exactLabels ? labels.keys.filter { self.labels[$0] == nil }.sorted() : []
    return Judge.differences(labels, from: self.labels)
      + extra.map { "\($0)=\"\(labels[$0] ?? "")\", expected no such label" }
  }

  /// `HighMemoryUsage{severity="warning"}`.
  var text: String {
    guard !labels.isEmpty else { return name.value }
    let pairs = labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.text)" }
    return "\(name.value){\(pairs.joined(separator: ","))}"
  }
}

extension Observations {
  /// The annotations of an element as it changed; from what was delivered where the transition has none.
  func annotations(of transition: AlertTransition) -> [String: String] {
    guard transition.annotations.isEmpty else { return transition.annotations }
    let alerts = notifications.lazy.flatMap(\.alerts).filter { $0.labels["alertname"] == transition.alertname }
    // External labels come on top when an alert is sent.
    let same = alerts.first { alert in transition.labels.allSatisfy { alert.labels[$0.key] == $0.value } }
    return same?.annotations ?? [:]
  }
}

extension Notification.Alert {
  /// Its labels as a transition has them.
  var otherLabels: [String: String] { labels.filter { $0.key != "alertname" } }
}
