import Events
import GRDB

/// Reads stored runs.
public struct ResultsStore: Sendable {
  private let pool: DatabasePool

  /// Opens a file that exists.
  public init(path: String) throws {
    pool = try openResults(path, creating: false)
  }

  /// Ids of all runs, the latest first.
  public func runs() async throws -> [String] {
    try await pool.read { try String.fetchAll($0, sql: "SELECT id FROM runs ORDER BY started_at DESC, id DESC") }
  }

  /// A run by id, or the latest.
  public func run(id: String? = nil) async throws -> StoredRun {
    let latest = try await runs().first
    guard let id = id ?? latest else {
      throw ResultsError(description: "the record holds no run", advice: "make one: firedrill run")
    }
    return try await pool.read { try read(run: id, $0) }
  }
}

private func read(run id: String, _ database: Database) throws -> StoredRun {
  guard let row = try Row.fetchOne(database, sql: "SELECT * FROM runs WHERE id = ?", arguments: [id]) else {
    throw ResultsError(description: "the record holds no run `\(id)`", advice: "list them: firedrill report --list")
  }
  let info = RunInfo(
    id: row["id"], firedrillVersion: row["firedrill_version"], startedAt: row["started_at"], clock: row["clock"],
    host: row["host"],
    arguments: try fromJSON(row["arguments"]), gitCommit: row["git_commit"], scenarios: row["scenarios"])
  let outcome = Verdict(row["verdict"]).map {
    RunOutcome(verdict: $0, finishedAt: row["finished_at"], interrupted: row["interrupted"])
  }
  let rows = try Row.fetchAll(
    database, sql: "SELECT * FROM scenarios WHERE run_id = ? ORDER BY number", arguments: [id])
  return StoredRun(info: info, outcome: outcome, scenarios: try rows.map { try scenario($0, run: id, database) })
}

private func scenario(_ row: Row, run: String, _ database: Database) throws -> StoredScenario {
  let number: Int = row["number"]
  let info = ScenarioInfo(
    index: number, name: row["name"], file: row["file"], line: row["line"], tags: try fromJSON(row["tags"]),
    virtualStart: row["virtual_start"],
    duration: .nanoseconds(row["duration_ns"]), checks: row["checks"])
  let outcome = try Verdict(row["verdict"]).map {
    ScenarioOutcome(
      verdict: $0, message: row["message"] ?? "", details: try fromJSON(row["details"] ?? "[]"),
      virtualSeconds: row["virtual_seconds"] ?? 0,
      wallSeconds: row["wall_seconds"] ?? 0)
  }
  var scenario = StoredScenario(info: info, outcome: outcome)
  func fetch(_ table: String) throws -> [Row] {
    try Row.fetchAll(
      database, sql: "SELECT * FROM \(table) WHERE run_id = ? AND scenario = ? ORDER BY rowid",
      arguments: [run, number])
  }
  scenario.components = try fetch("components").map {
    ComponentInfo(name: $0["name"], path: $0["path"], version: $0["version"], sha256: $0["sha256"])
  }
  scenario.steps = try fetch("steps").map {
    StepInfo(at: .nanoseconds($0["at_ns"]), summary: $0["summary"], line: $0["line"])
  }
  scenario.transitions = try fetch("transitions").map(transition)
  scenario.notifications = try fetch("notifications").map(notification)
  scenario.checks = try fetch("checks").map(check)
  return scenario
}

private func transition(_ row: Row) throws -> AlertTransition {
  AlertTransition(
    at: .nanoseconds(row["at_ns"]), alertname: row["alertname"], labels: try fromJSON(row["labels"]),
    annotations: try fromJSON(row["annotations"]),
    from: AlertState(rawValue: row["from_state"]) ?? .inactive, to: AlertState(rawValue: row["to_state"]) ?? .inactive)
}

private func notification(_ row: Row) throws -> Notification {
  Notification(
    at: .nanoseconds(row["at_ns"]), receiver: row["receiver"], kind: row["kind"],
    status: .init(rawValue: row["status"]) ?? .firing,
    groupKey: row["group_key"], groupLabels: try fromJSON(row["group_labels"]), alerts: try fromJSON(row["alerts"]),
    body: row["body"])
}

private func check(_ row: Row) throws -> CheckResult {
  let (from, to): (Int64?, Int64?) = (row["from_ns"], row["to_ns"])
  return CheckResult(
    id: row["id"], kind: row["kind"], verdict: Verdict(row["verdict"]) ?? .error, message: row["message"],
    expected: row["expected"],
    actual: row["actual"], evidence: try fromJSON(row["evidence"]), file: row["file"], line: row["line"],
    at: .nanoseconds(row["at_ns"]),
    from: from.map { .nanoseconds($0) }, to: to.map { .nanoseconds($0) })
}

extension Verdict {
  fileprivate init?(_ text: String?) {
    guard let text, let verdict = Verdict(rawValue: text) else { return nil }
    self = verdict
  }
}
