import Diagnostics
import Events
import Scenarios

extension TextPattern {
  /// Whether a text is the one that was meant; a missing one is empty, as in Prometheus.
  func matches(_ text: String?) -> Bool {
    switch self {
    case .exact(let wanted): return (text ?? "") == wanted
    case .regex(let expression): return (try? Regex(expression).firstMatch(in: text ?? "")) != nil
    }
  }

  var description: String {
    switch self {
    case .exact(let text): "\"\(text)\""
    case .regex(let expression): "/\(expression)/"
    }
  }
}

/// The first demand that does not hold: `severity="critical", expected "warning"`; nil: all hold.
func mismatch(_ demanded: [String: TextPattern], in texts: [String: String]) -> String? {
  for (name, pattern) in demanded.sorted(by: { $0.key < $1.key }) where !pattern.matches(texts[name]) {
    let found = texts[name].map { "\(name)=\"\($0)\"" } ?? "no \(name)"
    return "\(found), expected \(pattern.description)"
  }
  return nil
}

extension AlertExpectation {
  /// What keeps an alert element from being the expected one; nil: it is.
  func mismatch(labels: [String: String]) -> String? {
    var labels = labels
    labels["alertname"] = nil
    if let mismatch = Judge.mismatch(self.labels, in: labels) { return mismatch }
    guard exactLabels else { return nil }
    let extra = labels.keys.filter { self.labels[$0] == nil }.sorted()
    return extra.isEmpty ? nil : "more labels than expected: \(extra.joined(separator: ", "))"
  }

  /// Whether a transition is one of this alert's.
  func covers(_ transition: AlertTransition) -> Bool { transition.alertname == name.value && mismatch(labels: transition.labels) == nil }
}

/// `{severity="warning"}`, sorted.
func braces(_ labels: [String: String]) -> String {
  "{" + labels.sorted { $0.key < $1.key }.map { "\($0.key)=\"\($0.value)\"" }.joined(separator: ", ") + "}"
}

extension Window {
  var text: String { "\(from.prometheusText)...\(to.prometheusText)" }
}
