import Events
import Results

/// Runs as a database would give them back.
enum Sample {
  static let info = RunInfo(
    id: "20261125T051201-3f9a", firedrillVersion: "0.1.0", startedAt: 1_795_583_521.5, clock: "virtual", host: "ci-1",
    arguments: ["run", "scenarios"], gitCommit: "047550c", scenarios: 3)

  /// One scenario that passed, one that failed and one that broke.
  static let run = StoredRun(
    info: info, outcome: RunOutcome(verdict: .error, finishedAt: 1_795_583_526.75, interrupted: false),
    scenarios: [redis, frontEnd, broken])

  /// Killed in its second scenario.
  static let cutOff = StoredRun(
    info: info, outcome: nil,
    scenarios: [
      redis,
      StoredScenario(
        info: frontEnd.info, outcome: nil, steps: frontEnd.steps, checks: Array(frontEnd.checks.prefix(1))),
    ])

  static let nothing = StoredRun(
    info: RunInfo(
      id: "20261125T060000-0000", firedrillVersion: "0.1.0", startedAt: 1_795_586_400, clock: "virtual", host: "ci-1",
      arguments: ["run", "--only", "none"], gitCommit: nil, scenarios: 0),
    outcome: RunOutcome(verdict: .error, finishedAt: 1_795_586_400, interrupted: false), scenarios: [])

  static let components = [
    ComponentInfo(name: "prometheus", path: "/usr/bin/prometheus", version: "2.42.0+ds", sha256: "00ff"),
    ComponentInfo(name: "alertmanager", path: "/usr/bin/prometheus-alertmanager", version: "0.25.0+ds", sha256: "11ee"),
  ]

  static let memory = ["job": "redis", "severity": "warning"]

  static let redis = StoredScenario(
    info: ScenarioInfo(
      index: 0, name: "Redis runs short of memory, and the on-call is told", file: "scenarios/redis/memory.yaml",
      line: 1, tags: ["redis", "quick"], virtualStart: 1_772_352_000, duration: .seconds(3300), checks: 4),
    outcome: ScenarioOutcome(
      verdict: .passed, message: "4 of 4 checks passed", virtualSeconds: 3300, wallSeconds: 2.1),
    components: components,
    steps: [
      StepInfo(at: .seconds(610), summary: "redis: used_memory = 700MB", line: 20),
      StepInfo(at: .seconds(2410), summary: "redis: used_memory = 200MB", line: 22),
    ],
    transitions: [
      change(620, "HighMemoryUsage", memory, .inactive, .pending),
      change(740.25, "HighMemoryUsage", memory, .pending, .firing),
      change(2420, "HighMemoryUsage", memory, .firing, .inactive),
    ],
    notifications: [
      notice(770.25, .firing, "HighMemoryUsage", memory), notice(2720, .resolved, "HighMemoryUsage", memory),
    ],
    dashboards: [dashboard("1h", picture), dashboard("15m", nil)],
    checks: [
      check("alert HighMemoryUsage firing", "firing", "HighMemoryUsage was firing at 12m20.25s", 740.25, (725, 820)),
      check(
        "alert HighMemoryUsage notified", "notified", "on-call got HighMemoryUsage at 12m50.25s", 770.25, (725, 900)),
      check("query sum(redis_connected_clients) at 15m", "query", "the value is 12", 900, (900, 900)),
      check("unexpected alerts", "unexpected_alerts", "no unexpected alert", 3300, nil),
    ])

  static func dashboard(_ range: String, _ picture: String?) -> DashboardResult {
    func query(_ id: String, _ verdict: DataVerdict, _ why: String? = nil) -> PanelQueryResult {
      PanelQueryResult(
        refID: id, expression: "redis_\(id){instance=~\"a<b\"}", range: range, verdict: verdict, series: 1,
        explanation: why, evidence: why.map { _ in ["the server knows 9 metrics"] } ?? [])
    }
    return DashboardResult(
      title: "Redis", file: "dashboards/redis.json", at: .seconds(2340), range: range,
      variables: [.init(name: "instance", value: "All")], problems: ["dashboards/redis.json:3:1: `$x` has no value"],
      panels: [
        PanelResult(
          panel: 4, title: "Memory", queries: [query("A", .data), query("B", .empty, "there is no metric `redis_B`")]),
        PanelResult(panel: 5, title: "Log", reason: "query A: its data source is of the type `loki`", queries: []),
      ], picture: picture)
  }

  static let picture = """
    {"title":"Redis","subtitle":"at 39m, the last 1h","rows":[],"panels":[{"title":"Memory","model":"{\\"type\\":\\"stat\\"}",\
    "from":1772350740,"to":1772354340,"utcOffset":0,"gridPos":{"x":0,"y":0,"w":8,"h":6},"answers":[{"refID":"A",\
    "expression":"redis_A","format":"time_series","isInstant":false,"step":60,\
    "series":[{"labels":{"__name__":"redis_A"},"points":[[1772354340,"12.0"]]}]}]}]}
    """

  static let frontEnd: StoredScenario = {
    var late = check(
      "alert DataAccessS3EndpointDegraded firing", "firing",
      "DataAccessS3EndpointDegraded was firing at 24m, later than 22m", 1440, (1230, 1320), .failed)
    late.expected = "firing between 20m30s and 22m"
    late.actual = "24m"
    late.evidence = [
      "20m0s up{instance=\"s3-1\"} = 1", "20m30s up{instance=\"s3-1\"} = 0", "24m0s inactive -> firing",
    ]
    let labels = ["instance": "s3-1", "severity": "critical"]
    return StoredScenario(
      info: ScenarioInfo(
        index: 1, name: "An S3 front end dies", file: "scenarios/s3/down.yaml", line: 3, tags: ["s3"],
        virtualStart: 1_772_352_000, duration: .seconds(2700), checks: 3),
      outcome: ScenarioOutcome(
        verdict: .failed, message: "1 of 3 checks failed", virtualSeconds: 2700, wallSeconds: 1.25),
      components: components,
      steps: [
        StepInfo(at: .seconds(1210), summary: "s3[1]: fault down", line: 24),
        StepInfo(at: .seconds(1510), summary: "s3[1]: fault none", line: 26),
      ],
      transitions: [
        change(1230, "DataAccessS3EndpointDegraded", labels, .inactive, .pending),
        change(1440, "DataAccessS3EndpointDegraded", labels, .pending, .firing),
      ],
      notifications: [notice(1470, .firing, "DataAccessS3EndpointDegraded", labels)],
      checks: [
        late, check("target s3[1] down from 21m", "target", "s3[1] was down all the time", 1500, (1260, 1500)),
        check("unexpected alerts", "unexpected_alerts", "no unexpected alert", 2700, nil),
      ])
  }()

  static let broken = StoredScenario(
    info: ScenarioInfo(
      index: 2, name: "The batch job stops", file: "scenarios/jobs/stops.yaml", line: 1, tags: [],
      virtualStart: 1_772_352_000, duration: .seconds(600), checks: 2),
    outcome: ScenarioOutcome(
      verdict: .error, message: "prometheus ended with status 2",
      details: ["ts=2026-03-01T08:00:00Z level=error err=\"opening storage failed\"", "exit status 2"],
      virtualSeconds: 0, wallSeconds: 0.4))

  static func change(
    _ at: Double, _ name: String, _ labels: [String: String], _ from: AlertState, _ to: AlertState
  ) -> AlertTransition {
    AlertTransition(
      at: .seconds(at), alertname: name, labels: labels, annotations: ["summary": "\(name) of \(labels.count)"],
      from: from, to: to)
  }

  static func notice(
    _ at: Double, _ status: Notification.Status, _ name: String, _ labels: [String: String]
  ) -> Notification {
    Notification(
      at: .seconds(at), receiver: "on-call", kind: "webhook", status: status, groupKey: "{}:{alertname=\"\(name)\"}",
      groupLabels: ["alertname": name],
      alerts: [
        Notification.Alert(
          status: status, labels: labels.merging(["alertname": name]) { $1 },
          annotations: ["summary": "look at \(name)"], startsAt: "2026-03-01T08:12:20Z",
          endsAt: "0001-01-01T00:00:00Z", fingerprint: "af01")
      ], body: "{\"status\":\"\(status.rawValue)\"}")
  }

  static func check(
    _ id: String, _ kind: String, _ message: String, _ at: Double, _ window: (Double, Double)?,
    _ verdict: Verdict = .passed
  ) -> CheckResult {
    CheckResult(
      id: id, kind: kind, verdict: verdict, message: message, file: "scenarios/s3/down.yaml", line: 34,
      at: .seconds(at), from: window.map { .seconds($0.0) }, to: window.map { .seconds($0.1) })
  }
}

extension StoredRun {
  /// What was heard while it ran, scenario after scenario.
  var events: [Event] {
    var events: [Event] = [.runStarted(info)]
    for scenario in scenarios { events += scenario.events }
    if let outcome { events.append(.runFinished(outcome)) }
    return events
  }
}

extension StoredScenario {
  var events: [Event] {
    let index = info.index
    var events: [Event] = [.scenarioStarted(info)]
    events += components.map { .componentStarted(scenario: index, $0) }
    events += steps.map { .stepApplied(scenario: index, $0) }
    events += transitions.map { .alertChanged(scenario: index, $0) }
    events += notifications.map { .notified(scenario: index, $0) }
    events += dashboards.map { .dashboardSeen(scenario: index, $0) }
    events += checks.map { .checked(scenario: index, $0) }
    if let outcome { events.append(.scenarioFinished(scenario: index, outcome)) }
    return events
  }
}
