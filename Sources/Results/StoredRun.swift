public import Events

/// A run as the database holds it: all that reports are made of.
public struct StoredRun: Sendable {
  /// What was known when it began.
  public var info: RunInfo
  /// Nil where the run never reached its end, see ``cutOff``.
  public var outcome: RunOutcome?
  /// In plan order; those that never started are missing.
  public var scenarios: [StoredScenario]

  /// Whether the record stops before the run's end: its process was killed, or still runs.
  public var cutOff: Bool { outcome == nil }

  /// How the run ended; `error` where it was cut off.
  public var verdict: Verdict { outcome?.verdict ?? .error }

  /// Creates a run.
  public init(info: RunInfo, outcome: RunOutcome?, scenarios: [StoredScenario]) {
    self.info = info
    self.outcome = outcome
    self.scenarios = scenarios
  }
}

/// A scenario of a stored run with all that was seen in it.
public struct StoredScenario: Sendable {
  /// What was known when it began.
  public var info: ScenarioInfo
  /// Nil where the run was cut off in it.
  public var outcome: ScenarioOutcome?
  /// The programs of its stack, each once.
  public var components: [ComponentInfo]
  /// Those that took effect.
  public var steps: [StepInfo]
  /// Every change of every alert element.
  public var transitions: [AlertTransition]
  /// What reached the receivers.
  public var notifications: [Notification]
  /// What dashboards showed when they were looked at, once a time range.
  public var dashboards: [DashboardResult]
  /// Those that were decided; ``ScenarioInfo/checks`` says how many were planned.
  public var checks: [CheckResult]

  /// How the scenario ended; `error` where the run was cut off in it.
  public var verdict: Verdict { outcome?.verdict ?? .error }

  /// Creates a scenario; its lists are in the order in which things happened.
  public init(
    info: ScenarioInfo, outcome: ScenarioOutcome?, components: [ComponentInfo] = [], steps: [StepInfo] = [],
    transitions: [AlertTransition] = [], notifications: [Notification] = [],
    dashboards: [DashboardResult] = [], checks: [CheckResult] = []
  ) {
    self.info = info
    self.outcome = outcome
    self.components = components
    self.steps = steps
    self.transitions = transitions
    self.notifications = notifications
    self.dashboards = dashboards
    self.checks = checks
  }
}

/// A line of the list of runs.
public struct RunSummary: Sendable {
  /// What was known when it began.
  public var info: RunInfo
  /// Nil where the run was cut off.
  public var outcome: RunOutcome?
  /// How many were decided, in all its scenarios.
  public var checks: Int
  /// How many of them passed.
  public var checksPassed: Int

  /// Whether the record stops before the run's end.
  public var cutOff: Bool { outcome == nil }
}
