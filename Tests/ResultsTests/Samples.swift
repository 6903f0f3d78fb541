import Events
import Foundation

/// A folder of its own for one test, removed with it.
final class Folder: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "firedrill-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { path + "/" + name }
}

func runInfo(_ id: String, startedAt: Double = 1_770_000_000.25) -> RunInfo {
  RunInfo(
    id: id, firedrillVersion: "0.1.0", startedAt: startedAt, clock: "virtual", host: "ci-1",
    arguments: ["run", "scenarios"], gitCommit: "abc123", scenarios: 2)
}

func scenarioInfo(_ index: Int) -> ScenarioInfo {
  ScenarioInfo(
    index: index, name: "Redis \(index)", file: "scenarios/redis.yaml", line: 1, tags: ["redis", "quick"],
    virtualStart: 1_772_352_000, duration: .seconds(3300), checks: 2)
}

/// Everything that can happen in a scenario, once.
func events(of index: Int) -> [Event] {
  let labels = ["severity": "warning", "camelCase": "é\n\u{1}"]
  return [
    .scenarioStarted(scenarioInfo(index)),
    .componentStarted(
      scenario: index,
      ComponentInfo(name: "prometheus", path: "/usr/bin/prometheus", version: "2.42.0", sha256: "00ff")),
    .stepApplied(scenario: index, StepInfo(at: .seconds(610), summary: "redis: used_memory = 700MB", line: 20)),
    .progressed(scenario: index, Progress(at: .seconds(610), speed: 1500, firing: [])),
    .alertChanged(
      scenario: index,
      AlertTransition(
        at: .milliseconds(620_250), alertname: "HighMemoryUsage", labels: labels, annotations: ["summary": "much"],
        from: .inactive, to: .pending)),
    .notified(
      scenario: index,
      Notification(
        at: .seconds(760), receiver: "on-call", kind: "webhook", status: .firing, groupKey: "{}:{}",
        groupLabels: ["alertname": "HighMemoryUsage"],
        alerts: [
          Notification.Alert(
            status: .firing, labels: labels, annotations: [:], startsAt: "2026-03-01T08:12:40Z", endsAt: "",
            fingerprint: "af")
        ], body: "{\"a\":1}")),
    .dashboardSeen(
      scenario: index,
      DashboardResult(
        title: "Redis", file: "redis.json", at: .seconds(800), range: "1h",
        variables: [.init(name: "instance", value: "All")], problems: ["redis.json:3:1: no"],
        panels: [
          PanelResult(
            panel: 4, title: "Memory",
            queries: [
              PanelQueryResult(
                refID: "A", expression: "x", range: "1h", verdict: .empty, series: 0, explanation: "there is no metric",
                evidence: ["the server knows 9 metrics"])
            ]), PanelResult(panel: 5, title: "Log", reason: "it is Loki", queries: []),
        ], picture: "{}")),
    .checked(
      scenario: index,
      CheckResult(
        id: "alert HighMemoryUsage firing", kind: "firing", verdict: .failed, message: "too late", expected: "12m5s",
        actual: "14m", evidence: ["at 12m", "at 14m"], file: "scenarios/redis.yaml", line: 34, at: .seconds(820),
        from: .seconds(725), to: .seconds(820))),
    .checked(
      scenario: index,
      CheckResult(
        id: "unexpected alerts", kind: "unexpected_alerts", verdict: .passed, message: "none",
        file: "scenarios/redis.yaml", line: 1, at: .seconds(3300))),
    .scenarioFinished(
      scenario: index,
      ScenarioOutcome(
        verdict: .failed, message: "1 of 2 checks failed", details: ["tail"], virtualSeconds: 3300, wallSeconds: 2.1)),
  ]
}
