import Diagnostics
import Events
import Judge
import Scenarios

let place = Place(file: "s.yaml", line: 1, column: 1)

/// A place so many lines down.
func located<Value>(_ value: Value, line: Int = 1) -> Located<Value> {
  Located(value, at: Place(file: "s.yaml", line: line, column: 1))
}

func minutes(_ from: Double, _ to: Double) -> Window {
  Window(from: .seconds(from * 60), to: .seconds(to * 60))
}

func transition(
  _ minute: Double, _ from: AlertState, _ to: AlertState, name: String = "Hot",
  labels: [String: String] = ["severity": "warning"], annotations: [String: String] = [:]
) -> AlertTransition {
  AlertTransition(
    at: .seconds(minute * 60), alertname: name, labels: labels, annotations: annotations, from: from, to: to)
}

func notification(
  _ minute: Double, receiver: String = "on-call", status: Notification.Status = .firing, name: String = "Hot",
  labels: [String: String] = ["severity": "warning"], annotations: [String: String] = [:]
) -> Notification {
  let alert = Notification.Alert(
    status: status, labels: labels.merging(["alertname": name]) { $1 }, annotations: annotations, startsAt: "",
    endsAt: "", fingerprint: "")
  return Notification(
    at: .seconds(minute * 60), receiver: receiver, kind: "webhook", status: status, groupKey: "", groupLabels: [:],
    alerts: [alert], body: "")
}

func alert(
  labels: [String: TextPattern] = [:], annotations: [String: TextPattern] = [:], exact: Bool = false
) -> AlertExpectation {
  AlertExpectation(name: located("Hot"), labels: labels, annotations: annotations, exactLabels: exact)
}

func result(_ demand: Check.Demand, _ seen: Observations) -> CheckResult {
  judge(Check(id: "id", place: place, demand: demand, decidableAt: .zero), seen, at: .seconds(60))
}

/// What a table row expects: nil of the message means passed.
func verdict(_ result: CheckResult) -> String { "\(result.verdict.rawValue): \(result.message)" }
