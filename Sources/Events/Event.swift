/// What happens in a run, as values: the one vocabulary of the drill, the record and the console.
///
/// Times of a scenario are offsets from its start in virtual time; `Event` values are emitted in the order in which things happened.
public enum Event: Sendable {
  case runStarted(RunInfo)
  case scenarioStarted(ScenarioInfo)
  case componentStarted(scenario: Int, ComponentInfo)
  case stepApplied(scenario: Int, StepInfo)
  case progressed(scenario: Int, Progress)
  case alertChanged(scenario: Int, AlertTransition)
  case notified(scenario: Int, Notification)
  case dashboardSeen(scenario: Int, DashboardResult)
  case checked(scenario: Int, CheckResult)
  case scenarioFinished(scenario: Int, ScenarioOutcome)
  case runFinished(RunOutcome)
}

/// How a check, a scenario or a run ended.
public enum Verdict: String, Sendable, Codable, CaseIterable {
  /// Everything that was demanded held.
  case passed
  /// An expectation did not hold.
  case failed
  /// The harness or the stack could not do its part.
  case error
  /// Not run, on purpose.
  case skipped
}

/// One invocation of `firedrill run`.
public struct RunInfo: Sendable, Codable {
  /// Unique, sortable by time: `20261125T051201-3f9a`.
  public var id: String
  public var firedrillVersion: String
  /// Seconds since 1970, real time.
  public var startedAt: Double
  /// `virtual` or `real`.
  public var clock: String
  public var host: String
  public var arguments: [String]
  public var gitCommit: String?
  /// How many scenarios the plan holds.
  public var scenarios: Int

  /// Creates the description of a run.
  public init(
    id: String, firedrillVersion: String, startedAt: Double, clock: String, host: String, arguments: [String],
    gitCommit: String?, scenarios: Int
  ) {
    self.id = id
    self.firedrillVersion = firedrillVersion
    self.startedAt = startedAt
    self.clock = clock
    self.host = host
    self.arguments = arguments
    self.gitCommit = gitCommit
    self.scenarios = scenarios
  }
}

/// One scenario of a run, before it runs.
public struct ScenarioInfo: Sendable, Codable {
  /// Its number in the plan, from 0: the key of everything that is said of it.
  public var index: Int
  public var name: String
  /// As given on the command line, relative where it was.
  public var file: String
  /// The 1-based line of its name.
  public var line: Int
  public var tags: [String]
  /// Virtual seconds since 1970 of offset 0.
  public var virtualStart: Double
  public var duration: Duration
  /// How many checks it will make, the one for unexpected alerts included.
  public var checks: Int

  /// Creates the description of a scenario.
  public init(
    index: Int, name: String, file: String, line: Int, tags: [String], virtualStart: Double, duration: Duration,
    checks: Int
  ) {
    self.index = index
    self.name = name
    self.file = file
    self.line = line
    self.tags = tags
    self.virtualStart = virtualStart
    self.duration = duration
    self.checks = checks
  }
}

/// A real program of the stack, as it was found and started.
public struct ComponentInfo: Sendable, Codable, Hashable {
  /// `prometheus`, `alertmanager`, `pushgateway`, `redis_exporter`, ...
  public var name: String
  public var path: String
  /// What the program says of itself, `2.42.0+ds`; `unknown` where it says nothing.
  public var version: String
  /// 64 hex digits.
  public var sha256: String

  /// Creates the description of a component.
  public init(name: String, path: String, version: String, sha256: String) {
    self.name = name
    self.path = path
    self.version = version
    self.sha256 = sha256
  }
}

/// A step of the timeline as it takes effect.
public struct StepInfo: Sendable, Codable {
  public var at: Duration
  /// `redis: used_memory = 700MB`, in the scenario's words.
  public var summary: String
  public var line: Int

  /// Creates the description of a step.
  public init(at: Duration, summary: String, line: Int) {
    self.at = at
    self.summary = summary
    self.line = line
  }
}

/// Where a running scenario stands; for people, not for the record.
public struct Progress: Sendable {
  /// Virtual time.
  public var at: Duration
  /// Virtual seconds per real second since the scenario began.
  public var speed: Double
  /// Names of the alerts that fire now, sorted.
  public var firing: [String]

  /// Creates a progress mark.
  public init(at: Duration, speed: Double, firing: [String]) {
    self.at = at
    self.speed = speed
    self.firing = firing
  }
}

/// The states of an alert element as Prometheus has them.
public enum AlertState: String, Sendable, Codable, CaseIterable {
  case inactive
  case pending
  case firing
}

/// One change of one alert element, at the evaluation at which Prometheus made it.
public struct AlertTransition: Sendable, Codable, Hashable {
  public var at: Duration
  public var alertname: String
  /// All labels of the element but `alertname`, external labels excluded.
  public var labels: [String: String]
  public var annotations: [String: String]
  public var from: AlertState
  public var to: AlertState

  /// Creates a transition.
  public init(
    at: Duration, alertname: String, labels: [String: String], annotations: [String: String] = [:], from: AlertState,
    to: AlertState
  ) {
    self.at = at
    self.alertname = alertname
    self.labels = labels
    self.annotations = annotations
    self.from = from
    self.to = to
  }
}

/// One delivery to one receiver sink: what a person, or their tool, would have got.
public struct Notification: Sendable, Codable, Hashable {
  public var at: Duration
  /// The receiver's name in the Alertmanager configuration.
  public var receiver: String
  /// `webhook`, `slack`, `email`, ...
  public var kind: String
  public var status: Status
  public var groupKey: String
  public var groupLabels: [String: String]
  public var alerts: [Alert]
  /// The body as it arrived, bounded.
  public var body: String

  /// The state of a notification or of an alert in it.
  public enum Status: String, Sendable, Codable {
    case firing
    case resolved
  }

  /// An alert inside a notification.
  public struct Alert: Sendable, Codable, Hashable {
    public var status: Status
    /// All labels, `alertname` included.
    public var labels: [String: String]
    public var annotations: [String: String]
    /// RFC 3339, as it arrived.
    public var startsAt: String
    public var endsAt: String
    public var fingerprint: String

    /// Creates an alert of a notification.
    public init(
      status: Status, labels: [String: String], annotations: [String: String], startsAt: String, endsAt: String,
      fingerprint: String
    ) {
      self.status = status
      self.labels = labels
      self.annotations = annotations
      self.startsAt = startsAt
      self.endsAt = endsAt
      self.fingerprint = fingerprint
    }
  }

  /// Creates a notification.
  public init(
    at: Duration, receiver: String, kind: String, status: Status, groupKey: String, groupLabels: [String: String],
    alerts: [Alert], body: String
  ) {
    self.at = at
    self.receiver = receiver
    self.kind = kind
    self.status = status
    self.groupKey = groupKey
    self.groupLabels = groupLabels
    self.alerts = alerts
    self.body = body
  }
}

/// One evaluation of one demand of a scenario.
public struct CheckResult: Sendable, Codable {
  /// Stable from run to run: `alert HighMemoryUsage firing`, with ` #2` where a scenario says the same twice.
  public var id: String
  /// `pending`, `firing`, `notified`, `resolved`, `never`, `query`, `target`, `notifications`, `dashboard`, `panel`,
  /// `unexpected_alerts`.
  public var kind: String
  public var verdict: Verdict
  /// One line.
  public var message: String
  /// Only where it did not pass.
  public var expected: String?
  public var actual: String?
  /// The last samples and transitions around the window, a line each.
  public var evidence: [String]
  public var file: String
  public var line: Int
  /// Virtual time at which it was decided.
  public var at: Duration
  /// The window in which it had to hold.
  public var from: Duration?
  public var to: Duration?

  /// Creates a result.
  public init(
    id: String, kind: String, verdict: Verdict, message: String, expected: String? = nil, actual: String? = nil,
    evidence: [String] = [], file: String, line: Int, at: Duration, from: Duration? = nil, to: Duration? = nil
  ) {
    self.id = id
    self.kind = kind
    self.verdict = verdict
    self.message = message
    self.expected = expected
    self.actual = actual
    self.evidence = evidence
    self.file = file
    self.line = line
    self.at = at
    self.from = from
    self.to = to
  }
}

/// How a scenario ended.
public struct ScenarioOutcome: Sendable, Codable {
  public var verdict: Verdict
  /// One line; of an `error` the cause, and the log's tail in `details`.
  public var message: String
  public var details: [String]
  public var virtualSeconds: Double
  public var wallSeconds: Double

  /// Creates an outcome.
  public init(
    verdict: Verdict, message: String, details: [String] = [], virtualSeconds: Double, wallSeconds: Double
  ) {
    self.verdict = verdict
    self.message = message
    self.details = details
    self.virtualSeconds = virtualSeconds
    self.wallSeconds = wallSeconds
  }
}

/// How a run ended.
public struct RunOutcome: Sendable, Codable {
  public var verdict: Verdict
  /// Real seconds since 1970.
  public var finishedAt: Double
  /// Whether somebody stopped it (Ctrl-C, SIGTERM).
  public var interrupted: Bool

  /// Creates an outcome.
  public init(verdict: Verdict, finishedAt: Double, interrupted: Bool) {
    self.verdict = verdict
    self.finishedAt = finishedAt
    self.interrupted = interrupted
  }
}
