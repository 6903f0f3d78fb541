import Events
import Judge
import Scenarios
import Testing

/// Pending at 12m, firing at 14m12s, resolved at 20m.
private let life = [
  transition(12, .inactive, .pending), transition(14.2, .pending, .firing), transition(20, .firing, .inactive),
]

@Suite struct AlertTests {
  @Test(
    arguments: [
      (.pending(alert(), minutes(12, 12)), "passed: Hot was pending at 12m"),
      (.firing(alert(), minutes(14, 15)), "passed: Hot fired at 14m12s"),
      (.resolved(alert(), minutes(15, 20)), "passed: Hot resolved at 20m"),
      (.firing(alert(), minutes(12, 13)), "failed: Hot fired at 14m12s, later than 12m...13m"),
      (.firing(alert(), minutes(15, 16)), "failed: Hot fired at 14m12s, earlier than 15m...16m"),
      (.resolved(alert(), minutes(15, 19)), "failed: Hot resolved at 20m, later than 15m...19m"),
      (
        .firing(alert(labels: ["severity": .exact("critical")]), minutes(14, 15)),
        "failed: Hot fired with severity=\"warning\", expected \"critical\""
      ),
      (.firing(alert(labels: ["severity": .regex("^w")], exact: true), minutes(14, 15)), "passed: Hot fired at 14m12s"),
      (
        .firing(alert(labels: ["team": .regex("x")]), minutes(14, 15)),
        "failed: Hot fired with no team, expected /x/"
      ),
      (
        .firing(alert(exact: true), minutes(14, 15)),
        "failed: Hot fired with severity=\"warning\", expected no such label"
      ),
    ] as [(Check.Demand, String)])
  func states(demand: Check.Demand, expected: String) {
    #expect(verdict(result(demand, Observations(transitions: life))) == expected)
  }

  @Test(
    arguments: [
      ([], "never heard"),
      ([transition(12, .inactive, .pending), transition(13.5, .pending, .inactive)], "from 12m to 13m30s"),
      ([transition(12, .inactive, .pending)], "from 12m on"),
    ] as [([AlertTransition], String)])
  func neverFired(transitions: [AlertTransition], tail: String) {
    let result = result(.firing(alert(), minutes(12, 15)), Observations(transitions: transitions))
    let expected =
      transitions.isEmpty
      ? "no alert of this name was pending or firing" : "never fired: it was pending \(tail)"
    #expect(verdict(result) == "failed: \(expected)")
    #expect(result.evidence.count == transitions.count)
  }

  @Test func neverResolved() {
    let seen = Observations(transitions: Array(life.prefix(2)))
    #expect(
      verdict(result(.resolved(alert(), minutes(15, 20)), seen))
        == "failed: never resolved: it was firing from 14m12s on")
  }

  @Test func firingIsNotPending() {
    let seen = Observations(transitions: [transition(12, .inactive, .firing)])
    #expect(result(.pending(alert(), minutes(0, 20)), seen).verdict == .failed)
  }

  @Test func annotationsComeFromTheTransitionOrTheDelivery() {
    let wanted = alert(annotations: ["summary": .regex("hot")])
    let demand = Check.Demand.firing(wanted, minutes(1, 2))
    let bare = transition(1, .pending, .firing)
    let told = transition(1, .pending, .firing, annotations: ["summary": "cold"])
    let delivered = notification(
      2, labels: ["severity": "warning", "cluster": "a"], annotations: ["summary": "so hot"])
    #expect(result(demand, Observations(transitions: [bare], notifications: [delivered])).verdict == .passed)
    #expect(
      verdict(result(demand, Observations(transitions: [told], notifications: [delivered])))
        == "failed: Hot fired with summary=\"cold\", expected /hot/")
    #expect(result(demand, Observations(transitions: [bare])).verdict == .failed)
  }

  @Test(
    arguments: [
      (.pending, "failed: Hot was pending with {severity=\"warning\"} at 12m, but must never be pending"),
      (.firing, "failed: Hot fired with {severity=\"warning\"} at 14m12s, but must never be firing"),
      (
        .notified,
        "failed: Hot was sent to on-call with {severity=\"warning\"} at 15m, but must never be notified"
      ),
    ] as [(AlertExpectation.Never, String)])
  func never(what: AlertExpectation.Never, expected: String) {
    let seen = Observations(transitions: life, notifications: [notification(15)])
    #expect(verdict(result(.never(alert(), what), seen)) == expected)
    #expect(result(.never(alert(labels: ["severity": .exact("page")]), what), seen).verdict == .passed)
    #expect(verdict(result(.never(alert(), what), Observations())) == "passed: Hot was never \(what.rawValue)")
  }

  @Test(arguments: [
    ([notification(13)], "passed: on-call was notified of Hot at 13m"),
    ([notification(16)], "failed: on-call was notified at 16m, later than 12m...15m"),
    ([notification(13, receiver: "mail")], "failed: on-call was not notified of Hot, but mail was, at 13m"),
    (
      [notification(13, labels: ["severity": "page"])],
      "failed: on-call was notified with severity=\"page\", expected \"warning\""
    ),
    ([notification(13, status: .resolved)], "failed: on-call was not notified of Hot: it never fired"),
    ([notification(13, name: "Other")], "failed: on-call was not notified of Hot: it never fired"),
  ])
  func notified(notifications: [Events.Notification], expected: String) {
    let demand = NotifiedExpectation(receiver: located("on-call"), within: minutes(12, 15))
    let seen = Observations(notifications: notifications)
    #expect(verdict(result(.notified(alert(labels: ["severity": .exact("warning")]), demand), seen)) == expected)
  }

  @Test func notifiedNamesWhyNobodyWas() {
    let demand = NotifiedExpectation(receiver: nil, within: minutes(12, 15), annotations: ["a": .exact("b")])
    let fired = Observations(transitions: life)
    #expect(
      verdict(result(.notified(alert(), demand), fired))
        == "failed: any receiver was not notified of Hot: it fired at 14m12s, but nobody was notified")
    let wrong = Observations(notifications: [notification(13, annotations: ["a": "c"])])
    #expect(
      verdict(result(.notified(alert(), demand), wrong))
        == "failed: on-call was notified with a=\"c\", expected \"b\"")
  }

  @Test func evidenceIsBoundedAndNearTheWindow() {
    let many = (0..<50).map { transition(Double($0), .pending, .firing) }
    let seen = Observations(
      transitions: many, notifications: (0..<50).map { notification(Double($0)) },
      expressionValues: ["Hot": Array(repeating: "12m 1", count: 50)])
    let result = result(.firing(alert(labels: ["x": .exact("y")]), minutes(30, 31)), seen)
    #expect(result.evidence.count == 12)
    #expect(result.evidence.first == "28m Hot{severity=\"warning\"} pending -> firing")
    #expect(result.expected == "Hot{x=\"y\"} fired within 30m...31m")
    #expect(result.from == .seconds(1800))
  }
}
