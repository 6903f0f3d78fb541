public import Events

/// A run as the record has it: what every report is rendered from.
public struct StoredRun: Sendable {
  public var info: RunInfo
  /// nil: the run was cut off, or goes on.
  public var outcome: RunOutcome?
  public var scenarios: [StoredScenario]

  /// Creates a run.
  public init(info: RunInfo, outcome: RunOutcome?, scenarios: [StoredScenario]) {
    self.info = info
    self.outcome = outcome
    self.scenarios = scenarios
  }

  /// Whether it never said how it ended.
  public var wasCutOff: Bool { outcome == nil }

  /// The worst verdict of its scenarios; one that never ended is an error.
  public var verdict: Verdict {
    let verdicts = scenarios.map(\.verdict)
    if wasCutOff || verdicts.contains(.error) { return .error }
    if verdicts.contains(.failed) { return .failed }
    return verdicts.contains(.passed) ? .passed : .skipped
  }

  /// Every program that took part, once.
  public var components: [ComponentInfo] {
    Set(scenarios.flatMap(\.components)).sorted { ($0.name, $0.version) < ($1.name, $1.version) }
  }
}

/// A scenario of a stored run.
public struct StoredScenario: Sendable {
  public var info: ScenarioInfo
  /// nil: it was cut off.
  public var outcome: ScenarioOutcome?
  public var components: [ComponentInfo] = []
  public var steps: [StepInfo] = []
  public var transitions: [AlertTransition] = []
  public var notifications: [Notification] = []
  public var checks: [CheckResult] = []

  /// Creates a scenario of which nothing is known yet.
  public init(info: ScenarioInfo, outcome: ScenarioOutcome?) {
    self.info = info
    self.outcome = outcome
  }

  /// Its verdict; `error` where it was cut off.
  public var verdict: Verdict { outcome?.verdict ?? .error }
}
