import Diagnostics
import Events
import Scenarios

/// That no alert fires which the scenario neither expects nor excepts.
func judge(_ sweep: UnexpectedAlerts, mentions: [AlertExpectation], _ seen: Observations) -> Judgement {
  var reported: Set<[String: String]> = []
  var unexpected: [String] = []
  for transition in seen.transitions where transition.to == .firing {
    let isMentioned = mentions.contains {
      $0.name.value == transition.alertname && $0.differences(labels: transition.labels).isEmpty
    }
    let isExcepted = sweep.exceptions.contains {
      $0.alert == transition.alertname && differences(transition.labels, from: $0.labels).isEmpty
    }
    let element = transition.labels.merging(["alertname": transition.alertname]) { $1 }
    guard !isMentioned, !isExcepted, reported.insert(element).inserted else { continue }
    unexpected.append("\(transition.alertname)\(labelText(transition.labels)) at \(transition.at.prometheusText)")
  }
  if unexpected.isEmpty { return .passed("no unexpected alert fired") }
  let list = unexpected.joined(separator: ", ")
  let message = "\(unexpected.count) unexpected alert\(unexpected.count == 1 ? "" : "s") fired: \(list)"
  if sweep.policy == .report { return .passed(message) }
  return .failed(message, expected: "no alert but those that the scenario mentions", actual: list)
}
