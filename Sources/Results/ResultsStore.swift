import Events
import GRDB

/// Reads the runs of a results database.
public struct ResultsStore: Sendable {
  private let path: String
  private let queue: DatabaseQueue

  /// Opens the database at `path` for reading.
  ///
  /// - Throws: ``ResultsError`` where the file is missing, foreign, damaged or newer.
  public init(path: String) throws {
    self.path = path
    queue = try Opening.reader(path)
  }

  /// All runs, the latest first.
  ///
  /// - Throws: ``ResultsError`` where the file cannot be read.
  public func runs() throws -> [RunSummary] {
    try reading { database in
      let counts = try Row.fetchAll(
        database, sql: "SELECT run, count(*) AS checks, sum(verdict = 'passed') AS passed FROM checks GROUP BY run")
      let byRun = Dictionary(
        counts.compactMap { row in (row["run"] as String?).map { ($0, row) } }, uniquingKeysWith: { first, _ in first })
      return try Self.latestFirst.fetchAll(database).map { row in
        RunSummary(
          info: row.info, outcome: row.outcome, checks: byRun[row.id]?["checks"] ?? 0,
          checksPassed: byRun[row.id]?["passed"] ?? 0)
      }
    }
  }

  /// The run with `id`, or the latest, with everything that was recorded of it.
  ///
  /// - Throws: ``ResultsError`` where there is no such run or the file cannot be read.
  public func run(id: String? = nil) throws -> StoredRun {
    try reading { database in
      let found = try id.map { try RunRow.fetchOne(database, key: $0) } ?? Self.latestFirst.fetchOne(database)
      guard let found else { throw try noSuchRun(id, database) }
      return StoredRun(info: found.info, outcome: found.outcome, scenarios: try scenarios(of: found.id, database))
    }
  }

  private static var latestFirst: QueryInterfaceRequest<RunRow> {
    RunRow.order(Column("started_at").desc, Column("id").desc)
  }

  private func noSuchRun(_ id: String?, _ database: Database) throws -> ResultsError {
    let latest = try Self.latestFirst.fetchOne(database)
    guard let id, let latest else {
      return ResultsError(.noSuchRun, path, "\(path) holds no runs", advice: "run some scenarios first")
    }
    return ResultsError(.noSuchRun, path, "\(path) has no run \(id)", advice: "the latest is \(latest.id)")
  }

  private func scenarios(of run: String, _ database: Database) throws -> [StoredScenario] {
    func rows<R: Record>(_ type: R.Type) throws -> [R] {
      try R.filter(Column("run") == run).order(Column("seq")).fetchAll(database)
    }
    let components = Dictionary(grouping: try rows(ComponentRow.self), by: \.scenario)
    let steps = Dictionary(grouping: try rows(StepRow.self), by: \.scenario)
    let transitions = Dictionary(grouping: try rows(TransitionRow.self), by: \.scenario)
    let notifications = Dictionary(grouping: try rows(NotificationRow.self), by: \.scenario)
    let dashboards = Dictionary(grouping: try rows(DashboardRow.self), by: \.scenario)
    let checks = Dictionary(grouping: try rows(CheckRow.self), by: \.scenario)
    return try ScenarioRow.filter(Column("run") == run).order(Column("scenario")).fetchAll(database).map { row in
      StoredScenario(
        info: row.info, outcome: row.outcome,
        components: (components[row.scenario] ?? []).map(\.value),
        steps: (steps[row.scenario] ?? []).map(\.value),
        transitions: (transitions[row.scenario] ?? []).map(\.value),
        notifications: (notifications[row.scenario] ?? []).map(\.value),
        dashboards: (dashboards[row.scenario] ?? []).map(\.value),
        checks: (checks[row.scenario] ?? []).map(\.value))
    }
  }

  private func reading<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try Opening.explained(path) {
      // GRDB's synchronous read hands its closure to a queue but does not outlive the call.
      try queue.read { try body($0) }
    }
  }
}
