import Diagnostics
import Events
import Scenarios

/// That some element of an alert enters a state inside a window.
struct StateDemand {
  enum State {
    case pending
    case firing
    case resolved
  }

  private let alert: AlertExpectation
  private let state: State
  private let window: Window

  init(_ alert: AlertExpectation, _ state: State, _ window: Window) {
    self.alert = alert
    self.state = state
    self.window = window
  }

  func judge(_ seen: Observations) -> Judgement {
    let named = seen.transitions.filter { $0.alertname == alert.name.value }
    let entries = named.filter(enters)
    let labelled = entries.filter { alert.differences(labels: $0.labels).isEmpty }
    let matching = labelled.filter { differences(seen.annotations(of: $0), from: alert.annotations).isEmpty }
    if let hit = matching.first(where: { window.contains($0.at) }) {
      return .passed("\(alert.name.value) \(verb) at \(hit.at.prometheusText)")
    }
    if named.isEmpty { return failed("no alert of this name was pending or firing", actual: "nothing") }
    // The nearest miss is the likeliest cause: wrong annotations in time, wrong labels in time, wrong time.
    if let other = labelled.first(where: { window.contains($0.at) }) {
      return differs(other, differences(seen.annotations(of: other), from: alert.annotations))
    }
    if let other = entries.first(where: { window.contains($0.at) }) {
      return differs(other, alert.differences(labels: other.labels))
    }
    if let near = matching.min(by: { window.distance(to: $0.at) < window.distance(to: $1.at) }) {
      let what = "\(verb) at \(near.at.prometheusText)"
      return failed("\(alert.name.value) \(what), \(window.miss(near.at))", actual: what)
    }
    return never(named)
  }

  private func enters(_ transition: AlertTransition) -> Bool {
    switch state {
    case .pending: transition.to == .pending
    case .firing: transition.to == .firing
    case .resolved: transition.from == .firing && transition.to == .inactive
    }
  }

  private var verb: String {
    switch state {
    case .pending: "was pending"
    case .firing: "fired"
    case .resolved: "resolved"
    }
  }

  private func failed(_ message: String, actual: String) -> Judgement {
    .failed(message, expected: "\(alert.text) \(verb) within \(window.text)", actual: actual)
  }

  private func differs(_ transition: AlertTransition, _ differences: [String]) -> Judgement {
    let what = "\(verb) with \(differences.joined(separator: "; "))"
    return failed("\(alert.name.value) \(what)", actual: "\(what), at \(transition.at.prometheusText)")
  }

  /// No element with these labels ever entered the state: says how far one came.
  private func never(_ named: [AlertTransition]) -> Judgement {
    let own = named.filter { alert.differences(labels: $0.labels).isEmpty }
    guard let last = own.last(where: { $0.to != .inactive }) else {
      let other = named.first { $0.to == .firing } ?? named[0]
      let what = alert.differences(labels: other.labels).joined(separator: "; ")
      return failed("never \(participle): only with \(what)", actual: "\(what), at \(other.at.prometheusText)")
    }
    let left = own.first { $0.at >= last.at && $0.labels == last.labels && $0.from == last.to }
    let until = left.map { " to \($0.at.prometheusText)" } ?? " on"
    let stay = last.to == .pending ? "it was pending" : "it was firing"
    let what = "\(stay) from \(last.at.prometheusText)\(until)"
    return failed("never \(participle): \(what)", actual: what)
  }

  private var participle: String { state == .pending ? "pending" : verb }
}
