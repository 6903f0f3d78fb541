import Diagnostics
import Events
import Judge
import Scenarios
import Testing

private typealias Sample = Observations.Sample

@Suite struct OtherTests {
  @Test(
    arguments: [
      (.number(12, tolerance: 0.12), [12.1], true), (.number(12, tolerance: 0.12), [12.2], false),
      (.number(12, tolerance: 0), [], false), (.number(1, tolerance: 0), [1, 1], true),
      (.number(1, tolerance: 0), [1, 2], false), (.number(.infinity, tolerance: 0), [.infinity], true),
      (.number(1, tolerance: 0), [.nan], false), (.nan, [.nan], true), (.nan, [1], false), (.absent, [], true),
      (.absent, [0], false), (.present, [.nan], true), (.present, [], false), (.range(10, 20), [10, 20], true),
      (.range(10, 20), [21], false), (.comparison(.greaterOrEqual, 100), [100], true),
      (.comparison(.greaterOrEqual, 100), [99], false), (.comparison(.less, 1), [0.5], true),
      (.comparison(.less, 1), [1], false), (.comparison(.lessOrEqual, 1), [1], true),
      (.comparison(.greater, 1), [1], false), (.comparison(.notEqual, 1), [2], true),
      (.comparison(.notEqual, 1), [1], false),
    ] as [(ExpectedValue, [Double], Bool)])
  func queries(value: ExpectedValue, answers: [Double], passes: Bool) {
    let samples = answers.enumerated().map { Sample(labels: ["i": "\($0.offset)"], value: $0.element) }
    #expect(query(value, .samples(samples)).verdict == (passes ? .passed : .failed))
  }

  @Test(arguments: [
    ([Sample(labels: ["__name__": "m", "a": "1"], value: 3), Sample(labels: ["a": "2"], value: 9)], "passed"),
    ([Sample(labels: ["a": "1"], value: 3)], "expected {a=\"2\"} > 5, found no such series at 5m"),
    (
      [Sample(labels: ["a": "1"], value: 3), Sample(labels: ["a": "2"], value: 5)],
      "expected {a=\"2\"} > 5, found {a=\"2\"} 5 at 5m"
    ),
    (
      [
        Sample(labels: ["a": "1"], value: 3), Sample(labels: ["a": "2"], value: 6), Sample(labels: [:], value: 1.5),
      ], "expected nothing else, found 1.5 at 5m"
    ),
  ])
  func labelledSamples(answer: [Observations.Sample], expected: String) {
    let value = ExpectedValue.samples([
      .init(labels: ["a": "2"], value: .comparison(.greater, 5)),
      .init(labels: ["a": "1"], value: .number(3, tolerance: 0)),
    ])
    let result = query(value, .samples(answer))
    #expect((result.verdict == .passed ? "passed" : result.message) == expected)
  }

  @Test func namesAreComparedWhereGiven() {
    let value = ExpectedValue.samples([.init(labels: ["__name__": "m"], value: .present)])
    #expect(query(value, .samples([Sample(labels: ["__name__": "m"], value: 1)])).verdict == .passed)
    #expect(query(value, .samples([Sample(labels: ["__name__": "n"], value: 1)])).verdict == .failed)
  }

  @Test func aQueryThatFailsIsAnError() {
    #expect(query(.present, .error("bad_data")).verdict == .error)
    #expect(query(.absent, nil).verdict == .error)
  }

  private func query(_ value: ExpectedValue, _ answer: Observations.QueryAnswer?) -> CheckResult {
    let query = QueryExpectation(expression: located("m"), at: .seconds(300), value: value)
    return result(.query(query), Observations(queries: answer.map { ["id": $0] } ?? [:]))
  }

  @Test(arguments: [
    ("s3", 0, "failed: s3[1] was down at 2m, expected up"), ("s3", 3, "passed: s3 was up at 2 scrapes"),
    ("s3", 9, "failed: s3[0] was not scraped within 9m...10m"), ("s4", 0, "failed: s4 was never scraped"),
  ])
  func targets(service: String, from: Double, expected: String) {
    let health = (0...8).map { Observations.HealthSample(at: .seconds($0 * 60), up: true) }
    var other = health
    other[2].up = false
    let seen = Observations(health: [
      InstanceSelector(service: "s3", index: 0): health, InstanceSelector(service: "s3", index: 1): other,
    ])
    // The window of the second row holds one scrape of each instance.
    let until = from == 3 ? 3.5 : from == 9 ? 10 : 5
    let demand = TargetExpectation(
      target: located(InstanceSelector(service: service)), health: .up, during: minutes(from, until))
    #expect(verdict(result(.target(demand), seen)) == expected)
  }

  @Test(arguments: [
    (1...1, false, "passed: on-call got 1 notification within 1m...5m"), (2...2, true, "passed"),
    (2...Int.max, false, "failed: on-call got 1 notification within 1m...5m, expected at least 2"),
    (0...0, false, "failed: on-call got 1 notification within 1m...5m, expected 0"),
  ])
  func deliveries(count: ClosedRange<Int>, resolved: Bool, expected: String) {
    let demand = NotificationsExpectation(
      receiver: located("on-call"), count: count, within: minutes(1, 5), countsResolved: resolved)
    let seen = Observations(notifications: [
      notification(1), notification(5, status: .resolved), notification(6), notification(2, receiver: "mail"),
    ])
    #expect(verdict(result(.notifications(demand), seen)).hasPrefix(expected))
  }

  @Test func sweepsForUnexpectedAlerts() {
    let seen = Observations(transitions: [
      transition(1, .pending, .firing), transition(2, .pending, .firing),
      transition(3, .pending, .firing, labels: ["severity": "page"]),
      transition(4, .pending, .firing, name: "Watchdog"), transition(5, .inactive, .pending, name: "Slow"),
    ])
    let watchdog = UnexpectedAlerts.Exception(alert: "Watchdog", reason: "always fires")
    let mention = alert(labels: ["severity": .exact("warning")])
    func sweep(_ policy: UnexpectedAlerts.Policy, _ mentions: [AlertExpectation]) -> String {
      verdict(
        result(.unexpectedAlerts(UnexpectedAlerts(policy: policy, exceptions: [watchdog]), mentions: mentions), seen))
    }
    #expect(sweep(.fail, [mention]) == "failed: 1 unexpected alert fired: Hot{severity=\"page\"} at 3m")
    #expect(sweep(.report, [mention]) == "passed: 1 unexpected alert fired: Hot{severity=\"page\"} at 3m")
    #expect(sweep(.fail, []).hasPrefix("failed: 2 unexpected alerts fired"))
    #expect(sweep(.fail, [alert()]) == "passed: no unexpected alert fired")
  }

  @Test func checksComeInTheOrderOfTheFile() {
    var hot = alert()
    hot.resolved = located(minutes(4, 5), line: 3)
    hot.firing = located(minutes(1, 2), line: 4)
    var cold = alert()
    cold.never = located(.firing, line: 6)
    let query = QueryExpectation(expression: located("up", line: 8), at: .seconds(7), value: .present)
    let scenario = Scenario(
      name: located("s"), file: "s.yaml", bundle: located("b"), start: 0,
      expectations: [.alert(hot), .alert(cold), .query(query), .query(query)].map {
        Expectation(place: place, kind: $0)
      })
    let all = checks(of: scenario, unexpectedAlerts: UnexpectedAlerts(policy: .fail), end: .seconds(900)) { _ in [] }
    #expect(
      all.map(\.id) == [
        "alert Hot resolved", "alert Hot firing", "alert Hot never firing", "query up", "query up #2",
        "unexpected alerts",
      ])
    #expect(all.map(\.decidableAt) == [300, 120, 900, 7, 7, 900].map { .seconds($0) })
    #expect(all.map(\.place.line) == [3, 4, 6, 8, 8, 1])
    guard case .unexpectedAlerts(_, let mentions) = all.last?.demand else {
      Issue.record("no sweep")
      return
    }
    // The one that only says `never` excuses nothing.
    #expect(mentions.count == 1)
  }

  @Test(arguments: [
    (725, "12m5s"), (-30, "-30s"), (820.2, "13m40.2s"), (0, "0s"), (5400, "1h30m"), (0.0004, "0s"),
    (59.9996, "1m"), (90_000, "1d1h"), (-0.0001, "0s"),
  ])
  func timesRead(seconds: Double, text: String) {
    let seen = Observations(transitions: [transition(seconds / 60, .pending, .firing)])
    #expect(result(.firing(alert(), minutes(-99, 9999)), seen).message == "Hot fired at \(text)")
  }
}
