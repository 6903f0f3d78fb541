import Events
import GRDB

/// What all rows share: snake_case columns; lists and maps become JSON with sorted keys.
protocol Record: Codable, FetchableRecord, PersistableRecord, Sendable {}

extension Record {
  static var databaseColumnEncodingStrategy: DatabaseColumnEncodingStrategy { .convertToSnakeCase }
  static var databaseColumnDecodingStrategy: DatabaseColumnDecodingStrategy { .convertFromSnakeCase }
}

/// Whose row it is: the run's id and the scenario's number in its plan.
struct ScenarioKey: Sendable {
  var run: String
  var scenario: Int
}

extension Duration {
  /// As the tables hold it; clamped to some 292 years.
  var nanoseconds: Int64 { Int64(clamping: attoseconds / 1_000_000_000) }
}

struct RunRow: Record {
  static let databaseTableName = "runs"
  var id: String
  var firedrillVersion: String
  var startedAt: Double
  var finishedAt: Double?
  var verdict: Verdict?
  var interrupted: Bool?
  var clock: String
  var host: String
  var arguments: [String]
  var gitCommit: String?
  var scenarios: Int

  init(_ info: RunInfo) {
    id = info.id
    firedrillVersion = info.firedrillVersion
    startedAt = info.startedAt
    clock = info.clock
    host = info.host
    arguments = info.arguments
    gitCommit = info.gitCommit
    scenarios = info.scenarios
  }

  var info: RunInfo {
    RunInfo(
      id: id, firedrillVersion: firedrillVersion, startedAt: startedAt, clock: clock, host: host, arguments: arguments,
      gitCommit: gitCommit, scenarios: scenarios)
  }

  var outcome: RunOutcome? {
    guard let verdict, let finishedAt else { return nil }
    return RunOutcome(verdict: verdict, finishedAt: finishedAt, interrupted: interrupted ?? false)
  }
}

struct ScenarioRow: Record {
  static let databaseTableName = "scenarios"
  var run: String
  var scenario: Int
  var name: String
  var file: String
  var line: Int
  var tags: [String]
  var virtualStart: Double
  var durationNs: Int64
  var checks: Int
  var verdict: Verdict?
  var message: String?
  var details: [String]?
  var virtualSeconds: Double?
  var wallSeconds: Double?

  init(_ info: ScenarioInfo, run: String) {
    self.run = run
    scenario = info.index
    name = info.name
    file = info.file
    line = info.line
    tags = info.tags
    virtualStart = info.virtualStart
    durationNs = info.duration.nanoseconds
    checks = info.checks
  }

  var info: ScenarioInfo {
    ScenarioInfo(
      index: scenario, name: name, file: file, line: line, tags: tags, virtualStart: virtualStart,
      duration: .nanoseconds(durationNs), checks: checks)
  }

  var outcome: ScenarioOutcome? {
    guard let verdict else { return nil }
    return ScenarioOutcome(
      verdict: verdict, message: message ?? "", details: details ?? [], virtualSeconds: virtualSeconds ?? 0,
      wallSeconds: wallSeconds ?? 0)
  }
}
