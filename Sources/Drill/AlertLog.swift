import Events
import Stack

/// Follows every alert element through the raw samples of `ALERTS`, which carry the very evaluation at which something changed.
///
/// Prometheus writes none of them in its first two evaluations, while it restores the state of before; what pends since then seems to begin after.
struct AlertLog {
  /// Seconds since 1970 of offset 0.
  let epoch: Double
  /// Alert name to its group's interval.
  let intervals: [String: Duration]

  private var elements: [Element: Seen] = [:]
  private(set) var transitions: [AlertTransition] = []

  private struct Element: Hashable {
    let alertname: String
    let labels: [String: String]
  }

  private struct Seen {
    var state: AlertState
    var at: Duration
  }

  init(epoch: Double, groups: [RuleGroup]) {
    self.epoch = epoch
    var intervals: [String: Duration] = [:]
    for group in groups {
      // Alerts of one name in two groups: the longer interval never says "resolved" too early.
      for rule in group.rules { intervals[rule.name] = max(intervals[rule.name] ?? .zero, .seconds(group.interval)) }
    }
    self.intervals = intervals
  }

  /// The longest group interval.
  var longestInterval: Duration { intervals.values.max() ?? .seconds(60) }

  /// Names of alerts that fire now, sorted.
  var firing: [String] { Set(elements.filter { $0.value.state == .firing }.keys.map(\.alertname)).sorted() }

  /// Takes in the samples of `ALERTS` up to `now` and returns what is new, in order.
  mutating func take(_ series: [QueryValue.Series], now: Duration, annotations: [ActiveAlert]) -> [AlertTransition] {
    var news: [AlertTransition] = []
    for (element, samples) in samplesByElement(series) {
      for (at, state) in samples where at > (elements[element]?.at ?? .seconds(-(1 << 40))) {
        if let seen = elements[element], seen.state != .inactive, at - seen.at > interval(element) * 1.5 {
          news.append(transition(element, from: seen.state, to: .inactive, at: seen.at + interval(element)))
          elements[element]?.state = .inactive
        }
        let before = elements[element]?.state ?? .inactive
        if before != state { news.append(transition(element, from: before, to: state, at: at)) }
        elements[element] = Seen(state: state, at: at)
      }
    }
    for (element, seen) in elements
    where seen.state != .inactive && now >= seen.at + interval(element) + .milliseconds(500) {
      news.append(transition(element, from: seen.state, to: .inactive, at: seen.at + interval(element)))
      elements[element]?.state = .inactive
    }
    news.sort { ($0.at, $0.alertname, $0.sortedLabels) < ($1.at, $1.alertname, $1.sortedLabels) }
    for index in news.indices { news[index].annotations = annotations.of(news[index]) }
    transitions += news
    return news
  }

  private func samplesByElement(_ series: [QueryValue.Series]) -> [Element: [(Duration, AlertState)]] {
    var samples: [Element: [(Duration, AlertState)]] = [:]
    for one in series {
      var labels = one.metric
      labels["__name__"] = nil
      guard let name = labels.removeValue(forKey: "alertname"),
        let state = labels.removeValue(forKey: "alertstate").flatMap(AlertState.init)
      else { continue }
      // Milliseconds are what Prometheus stores; as a Double since 1970 they come with noise behind them.
      samples[Element(alertname: name, labels: labels), default: []] += one.values.map {
        (.milliseconds(Int((($0.time - epoch) * 1000).rounded())), state)
      }
    }
    return samples.mapValues { $0.sorted { $0.0 < $1.0 } }
  }

  private func interval(_ element: Element) -> Duration { intervals[element.alertname] ?? .seconds(60) }

  private func transition(_ element: Element, from: AlertState, to: AlertState, at: Duration) -> AlertTransition {
    AlertTransition(at: at, alertname: element.alertname, labels: element.labels, from: from, to: to)
  }
}

extension AlertTransition {
  fileprivate var sortedLabels: String {
    labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
  }
}

extension [ActiveAlert] {
  fileprivate func of(_ transition: AlertTransition) -> [String: String] {
    guard transition.to != .inactive else { return [:] }
    let match = first { alert in
      alert.labels["alertname"] == transition.alertname
        && transition.labels.allSatisfy { alert.labels[$0.key] == $0.value }
    }
    return match?.annotations ?? [:]
  }
}
