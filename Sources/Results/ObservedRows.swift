import Events
import GRDB

struct ComponentRow: Record {
  static let databaseTableName = "components"
  // A program that serves several instances of a service is one row of its scenario.
  static let persistenceConflictPolicy = PersistenceConflictPolicy(insert: .ignore)
  var run: String
  var scenario: Int
  var name: String
  var path: String
  var version: String
  var sha256: String

  init(_ value: ComponentInfo, of key: ScenarioKey) {
    run = key.run
    scenario = key.scenario
    name = value.name
    path = value.path
    version = value.version
    sha256 = value.sha256
  }

  var value: ComponentInfo { ComponentInfo(name: name, path: path, version: version, sha256: sha256) }
}

struct StepRow: Record {
  static let databaseTableName = "steps"
  var run: String
  var scenario: Int
  var atNs: Int64
  var summary: String
  var line: Int

  init(_ value: StepInfo, of key: ScenarioKey) {
    run = key.run
    scenario = key.scenario
    atNs = value.at.nanoseconds
    summary = value.summary
    line = value.line
  }

  var value: StepInfo { StepInfo(at: .nanoseconds(atNs), summary: summary, line: line) }
}

struct TransitionRow: Record {
  static let databaseTableName = "transitions"
  var run: String
  var scenario: Int
  var atNs: Int64
  var alertname: String
  var labels: [String: String]
  var annotations: [String: String]
  var from: AlertState
  var to: AlertState

  init(_ value: AlertTransition, of key: ScenarioKey) {
    run = key.run
    scenario = key.scenario
    atNs = value.at.nanoseconds
    alertname = value.alertname
    labels = value.labels
    annotations = value.annotations
    from = value.from
    to = value.to
  }

  var value: AlertTransition {
    AlertTransition(
      at: .nanoseconds(atNs), alertname: alertname, labels: labels, annotations: annotations, from: from, to: to)
  }
}

struct NotificationRow: Record {
  static let databaseTableName = "notifications"
  var run: String
  var scenario: Int
  var atNs: Int64
  var receiver: String
  var kind: String
  var status: Notification.Status
  var groupKey: String
  var groupLabels: [String: String]
  /// As in the body of Alertmanager's webhook: `startsAt`, `endsAt`.
  var alerts: [Notification.Alert]
  var body: String

  init(_ value: Notification, of key: ScenarioKey) {
    run = key.run
    scenario = key.scenario
    atNs = value.at.nanoseconds
    receiver = value.receiver
    kind = value.kind
    status = value.status
    groupKey = value.groupKey
    groupLabels = value.groupLabels
    alerts = value.alerts
    // SQLite's own functions and shell end a text at its first NUL.
    body = value.body.replacing("\0", with: "\u{FFFD}")
  }

  var value: Notification {
    Notification(
      at: .nanoseconds(atNs), receiver: receiver, kind: kind, status: status, groupKey: groupKey,
      groupLabels: groupLabels, alerts: alerts, body: body)
  }
}

struct CheckRow: Record {
  static let databaseTableName = "checks"
  var run: String
  var scenario: Int
  var id: String
  var kind: String
  var verdict: Verdict
  var message: String
  var expected: String?
  var actual: String?
  var evidence: [String]
  var file: String
  var line: Int
  var atNs: Int64
  var fromNs: Int64?
  var toNs: Int64?

  init(_ value: CheckResult, of key: ScenarioKey) {
    run = key.run
    scenario = key.scenario
    id = value.id
    kind = value.kind
    verdict = value.verdict
    message = value.message
    expected = value.expected
    actual = value.actual
    evidence = value.evidence
    file = value.file
    line = value.line
    atNs = value.at.nanoseconds
    fromNs = value.from?.nanoseconds
    toNs = value.to?.nanoseconds
  }

  var value: CheckResult {
    CheckResult(
      id: id, kind: kind, verdict: verdict, message: message, expected: expected, actual: actual, evidence: evidence,
      file: file, line: line, at: .nanoseconds(atNs), from: fromNs.map { .nanoseconds($0) },
      to: toNs.map { .nanoseconds($0) })
  }
}
