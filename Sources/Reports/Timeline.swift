import Events
import Results

/// A scenario in virtual time as a picture: what was scripted, what each alert did, what arrived, and the windows of the checks.
struct Timeline {
  let scenario: StoredScenario

  private static let width = 1000.0
  private static let labelWidth = 210.0
  private static let rowHeight = 24.0

  /// A row: its label and what is drawn in it, given its top edge.
  private struct Lane {
    let label: String
    let draw: (Double) -> String
  }

  var html: String {
    let lanes = lanes
    guard scenario.info.duration > .zero, !lanes.isEmpty else { return "" }
    let height = Double(lanes.count) * Self.rowHeight + 24
    var parts = axis(height)
    for (number, lane) in lanes.enumerated() {
      let top = Double(number) * Self.rowHeight + 20
      parts +=
        "<text x=\"\(text(Self.labelWidth - 8))\" y=\"\(text(top + 15))\" text-anchor=\"end\">\(escapedXML(shortened(lane.label)))</text>"
      parts += lane.draw(top)
    }
    let title = "Timeline of \(escapedXML(scenario.info.name))"
    return """
      <figure class="timeline"><svg viewBox="0 0 \(text(Self.width)) \(text(height))" role="img" aria-label="\(title)"><title>\(title)</title>\(parts)</svg></figure>
      """
  }

  private var lanes: [Lane] {
    var lanes: [Lane] = []
    if !scenario.steps.isEmpty {
      lanes.append(
        Lane(label: "scripted") { top in
          scenario.steps.map { mark($0.at, top, "step", "\($0.at.prometheusText): \($0.summary)") }.joined()
        })
    }
    for (label, transitions) in alertElements { lanes.append(Lane(label: label) { bars(transitions, $0) }) }
    let receivers = Set(scenario.notifications.map(\.receiver)).sorted()
    for receiver in receivers {
      lanes.append(
        Lane(label: "to \(receiver)") { top in
          scenario.notifications.filter { $0.receiver == receiver }.map { notification in
            let names = notification.alerts.compactMap { $0.labels["alertname"] }.joined(separator: ", ")
            return mark(
              notification.at, top, "note \(notification.status.rawValue)",
              "\(notification.at.prometheusText): \(notification.status.rawValue) \(names)")
          }.joined()
        })
    }
    for check in scenario.checks where check.from != nil && check.kind != "query" {
      lanes.append(Lane(label: check.id) { top in window(check, top) })
    }
    return lanes
  }

  /// Transitions by alert element, in the order of the first.
  private var alertElements: [(String, [AlertTransition])] {
    var elements: [(label: String, transitions: [AlertTransition])] = []
    for transition in scenario.transitions {
      let labels = transition.labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ", ")
      let label = transition.alertname + (labels.isEmpty ? "" : " {\(labels)}")
      if let index = elements.firstIndex(where: { $0.label == label }) {
        elements[index].transitions.append(transition)
      } else {
        elements.append((label, [transition]))
      }
    }
    return elements
  }

  private func bars(_ transitions: [AlertTransition], _ top: Double) -> String {
    var parts = ""
    for (index, transition) in transitions.enumerated() where transition.to != .inactive {
      let end = index + 1 < transitions.count ? transitions[index + 1].at : scenario.info.duration
      let state = transition.to.rawValue
      let title = "\(transition.alertname) \(state) from \(transition.at.prometheusText) to \(end.prometheusText)"
      parts += bar(transition.at, end, top + 5, 14, state, title)
    }
    return parts
  }

  private func window(_ check: CheckResult, _ top: Double) -> String {
    guard let from = check.from, let to = check.to else { return "" }
    return bar(from, to, top + 8, 8, "window \(check.verdict.rawValue)", "\(check.id): \(check.message)")
  }

  private func bar(_ from: Duration, _ to: Duration, _ top: Double, _ height: Double, _ kind: String, _ title: String)
    -> String
  {
    let left = x(from)
    return
      "<rect class=\"\(kind)\" x=\"\(text(left))\" y=\"\(text(top))\" width=\"\(text(max(2, x(to) - left)))\" height=\"\(text(height))\" rx=\"2\"><title>\(escapedXML(title))</title></rect>"
  }

  private func mark(_ at: Duration, _ top: Double, _ kind: String, _ title: String) -> String {
    "<circle class=\"\(kind)\" cx=\"\(text(x(at)))\" cy=\"\(text(top + 12))\" r=\"5\"><title>\(escapedXML(title))</title></circle>"
  }

  private func axis(_ height: Double) -> String {
    (0...5).map { part in
      let at = scenario.info.duration * part / 5
      let position = text(x(at))
      let anchor = part == 5 ? "end" : "middle"
      return
        "<line class=\"grid\" x1=\"\(position)\" x2=\"\(position)\" y1=\"16\" y2=\"\(text(height))\"/><text x=\"\(position)\" y=\"11\" text-anchor=\"\(anchor)\">\(Duration.seconds((at / .seconds(1)).rounded()).prometheusText)</text>"
    }.joined()
  }

  private func x(_ at: Duration) -> Double {
    let share = min(max(at / scenario.info.duration, 0), 1)
    return Self.labelWidth + share * (Self.width - Self.labelWidth - 10)
  }

  /// One decimal is a tenth of a pixel.
  private func text(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }

  private func shortened(_ label: String) -> String { label.count > 34 ? label.prefix(33) + "…" : label }
}
