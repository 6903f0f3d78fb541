import Events
public import Results

/// A run as one JSON object for programs; its shape is docs/json-report.md and docs/schemas/run.schema.json.
public enum JSONReport {
  /// The report, with a final newline; the same run is the same text.
  public static func render(_ run: StoredRun) -> String {
    let report = JSON.object([
      "schema_version": .integer(1),
      "run": header(of: run),
      "versions": .map(versions(of: run)),
      "components": .array(run.components.map(component)),
      "counts": .object([
        "scenarios": counts(Tally(run.scenarios.map(\.verdict))), "checks": counts(Tally(run.checks.map(\.verdict))),
      ]),
      "scenarios": .array(run.scenarios.map(scenario)),
    ])
    return report.text + "\n"
  }

  private static func header(of run: StoredRun) -> JSON {
    .object([
      "id": .string(run.info.id),
      "verdict": .string(run.verdict.rawValue),
      "cut_off": .bool(run.cutOff),
      "interrupted": .bool(run.outcome?.interrupted ?? false),
      "started_at": time(run.info.startedAt),
      "finished_at": run.outcome.map { time($0.finishedAt) },
      "virtual_seconds": .number(run.virtualSeconds),
      "wall_seconds": .number(run.wallSeconds),
      "speed": speed(virtual: run.virtualSeconds, wall: run.wallSeconds).map { .number($0) },
      "clock": .string(run.info.clock),
      "host": .string(run.info.host),
      "arguments": .strings(run.info.arguments),
      "git_commit": run.info.gitCommit.map { .string($0) },
      "planned_scenarios": .integer(run.info.scenarios),
    ])
  }

  /// By program; of one that took part in several versions, all of them.
  private static func versions(of run: StoredRun) -> [String: String] {
    let all = [("firedrill", run.info.firedrillVersion)] + run.components.map { ($0.name, $0.version) }
    return Dictionary(grouping: all, by: \.0).mapValues { Set($0.map(\.1)).sorted().joined(separator: ", ") }
  }

  private static func counts(_ tally: Tally) -> JSON {
    var members: [String: JSON?] = ["total": .integer(tally.total)]
    for verdict in Verdict.allCases { members[verdict.rawValue] = .integer(tally[verdict]) }
    return .object(members)
  }

  private static func scenario(_ scenario: StoredScenario) -> JSON {
    let info = scenario.info
    let outcome = scenario.outcome
    return .object([
      "index": .integer(info.index),
      "name": .string(info.name),
      "file": .string(info.file),
      "line": .integer(info.line),
      "tags": .strings(info.tags),
      "verdict": .string(scenario.verdict.rawValue),
      "cut_off": .bool(outcome == nil),
      "message": outcome.map { .string($0.message) },
      "details": .strings(outcome?.details ?? []),
      "virtual_start": time(info.virtualStart),
      "duration_seconds": seconds(info.duration),
      "virtual_seconds": outcome.map { .number($0.virtualSeconds) },
      "wall_seconds": outcome.map { .number($0.wallSeconds) },
      "speed": outcome.flatMap { speed(virtual: $0.virtualSeconds, wall: $0.wallSeconds) }.map { .number($0) },
      "planned_checks": .integer(info.checks),
      "components": .array(scenario.components.map(component)),
      "steps": .array(scenario.steps.map(step)),
      "checks": .array(scenario.checks.map(check)),
      "alerts": .array(AlertHistory.all(scenario.transitions).map(alert)),
      "notifications": .array(scenario.notifications.map(notification)),
      "dashboards": .array(scenario.dashboards.map(dashboard)),
    ])
  }

  private static func component(_ component: ComponentInfo) -> JSON {
    .object([
      "name": .string(component.name), "version": .string(component.version), "path": .string(component.path),
      "sha256": .string(component.sha256),
    ])
  }

  private static func step(_ step: StepInfo) -> JSON {
    .object(["at": seconds(step.at), "summary": .string(step.summary), "line": .integer(step.line)])
  }

  private static func check(_ check: CheckResult) -> JSON {
    let hasWindow = check.from != nil || check.to != nil
    return .object([
      "id": .string(check.id),
      "kind": .string(check.kind),
      "verdict": .string(check.verdict.rawValue),
      "message": .string(check.message),
      "expected": check.expected.map { .string($0) },
      "actual": check.actual.map { .string($0) },
      "evidence": .strings(check.evidence),
      "file": .string(check.file),
      "line": .integer(check.line),
      "at": seconds(check.at),
      "window": hasWindow ? .object(["from": check.from.map(seconds), "to": check.to.map(seconds)]) : nil,
    ])
  }

  private static func alert(_ history: AlertHistory) -> JSON {
    let transitions = history.transitions.map { transition in
      JSON.object([
        "at": seconds(transition.at), "from": .string(transition.from.rawValue), "to": .string(transition.to.rawValue),
        "annotations": .map(transition.annotations),
      ])
    }
    return .object([
      "labels": .map(history.labels.merging(["alertname": history.alertname]) { $1 }),
      "transitions": .array(transitions),
    ])
  }

  private static func notification(_ notification: Notification) -> JSON {
    let alerts = notification.alerts.map { alert in
      JSON.object([
        "status": .string(alert.status.rawValue), "labels": .map(alert.labels), "annotations": .map(alert.annotations),
        "starts_at": .string(alert.startsAt), "ends_at": .string(alert.endsAt),
        "fingerprint": .string(alert.fingerprint),
      ])
    }
    return .object([
      "at": seconds(notification.at),
      "receiver": .string(notification.receiver),
      "kind": .string(notification.kind),
      "status": .string(notification.status.rawValue),
      "group_key": .string(notification.groupKey),
      "group_labels": .map(notification.groupLabels),
      "alerts": .array(alerts),
      "body": .string(notification.body),
    ])
  }

  private static func dashboard(_ dashboard: DashboardResult) -> JSON {
    let variables = dashboard.variables.map { JSON.object(["name": .string($0.name), "value": .string($0.value)]) }
    return .object([
      "title": .string(dashboard.title),
      "file": .string(dashboard.file),
      "at": seconds(dashboard.at),
      "range": .string(dashboard.range),
      "variables": .array(variables),
      "problems": .strings(dashboard.problems),
      "panels": .array(dashboard.panels.map(panel)),
    ])
  }

  private static func panel(_ panel: PanelResult) -> JSON {
    let queries = panel.queries.map { query in
      JSON.object([
        "ref_id": .string(query.refID), "expression": .string(query.expression),
        "verdict": .string(query.verdict.rawValue), "series": .integer(query.series),
        "explanation": query.explanation.map { .string($0) }, "evidence": .strings(query.evidence),
      ])
    }
    return .object([
      "id": .integer(panel.panel), "title": .string(panel.title), "verdict": .string(panel.verdict.rawValue),
      "reason": panel.reason.map { .string($0) }, "queries": .array(queries),
    ])
  }

  private static func seconds(_ duration: Duration) -> JSON { .number(duration.seconds) }
  private static func time(_ epoch: Double) -> JSON { .string(calendarText(epoch) + "Z") }
}
