import Events
import Foundation
public import Results

/// One object that says all: for scripts (docs/json-report.md). Virtual times are seconds from the scenario's start.
public enum JSONReport {
  /// Renders a stored run.
  public static func render(_ run: StoredRun) -> String {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    // Names of labels are data: only our own keys become snake case, so labels travel as lists of pairs inside `Pairs`.
    let document = Document(run)
    guard let data = try? encoder.encode(document) else { return "{}" }
    return String(decoding: data, as: UTF8.self) + "\n"
  }
}

private struct Document: Encodable {
  let run: RunPart
  let versions: [String: String]
  let scenarios: [ScenarioPart]

  init(_ stored: StoredRun) {
    run = RunPart(stored)
    versions = Dictionary(
      [("firedrill", stored.info.firedrillVersion)] + stored.components.map { ($0.name, $0.version) },
      uniquingKeysWith: { "\($0), \($1)" })
    scenarios = stored.scenarios.map(ScenarioPart.init)
  }
}

private struct RunPart: Encodable {
  let id, verdict, clock, host: String
  let startedAt: Double
  let finishedAt: Double?
  let interrupted, cutOff: Bool
  let gitCommit: String?
  let arguments: [String]

  init(_ stored: StoredRun) {
    (id, verdict, clock, host) = (stored.info.id, stored.verdict.rawValue, stored.info.clock, stored.info.host)
    (startedAt, finishedAt) = (stored.info.startedAt, stored.outcome?.finishedAt)
    (interrupted, cutOff) = (stored.outcome?.interrupted ?? false, stored.wasCutOff)
    (gitCommit, arguments) = (stored.info.gitCommit, stored.info.arguments)
  }
}

private struct ScenarioPart: Encodable {
  let name, file, verdict, message: String
  let line: Int
  let tags, details: [String]
  let virtualSeconds, wallSeconds: Double
  let checks: [CheckPart]
  let alerts: [AlertPart]
  let notifications: [NotificationPart]

  init(_ stored: StoredScenario) {
    (name, file, line, tags) = (stored.info.name, stored.info.file, stored.info.line, stored.info.tags)
    (verdict, message) = (stored.verdict.rawValue, stored.outcome?.message ?? "the run was cut off")
    details = stored.outcome?.details ?? []
    (virtualSeconds, wallSeconds) = (stored.outcome?.virtualSeconds ?? 0, stored.outcome?.wallSeconds ?? 0)
    checks = stored.checks.map(CheckPart.init)
    notifications = stored.notifications.map(NotificationPart.init)
    alerts = AlertPart.parts(of: stored.transitions)
  }
}

private struct CheckPart: Encodable {
  let id, kind, verdict, message, file: String
  let line: Int
  let expected, actual: String?
  let evidence: [String]
  let at: Double
  let from, to: Double?

  init(_ check: CheckResult) {
    (id, kind, verdict, message) = (check.id, check.kind, check.verdict.rawValue, check.message)
    (file, line, expected, actual, evidence) = (check.file, check.line, check.expected, check.actual, check.evidence)
    (at, from, to) = (seconds(check.at), check.from.map(seconds), check.to.map(seconds))
  }
}

private struct AlertPart: Encodable {
  let labels: Labels
  var transitions: [TransitionPart]

  struct TransitionPart: Encodable {
    let at: Double
    let from, to: String
    let annotations: Labels
  }

  /// One part an alert element, in the order of its first transition.
  static func parts(of transitions: [AlertTransition]) -> [AlertPart] {
    var parts: [AlertPart] = []
    for transition in transitions {
      let labels = Labels(transition.labels.merging(["alertname": transition.alertname]) { $1 })
      let part = TransitionPart(
        at: seconds(transition.at), from: transition.from.rawValue, to: transition.to.rawValue,
        annotations: Labels(transition.annotations))
      if let index = parts.firstIndex(where: { $0.labels == labels }) {
        parts[index].transitions.append(part)
      } else {
        parts.append(AlertPart(labels: labels, transitions: [part]))
      }
    }
    return parts
  }
}

private struct NotificationPart: Encodable {
  let at: Double
  let receiver, kind, status, groupKey: String
  let groupLabels: Labels
  let alerts: [DeliveredPart]

  struct DeliveredPart: Encodable {
    let status, startsAt, endsAt, fingerprint: String
    let labels, annotations: Labels
  }

  init(_ notification: Events.Notification) {
    (at, receiver, kind, status) = (
      seconds(notification.at), notification.receiver, notification.kind, notification.status.rawValue
    )
    (groupKey, groupLabels) = (notification.groupKey, Labels(notification.groupLabels))
    alerts = notification.alerts.map {
      DeliveredPart(
        status: $0.status.rawValue, startsAt: $0.startsAt, endsAt: $0.endsAt, fingerprint: $0.fingerprint,
        labels: Labels($0.labels),
        annotations: Labels($0.annotations))
    }
  }
}

/// Label names are foreign: encoded by keys of their own, which no key strategy changes.
private struct Labels: Encodable, Equatable {
  let values: [String: String]

  init(_ values: [String: String]) { self.values = values }

  func encode(to encoder: any Encoder) throws {
    // A dictionary keyed by String is left alone by convertToSnakeCase.
    var container = encoder.singleValueContainer()
    try container.encode(values)
  }
}

/// Milliseconds are what Prometheus knows; more digits would be noise.
private func seconds(_ duration: Duration) -> Double { (duration / .milliseconds(1)).rounded() / 1000 }
