import GRDB

/// The tables of a results database. A migration that was released is never changed again: a new one is added.
enum Schema {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("v1") { database in
      for statement in v1 { try database.execute(sql: statement) }
    }
    return migrator
  }

  // Times in virtual time are whole nanoseconds from the scenario's start; real times are seconds since 1970.
  private static let v1 = [
    """
    CREATE TABLE runs (
      id TEXT PRIMARY KEY, firedrill_version TEXT NOT NULL, started_at REAL NOT NULL, finished_at REAL, clock TEXT NOT NULL, host TEXT NOT NULL,
      arguments TEXT NOT NULL, git_commit TEXT, scenarios INTEGER NOT NULL, verdict TEXT, interrupted INTEGER NOT NULL DEFAULT 0
    ) STRICT
    """,
    """
    CREATE TABLE scenarios (
      run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, number INTEGER NOT NULL, name TEXT NOT NULL, file TEXT NOT NULL,
      line INTEGER NOT NULL, tags TEXT NOT NULL, virtual_start REAL NOT NULL, duration_ns INTEGER NOT NULL, checks INTEGER NOT NULL,
      verdict TEXT, message TEXT, details TEXT, virtual_seconds REAL, wall_seconds REAL, PRIMARY KEY (run_id, number)
    ) STRICT
    """,
    """
    CREATE TABLE components (
      run_id TEXT NOT NULL, scenario INTEGER NOT NULL, name TEXT NOT NULL, path TEXT NOT NULL, version TEXT NOT NULL, sha256 TEXT NOT NULL,
      FOREIGN KEY (run_id, scenario) REFERENCES scenarios (run_id, number) ON DELETE CASCADE
    ) STRICT
    """,
    """
    CREATE TABLE steps (
      run_id TEXT NOT NULL, scenario INTEGER NOT NULL, at_ns INTEGER NOT NULL, summary TEXT NOT NULL, line INTEGER NOT NULL,
      FOREIGN KEY (run_id, scenario) REFERENCES scenarios (run_id, number) ON DELETE CASCADE
    ) STRICT
    """,
    """
    CREATE TABLE transitions (
      run_id TEXT NOT NULL, scenario INTEGER NOT NULL, at_ns INTEGER NOT NULL, alertname TEXT NOT NULL, labels TEXT NOT NULL,
      annotations TEXT NOT NULL, from_state TEXT NOT NULL, to_state TEXT NOT NULL,
      FOREIGN KEY (run_id, scenario) REFERENCES scenarios (run_id, number) ON DELETE CASCADE
    ) STRICT
    """,
    """
    CREATE TABLE notifications (
      run_id TEXT NOT NULL, scenario INTEGER NOT NULL, at_ns INTEGER NOT NULL, receiver TEXT NOT NULL, kind TEXT NOT NULL, status TEXT NOT NULL,
      group_key TEXT NOT NULL, group_labels TEXT NOT NULL, alerts TEXT NOT NULL, body TEXT NOT NULL,
      FOREIGN KEY (run_id, scenario) REFERENCES scenarios (run_id, number) ON DELETE CASCADE
    ) STRICT
    """,
    """
    CREATE TABLE checks (
      run_id TEXT NOT NULL, scenario INTEGER NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, verdict TEXT NOT NULL, message TEXT NOT NULL,
      expected TEXT, actual TEXT, evidence TEXT NOT NULL, file TEXT NOT NULL, line INTEGER NOT NULL, at_ns INTEGER NOT NULL, from_ns INTEGER,
      to_ns INTEGER, FOREIGN KEY (run_id, scenario) REFERENCES scenarios (run_id, number) ON DELETE CASCADE
    ) STRICT
    """,
    "CREATE INDEX runs_started_at ON runs (started_at)",
    "CREATE INDEX checks_scenario ON checks (run_id, scenario)",
    "CREATE INDEX transitions_scenario ON transitions (run_id, scenario)",
    "CREATE INDEX notifications_scenario ON notifications (run_id, scenario)",
  ]
}
