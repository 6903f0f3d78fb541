import GRDB

/// The tables, documented for users in docs/results.md. A migration that was released is never edited.
enum Schema {
  /// `FDRL`, so that a stranger's database is told from ours.
  static let applicationID = 0x4644_524C

  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("v1") { try $0.execute(sql: v1) }
    migrator.registerMigration("v2") { try $0.execute(sql: v2) }
    return migrator
  }

  /// Natural keys, so that a person's queries need few joins; times within a scenario are virtual nanoseconds.
  private static let v1 = """
    PRAGMA application_id = \(applicationID);

    CREATE TABLE runs (
      id TEXT NOT NULL PRIMARY KEY,
      firedrill_version TEXT NOT NULL,
      started_at REAL NOT NULL,
      finished_at REAL,
      verdict TEXT CHECK (verdict IN ('passed', 'failed', 'error', 'skipped')),
      interrupted INTEGER CHECK (interrupted IN (0, 1)),
      clock TEXT NOT NULL,
      host TEXT NOT NULL,
      arguments TEXT NOT NULL CHECK (json_valid(arguments)),
      git_commit TEXT,
      scenarios INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX runs_by_start ON runs (started_at);

    CREATE TABLE scenarios (
      run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      scenario INTEGER NOT NULL,
      name TEXT NOT NULL,
      file TEXT NOT NULL,
      line INTEGER NOT NULL,
      tags TEXT NOT NULL CHECK (json_valid(tags)),
      virtual_start REAL NOT NULL,
      duration_ns INTEGER NOT NULL,
      checks INTEGER NOT NULL,
      verdict TEXT CHECK (verdict IN ('passed', 'failed', 'error', 'skipped')),
      message TEXT,
      details TEXT CHECK (details IS NULL OR json_valid(details)),
      virtual_seconds REAL,
      wall_seconds REAL,
      PRIMARY KEY (run, scenario)
    ) STRICT;
    CREATE INDEX scenarios_by_name ON scenarios (name);

    CREATE TABLE components (
      seq INTEGER PRIMARY KEY,
      run TEXT NOT NULL,
      scenario INTEGER NOT NULL,
      name TEXT NOT NULL,
      path TEXT NOT NULL,
      version TEXT NOT NULL,
      sha256 TEXT NOT NULL,
      UNIQUE (run, scenario, name, path, version, sha256),
      FOREIGN KEY (run, scenario) REFERENCES scenarios (run, scenario) ON DELETE CASCADE
    ) STRICT;

    CREATE TABLE steps (
      seq INTEGER PRIMARY KEY,
      run TEXT NOT NULL,
      scenario INTEGER NOT NULL,
      at_ns INTEGER NOT NULL,
      summary TEXT NOT NULL,
      line INTEGER NOT NULL,
      FOREIGN KEY (run, scenario) REFERENCES scenarios (run, scenario) ON DELETE CASCADE
    ) STRICT;
    CREATE INDEX steps_of_scenario ON steps (run, scenario);

    CREATE TABLE transitions (
      seq INTEGER PRIMARY KEY,
      run TEXT NOT NULL,
      scenario INTEGER NOT NULL,
      at_ns INTEGER NOT NULL,
      alertname TEXT NOT NULL,
      labels TEXT NOT NULL CHECK (json_valid(labels)),
      annotations TEXT NOT NULL CHECK (json_valid(annotations)),
      "from" TEXT NOT NULL CHECK ("from" IN ('inactive', 'pending', 'firing')),
      "to" TEXT NOT NULL CHECK ("to" IN ('inactive', 'pending', 'firing')),
      FOREIGN KEY (run, scenario) REFERENCES scenarios (run, scenario) ON DELETE CASCADE
    ) STRICT;
    CREATE INDEX transitions_of_scenario ON transitions (run, scenario);
    CREATE INDEX transitions_by_alert ON transitions (alertname);

    CREATE TABLE notifications (
      seq INTEGER PRIMARY KEY,
      run TEXT NOT NULL,
      scenario INTEGER NOT NULL,
      at_ns INTEGER NOT NULL,
      receiver TEXT NOT NULL,
      kind TEXT NOT NULL,
      status TEXT NOT NULL CHECK (status IN ('firing', 'resolved')),
      group_key TEXT NOT NULL,
      group_labels TEXT NOT NULL CHECK (json_valid(group_labels)),
      alerts TEXT NOT NULL CHECK (json_valid(alerts)),
      body TEXT NOT NULL,
      FOREIGN KEY (run, scenario) REFERENCES scenarios (run, scenario) ON DELETE CASCADE
    ) STRICT;
    CREATE INDEX notifications_of_scenario ON notifications (run, scenario);

    CREATE TABLE checks (
      seq INTEGER PRIMARY KEY,
      run TEXT NOT NULL,
      scenario INTEGER NOT NULL,
      id TEXT NOT NULL,
      kind TEXT NOT NULL,
      verdict TEXT NOT NULL CHECK (verdict IN ('passed', 'failed', 'error', 'skipped')),
      message TEXT NOT NULL,
      expected TEXT,
      actual TEXT,
      evidence TEXT NOT NULL CHECK (json_valid(evidence)),
      file TEXT NOT NULL,
      line INTEGER NOT NULL,
      at_ns INTEGER NOT NULL,
      from_ns INTEGER,
      to_ns INTEGER,
      UNIQUE (run, scenario, id),
      FOREIGN KEY (run, scenario) REFERENCES scenarios (run, scenario) ON DELETE CASCADE
    ) STRICT;
    CREATE INDEX checks_by_id ON checks (id);
    """

  private static let v2 = """
    CREATE TABLE dashboards (
      seq INTEGER PRIMARY KEY,
      run TEXT NOT NULL,
      scenario INTEGER NOT NULL,
      at_ns INTEGER NOT NULL,
      title TEXT NOT NULL,
      file TEXT NOT NULL,
      range TEXT NOT NULL,
      variables TEXT NOT NULL CHECK (json_valid(variables)),
      problems TEXT NOT NULL CHECK (json_valid(problems)),
      panels TEXT NOT NULL CHECK (json_valid(panels)),
      picture TEXT CHECK (picture IS NULL OR json_valid(picture)),
      FOREIGN KEY (run, scenario) REFERENCES scenarios (run, scenario) ON DELETE CASCADE
    ) STRICT;
    CREATE INDEX dashboards_of_scenario ON dashboards (run, scenario);
    """
}
