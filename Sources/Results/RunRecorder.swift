public import Events
import GRDB

/// Writes the events of one run into a database as they happen, each in a transaction of its own.
///
/// So a run that is killed half way leaves a readable file, in which it is shown as cut off. Several processes may write runs into one file.
public actor RunRecorder {
  private let path: String
  private let queue: DatabaseQueue
  private var run: String?

  /// Opens the database at `path`, or makes it and its folder.
  ///
  /// - Throws: ``ResultsError`` where the file is foreign, damaged, newer or cannot be written.
  public init(path: String) throws {
    self.path = path
    queue = try Opening.writer(path)
  }

  /// Writes one event; returns when it is in the file. Progress marks are not recorded.
  ///
  /// - Throws: ``ResultsError`` where the file cannot be written or the event's run or scenario never began.
  public func record(_ event: Event) async throws {
    if case .progressed = event { return }
    let begun: String? = if case .runStarted(let info) = event { info.id } else { run }
    guard let begun else {
      throw ResultsError(.outOfOrder, path, "an event came before its run began", advice: "report this as a bug")
    }
    do {
      try await queue.write { try Self.write(event, run: begun, to: $0) }
      run = begun
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
      throw ResultsError(
        .outOfOrder, path, "an event does not fit the record of its run: \(error.message ?? "a constraint failed")",
        advice: "report this as a bug")
    } catch {
      throw Opening.explain(error, path)
    }
  }

  private static func write(_ event: Event, run: String, to database: Database) throws {
    func key(_ scenario: Int) -> ScenarioKey { ScenarioKey(run: run, scenario: scenario) }
    switch event {
    case .runStarted(let info): try RunRow(info).insert(database)
    case .scenarioStarted(let info): try ScenarioRow(info, run: run).insert(database)
    case .componentStarted(let scenario, let value): try ComponentRow(value, of: key(scenario)).insert(database)
    case .stepApplied(let scenario, let value): try StepRow(value, of: key(scenario)).insert(database)
    case .alertChanged(let scenario, let value): try TransitionRow(value, of: key(scenario)).insert(database)
    case .notified(let scenario, let value): try NotificationRow(value, of: key(scenario)).insert(database)
    case .dashboardSeen(let scenario, let value): try DashboardRow(value, of: key(scenario)).insert(database)
    case .checked(let scenario, let value): try CheckRow(value, of: key(scenario)).insert(database)
    case .scenarioFinished(let scenario, let outcome): try finish(key(scenario), outcome, in: database)
    case .runFinished(let outcome): try finish(run, outcome, in: database)
    case .progressed: break
    }
  }

  private static func finish(_ key: ScenarioKey, _ outcome: ScenarioOutcome, in database: Database) throws {
    guard var row = try ScenarioRow.fetchOne(database, key: ["run": key.run, "scenario": key.scenario]) else {
      throw DatabaseError(resultCode: .SQLITE_CONSTRAINT, message: "scenario \(key.scenario) never began")
    }
    row.verdict = outcome.verdict
    row.message = outcome.message
    row.details = outcome.details
    row.virtualSeconds = outcome.virtualSeconds
    row.wallSeconds = outcome.wallSeconds
    try row.update(database)
  }

  private static func finish(_ run: String, _ outcome: RunOutcome, in database: Database) throws {
    guard var row = try RunRow.fetchOne(database, key: run) else { return }
    row.verdict = outcome.verdict
    row.finishedAt = outcome.finishedAt
    row.interrupted = outcome.interrupted
    try row.update(database)
  }
}
