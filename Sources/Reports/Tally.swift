import Events
import Results

/// How many of something ended how.
struct Tally {
  private var counts: [Verdict: Int] = [:]

  init(_ verdicts: some Sequence<Verdict>) {
    for verdict in verdicts { counts[verdict, default: 0] += 1 }
  }

  subscript(verdict: Verdict) -> Int { counts[verdict, default: 0] }
  var total: Int { counts.values.reduce(0, +) }

  /// `2 failed, 1 error, 5 passed`, without those that are none.
  var text: String {
    let parts = [Verdict.failed, .error, .passed, .skipped].filter { self[$0] > 0 }.map { "\(self[$0]) \($0.rawValue)" }
    return parts.isEmpty ? "none" : parts.joined(separator: ", ")
  }
}

extension StoredRun {
  var checks: [CheckResult] { scenarios.flatMap(\.checks) }
  var virtualSeconds: Double { scenarios.compactMap(\.outcome?.virtualSeconds).reduce(0, +) }
  /// Real seconds from the run's start to its end; of a run that was cut off, what its scenarios took.
  var wallSeconds: Double {
    guard let outcome else { return scenarios.compactMap(\.outcome?.wallSeconds).reduce(0, +) }
    return max(0, outcome.finishedAt - info.startedAt)
  }
  /// Scenarios of the plan that never began.
  var neverStarted: Int { max(0, info.scenarios - scenarios.count) }

  /// The programs of all scenarios, each once, by name.
  var components: [ComponentInfo] {
    Set(scenarios.flatMap(\.components)).sorted { ($0.name, $0.version, $0.path) < ($1.name, $1.version, $1.path) }
  }
}

extension CheckResult {
  /// `scenarios/redis.yaml:34`.
  var place: String { "\(file):\(line)" }

  /// The window in which it had to hold, `from 12m5s to 13m40s`, or the time at which it was decided.
  var windowText: String {
    switch (from, to) {
    case (let from?, let to?) where from == to: "at \(from.prometheusText)"
    case (let from?, let to?): "from \(from.prometheusText) to \(to.prometheusText)"
    case (let from?, nil): "from \(from.prometheusText)"
    case (nil, let to?): "by \(to.prometheusText)"
    case (nil, nil): "at \(at.prometheusText)"
    }
  }
}

/// Labels as Prometheus prints them, sorted: `{job="redis", severity="warning"}`; empty for none.
func braces(_ labels: [String: String]) -> String {
  guard !labels.isEmpty else { return "" }
  return "{" + labels.sorted { $0.key < $1.key }.map { "\($0.key)=\"\($0.value)\"" }.joined(separator: ", ") + "}"
}

/// All changes of one alert element, in the order in which they happened.
struct AlertHistory {
  var alertname: String
  var labels: [String: String]
  var transitions: [AlertTransition]

  /// Groups `transitions` by element, in the order in which elements first appeared.
  static func all(_ transitions: [AlertTransition]) -> [AlertHistory] {
    var order: [[String: String]: Int] = [:]
    var histories: [AlertHistory] = []
    for transition in transitions {
      let key = transition.labels.merging(["alertname": transition.alertname]) { $1 }
      if let known = order[key] {
        histories[known].transitions.append(transition)
      } else {
        order[key] = histories.count
        histories.append(
          AlertHistory(alertname: transition.alertname, labels: transition.labels, transitions: [transition]))
      }
    }
    return histories
  }
}
