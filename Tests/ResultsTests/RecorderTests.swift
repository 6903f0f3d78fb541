import Events
import Foundation
import GRDB
import Results
import Testing

@Suite struct RecorderTests {
  let folder: Folder

  init() throws { folder = try Folder() }

  @Test func whatWasRecordedIsReadBack() async throws {
    let path = folder.file("deep/er/results.sqlite")
    let recorder = try RunRecorder(path: path)
    try await recorder.record(.runStarted(runInfo("a")))
    for event in events(of: 1) + events(of: 0) { try await recorder.record(event) }
    try await recorder.record(.runFinished(RunOutcome(verdict: .failed, finishedAt: 1_770_000_003, interrupted: true)))

    let run = try ResultsStore(path: path).run()
    #expect(!run.cutOff && run.verdict == .failed)
    #expect(run.info.arguments == ["run", "scenarios"] && run.info.startedAt == 1_770_000_000.25)
    #expect(run.outcome?.interrupted == true && run.outcome?.finishedAt == 1_770_000_003)
    #expect(run.scenarios.map(\.info.index) == [0, 1])
    for scenario in run.scenarios {
      #expect(try read(scenario).map(text) == events(of: scenario.info.index).compactMap(text))
    }
  }

  @Test func severalInstancesOfAProgramAreOneComponent() async throws {
    let path = folder.file("r.sqlite")
    let recorder = try RunRecorder(path: path)
    try await recorder.record(.runStarted(runInfo("a")))
    try await recorder.record(.scenarioStarted(scenarioInfo(0)))
    let exporter = ComponentInfo(name: "redis_exporter", path: "/usr/bin/e", version: "1", sha256: "aa")
    for _ in 0..<3 { try await recorder.record(.componentStarted(scenario: 0, exporter)) }
    #expect(try ResultsStore(path: path).run().scenarios[0].components == [exporter])
  }

  @Test func aKilledRunIsReadableAndCutOff() async throws {
    let path = folder.file("r.sqlite")
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let recorder = try RunRecorder(path: path)
      try await recorder.record(.runStarted(runInfo("killed")))
      for event in events(of: 0) + events(of: 1).prefix(5) { try await recorder.record(event) }
      kill(getpid(), SIGKILL)
    }
    let run = try ResultsStore(path: path).run()
    #expect(run.cutOff && run.verdict == .error)
    #expect(run.scenarios.map(\.verdict) == [.failed, .error])
    #expect(run.scenarios.map { $0.outcome == nil } == [false, true])
    #expect(run.scenarios[1].transitions.count == 1 && run.scenarios[1].notifications.isEmpty)
    #expect(try ResultsStore(path: path).runs().map(\.cutOff) == [true])
    // And the next run goes into the same file.
    try await RunRecorder(path: path).record(.runStarted(runInfo("next", startedAt: 1_770_000_100)))
    #expect(try ResultsStore(path: path).runs().map(\.info.id) == ["next", "killed"])
  }

  @Test func processesWriteIntoOneFile() async throws {
    let path = folder.file("r.sqlite")
    await withTaskGroup { group in
      for _ in 0..<3 {
        group.addTask {
          await #expect(processExitsWith: .success) { [path = path as String] in
            let recorder = try RunRecorder(path: path)
            try await recorder.record(.runStarted(runInfo("\(getpid())")))
            for index in 0..<40 { for event in events(of: index) { try await recorder.record(event) } }
          }
        }
      }
    }
    let runs = try ResultsStore(path: path).runs()
    #expect(runs.map(\.checks) == [80, 80, 80] && runs.map(\.checksPassed) == [40, 40, 40])
  }

  @Test func recordersOfOneProcessWriteIntoOneFile() async throws {
    let path = folder.file("r.sqlite")
    try await withThrowingTaskGroup { group in
      for id in ["a", "b", "c", "d"] {
        group.addTask {
          let recorder = try RunRecorder(path: path)
          try await recorder.record(.runStarted(runInfo(id)))
          for event in events(of: 0) { try await recorder.record(event) }
        }
      }
      try await group.waitForAll()
    }
    #expect(try ResultsStore(path: path).runs().map(\.info.id) == ["d", "c", "b", "a"])
    #expect(try ResultsStore(path: path).run(id: "b").scenarios.count == 1)
  }

  /// SQLite's change to WAL and the migrator would trip over each other.
  @Test(arguments: 0..<20)
  func openersOfAFreshFileTakeTurns(_ round: Int) async throws {
    let path = folder.file("r\(round).sqlite")
    try await withThrowingTaskGroup { group in
      for _ in 0..<8 { group.addTask { _ = try RunRecorder(path: path) } }
      try await group.waitForAll()
    }
    #expect(try ResultsStore(path: path).runs().isEmpty)
  }

  @Test func deletingARunDeletesWhatBelongsToIt() async throws {
    let path = folder.file("r.sqlite")
    let recorder = try RunRecorder(path: path)
    try await recorder.record(.runStarted(runInfo("a")))
    for event in events(of: 0) { try await recorder.record(event) }
    let queue = try DatabaseQueue(path: path)
    try await queue.write { try $0.execute(sql: "DELETE FROM runs") }
    for table in ["scenarios", "components", "steps", "transitions", "notifications", "dashboards", "checks"] {
      #expect(try await queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") } == 0, "\(table)")
    }
  }

  @Test(arguments: [
    [Event.scenarioStarted(scenarioInfo(0))],
    [.runStarted(runInfo("a")), .stepApplied(scenario: 7, StepInfo(at: .zero, summary: "x", line: 1))],
    [.runStarted(runInfo("a")), .runStarted(runInfo("a"))],
    [
      .runStarted(runInfo("a")),
      .scenarioFinished(
        scenario: 3, ScenarioOutcome(verdict: .passed, message: "", virtualSeconds: 1, wallSeconds: 1)),
    ],
  ])
  func eventsOutOfOrderAreRefused(_ events: [Event]) async throws {
    let recorder = try RunRecorder(path: folder.file("r.sqlite"))
    let error = await #expect(throws: ResultsError.self) {
      for event in events { try await recorder.record(event) }
    }
    #expect(error?.reason == .outOfOrder)
  }

  private func read(_ scenario: StoredScenario) -> [Event] {
    let index = scenario.info.index
    var events: [Event] = [.scenarioStarted(scenario.info)]
    events += scenario.components.map { .componentStarted(scenario: index, $0) }
    events += scenario.steps.map { .stepApplied(scenario: index, $0) }
    events += scenario.transitions.map { .alertChanged(scenario: index, $0) }
    events += scenario.notifications.map { .notified(scenario: index, $0) }
    events += scenario.dashboards.map { .dashboardSeen(scenario: index, $0) }
    events += scenario.checks.map { .checked(scenario: index, $0) }
    if let outcome = scenario.outcome { events.append(.scenarioFinished(scenario: index, outcome)) }
    return events
  }

  /// Every value of the noun that an event holds; nil for progress, which is not recorded.
  private func text(_ event: Event) throws -> String? {
    switch event {
    case .scenarioStarted(let value): try text(value)
    case .componentStarted(_, let value): try text(value)
    case .stepApplied(_, let value): try text(value)
    case .alertChanged(_, let value): try text(value)
    case .notified(_, let value): try text(value)
    case .dashboardSeen(_, let value): try text(value)
    case .checked(_, let value): try text(value)
    case .scenarioFinished(_, let value): try text(value)
    case .progressed, .runStarted, .runFinished: nil
    }
  }

  private func text(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}
