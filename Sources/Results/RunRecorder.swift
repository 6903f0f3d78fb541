public import Events
import GRDB

/// Writes a run into SQLite as it happens, an event a transaction: whatever ends Firedrill, what was recorded stays.
public final class RunRecorder: Sendable {
  private let pool: DatabasePool
  private let run: String

  /// Opens or makes the file, and its folder; several runs may write into one file at once.
  public init(path: String, run: String) throws {
    pool = try openResults(path, creating: true)
    self.run = run
  }

  /// Records one event. Progress is for people and is not recorded.
  public func record(_ event: Event) async throws {
    switch event {
    case .progressed: return
    case .runStarted(let info): try await insert("runs", try columns(info))
    case .scenarioStarted(let info): try await insert("scenarios", try columns(info))
    case .componentStarted(let scenario, let component):
      try await insert(
        "components", scenario,
        ["name": component.name, "path": component.path, "version": component.version, "sha256": component.sha256])
    case .stepApplied(let scenario, let step):
      try await insert("steps", scenario, ["at_ns": step.at.nanoseconds, "summary": step.summary, "line": step.line])
    case .alertChanged(let scenario, let transition): try await insert("transitions", scenario, try columns(transition))
    case .notified(let scenario, let notification):
      try await insert("notifications", scenario, try columns(notification))
    case .checked(let scenario, let check): try await insert("checks", scenario, try columns(check))
    case .scenarioFinished(let scenario, let outcome):
      let details = try json(outcome.details)
      try await execute(
        "UPDATE scenarios SET verdict = ?, message = ?, details = ?, virtual_seconds = ?, wall_seconds = ? WHERE run_id = ? AND number = ?",
        [
          outcome.verdict.rawValue, outcome.message, details, outcome.virtualSeconds, outcome.wallSeconds, run,
          scenario,
        ])
    case .runFinished(let outcome):
      try await execute(
        "UPDATE runs SET verdict = ?, finished_at = ?, interrupted = ? WHERE id = ?",
        [outcome.verdict.rawValue, outcome.finishedAt, outcome.interrupted, run])
    }
  }

  private typealias Columns = [String: (any DatabaseValueConvertible & Sendable)?]

  private func columns(_ info: RunInfo) throws -> Columns {
    [
      "id": info.id, "firedrill_version": info.firedrillVersion, "started_at": info.startedAt, "clock": info.clock,
      "host": info.host,
      "arguments": try json(info.arguments), "git_commit": info.gitCommit, "scenarios": info.scenarios,
    ]
  }

  private func columns(_ info: ScenarioInfo) throws -> Columns {
    [
      "run_id": run, "number": info.index, "name": info.name, "file": info.file, "line": info.line,
      "tags": try json(info.tags),
      "virtual_start": info.virtualStart, "duration_ns": info.duration.nanoseconds, "checks": info.checks,
    ]
  }

  private func columns(_ transition: AlertTransition) throws -> Columns {
    [
      "at_ns": transition.at.nanoseconds, "alertname": transition.alertname, "labels": try json(transition.labels),
      "annotations": try json(transition.annotations), "from_state": transition.from.rawValue,
      "to_state": transition.to.rawValue,
    ]
  }

  private func columns(_ notification: Notification) throws -> Columns {
    [
      "at_ns": notification.at.nanoseconds, "receiver": notification.receiver, "kind": notification.kind,
      "status": notification.status.rawValue,
      "group_key": notification.groupKey, "group_labels": try json(notification.groupLabels),
      "alerts": try json(notification.alerts),
      "body": notification.body,
    ]
  }

  private func columns(_ check: CheckResult) throws -> Columns {
    [
      "id": check.id, "kind": check.kind, "verdict": check.verdict.rawValue, "message": check.message,
      "expected": check.expected,
      "actual": check.actual, "evidence": try json(check.evidence), "file": check.file, "line": check.line,
      "at_ns": check.at.nanoseconds,
      "from_ns": check.from?.nanoseconds, "to_ns": check.to?.nanoseconds,
    ]
  }

  private func insert(_ table: String, _ scenario: Int, _ columns: Columns) async throws {
    try await insert(table, columns.merging(["run_id": run, "scenario": scenario]) { $1 })
  }

  private func insert(_ table: String, _ columns: Columns) async throws {
    let sorted = columns.sorted { $0.key < $1.key }
    let names = sorted.map(\.key).joined(separator: ", ")
    let places = sorted.map { _ in "?" }.joined(separator: ", ")
    try await execute("INSERT INTO \(table) (\(names)) VALUES (\(places))", sorted.map(\.value))
  }

  private func execute(_ sql: String, _ values: [(any DatabaseValueConvertible & Sendable)?]) async throws {
    try await pool.write { try $0.execute(sql: sql, arguments: StatementArguments(values)) }
  }
}
