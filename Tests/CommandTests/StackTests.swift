import Foundation
import Results
import Testing

/// Runs against the real stack, through the real binary.
@Suite(.serialized) struct StackTests {
  private static let memory = "scenarios/redis/memory-pressure.yaml"

  /// A scenario of the project, its bundle beside it, ready to be broken.
  private func firedrill(with scenario: String) throws -> Firedrill {
    let firedrill = try Firedrill()
    for name in ["fixtures", "scenarios"] {
      try? FileManager.default.removeItem(atPath: firedrill.folder + "/" + name)
      try FileManager.default.copyItem(atPath: Firedrill.root + "/" + name, toPath: firedrill.folder + "/" + name)
    }
    return firedrill
  }

  @Test func aRunThatPassesSaysAllInJSON() async throws {
    let firedrill = try firedrill(with: Self.memory)
    defer { firedrill.remove() }
    let result = try await firedrill.run(["run", "--json", "-", Self.memory])
    #expect(result.status == 0, "\(result.errors)")
    let report = try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
    #expect(report.run.verdict == "passed" && report.versions["prometheus"] != nil)
    let scenario = try #require(report.scenarios.first)
    #expect(scenario.checks.allSatisfy { $0.verdict == "passed" } && scenario.checks.count == 18)
    let alert = try #require(scenario.alerts.first { $0.labels["alertname"] == "RedisMemoryHigh" })
    #expect(alert.transitions.map(\.to) == ["pending", "firing", "inactive"])
    // `for: 2m` from the evaluation at which it became pending, to the millisecond.
    #expect(alert.transitions[1].at - alert.transitions[0].at == 120)
    #expect(scenario.notifications.map(\.status) == ["firing", "resolved"])
    #expect(scenario.virtual_seconds == 3330)
    #expect(survivors(of: firedrill).isEmpty)
  }

  @Test(arguments: [
    (
      "threshold", "rules/redis.yaml", "memoryWarningRatio, type: config, value: 0.5",
      "memoryWarningRatio, type: config, value: 0.9", "was never"
    ),
    ("for", "rules/redis.yaml", "for: 2m", "for: 20m", "never fired: it was pending from"),
    (
      "label", "rules/redis.yaml", "labels: {severity: warning}\n        annotations:\n          summary: Redis holds",
      "labels: {severity: page}\n        annotations:\n          summary: Redis holds",
      "severity=\"page\", expected \"warning\""
    ),
  ])
  func aBrokenCopyFailsWithItsCause(name: String, file: String, old: String, new: String, cause: String) async throws {
    let firedrill = try firedrill(with: Self.memory)
    defer { firedrill.remove() }
    let path = "fixtures/bundles/zenko/" + file
    let text = try firedrill.read(path)
    #expect(text.contains(old))
    try firedrill.write(text.replacingOccurrences(of: old, with: new), to: path)
    let result = try await firedrill.run(["run", Self.memory])
    #expect(result.status == 1, "\(result.errors)")
    let words = name == "threshold" ? ["RedisMemoryHigh", "was false or had no data"] : ["RedisMemoryHigh", cause]
    for word in words { #expect(result.output.contains(word), "\(name): \(result.output)") }
  }

  @Test func aProgramThatDiesIsAnErrorWithItsLog() async throws {
    let firedrill = try firedrill(with: Self.memory)
    defer { firedrill.remove() }
    // The Pushgateway does not know Alertmanager's flags.
    let result = try await firedrill.run([
      "run", "--binary", "alertmanager=/usr/bin/prometheus-pushgateway", Self.memory,
    ])
    #expect(result.status == 3)
    #expect(
      result.output.contains("alertmanager ended with exit status 1") && result.output.contains("unknown long flag"))
    #expect(survivors(of: firedrill).isEmpty)
  }

  @Test(arguments: [(SIGINT, Int32(130)), (SIGTERM, Int32(143))])
  func aStopLeavesAReportAndNothingElse(signal: Int32, status: Int32) async throws {
    let firedrill = try firedrill(with: Self.memory)
    defer { firedrill.remove() }
    let process = try firedrill.start(["run", "scenarios/quiet/day.yaml"])
    try await whenPrometheusRuns(firedrill)
    kill(process.processIdentifier, signal)
    await firedrill.ended(process)
    #expect(process.terminationStatus == status)
    #expect(try firedrill.read("reports/report.html").contains("The run was interrupted"))
    #expect(survivors(of: firedrill).isEmpty)
    #expect(runFolders(of: firedrill).isEmpty)
  }

  @Test func aKillLeavesAReadableRecordAndNothingElse() async throws {
    let firedrill = try firedrill(with: Self.memory)
    defer { firedrill.remove() }
    let process = try firedrill.start(["run", "scenarios/quiet/day.yaml"])
    try await whenPrometheusRuns(firedrill)
    #expect(!survivors(of: firedrill).isEmpty)
    kill(process.processIdentifier, SIGKILL)
    await firedrill.ended(process)
    let run = try ResultsStore(path: firedrill.folder + "/reports/firedrill.sqlite").run()
    #expect(run.cutOff && run.scenarios.count == 1)
    // The reaper needs a moment: wait for it, and for its end.
    while !survivors(of: firedrill).isEmpty || !runFolders(of: firedrill).isEmpty {
      try await Task.sleep(for: .milliseconds(10))
    }
  }

  @Test func scenariosSideBySideGiveTheSame() async throws {
    let firedrill = try firedrill(with: Self.memory)
    defer { firedrill.remove() }
    var reports: [Report] = []
    for jobs in ["1", "2"] {
      let result = try await firedrill.run(["run", "--jobs", jobs, "--json", "-", "scenarios/redis", "scenarios/jobs"])
      #expect(result.status == 0, "\(result.errors)")
      reports.append(try JSONDecoder().decode(Report.self, from: Data(result.output.utf8)))
    }
    // The same transitions in the same evaluations, to the millisecond, in the order of the plan.
    #expect(reports[0].scenarios.map(\.alerts) == reports[1].scenarios.map(\.alerts))
  }

  @Test func realTimeGivesTheSameVerdicts() async throws {
    let firedrill = try Firedrill()
    defer { firedrill.remove() }
    try firedrill.write(Self.shortScenario, to: "short.yaml")
    try firedrill.write(Self.shortRules, to: "bundle/rules.yaml")
    try firedrill.write("global: {scrape_interval: 1s, evaluation_interval: 1s}\n", to: "bundle/prometheus.yaml")
    var verdicts: [[String]] = []
    for clock in ["virtual", "real"] {
      let result = try await firedrill.run(["run", "--clock", clock, "--json", "-", "short.yaml"])
      #expect(result.status == 0, "\(clock): \(result.errors)")
      let report = try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
      verdicts.append(report.scenarios.flatMap(\.checks).map { "\($0.id) \($0.verdict)" })
    }
    #expect(verdicts[0] == verdicts[1] && verdicts[0].count == 4)
  }

  private static let shortRules = """
    groups:
      - name: short
        rules:
          - alert: Hot
            expr: temperature_celsius > 50
            for: 5s

    """

  private static let shortScenario = """
    scenario: Forty seconds
    bundle: bundle
    services:
      oven: {profile: generic, series: {temperature_celsius: 20}}
    timeline:
      - at: 10s
        oven: {series: {temperature_celsius: 80}}
    expect:
      - alert: Hot
        pending: {within: [10s, 14s]}
        firing: {within: [15s, 20s]}
      - {query: temperature_celsius, at: 30s, value: 80}
    duration: 40s

    """

  // MARK: - What is left

  private func whenPrometheusRuns(_ firedrill: Firedrill) async throws {
    while true {
      let logs = runFolders(of: firedrill).map { "\($0)/0/logs/prometheus.log" }
      if logs.contains(where: {
        (try? String(contentsOfFile: $0, encoding: .utf8))?.contains("Server is ready") == true
      }) {
        return
      }
      try await Task.sleep(for: .milliseconds(10))
    }
  }

  private func runFolders(of firedrill: Firedrill) -> [String] {
    let runs = firedrill.folder + "/scratch/runs"
    return ((try? FileManager.default.contentsOfDirectory(atPath: runs)) ?? []).map { "\(runs)/\($0)" }
      .filter { FileManager.default.fileExists(atPath: $0 + "/0") }
  }

  /// Processes of the stack that this run started: their HOME is its folder.
  private func survivors(of firedrill: Firedrill) -> [Int32] {
    let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc"))?.compactMap(Int32.init) ?? []
    return processes.filter { pid in
      guard let environment = FileManager.default.contents(atPath: "/proc/\(pid)/environ") else { return false }
      return String(decoding: environment, as: UTF8.self).contains("HOME=\(firedrill.folder)/scratch")
    }
  }
}

/// The parts of the JSON report that tests look at.
struct Report: Decodable {
  struct Run: Decodable { var verdict: String }
  struct Check: Decodable { var id, kind, verdict, message, file: String; var line: Int }
  struct Transition: Decodable, Equatable { var at: Double; var from, to: String }
  struct Alert: Decodable, Equatable { var labels: [String: String]; var transitions: [Transition] }
  struct Notification: Decodable { var status, receiver: String; var at: Double }
  struct Scenario: Decodable {
    var name, file, verdict: String
    var virtual_seconds, wall_seconds: Double
    var checks: [Check]
    var alerts: [Alert]
    var notifications: [Notification]
  }

  var run: Run
  var versions: [String: String]
  var scenarios: [Scenario]
}
