import Diagnostics
import Scenarios
import Signals
import Testing

/// The language that is understood: each key once, and what becomes of it.
@Suite struct ScenarioTests {
  private static let whole = """
    scenario: Redis runs short of memory, an S3 front end dies, and the on-call is paged
    tags: [redis, gating, quick]
    bundle: ../../fixtures/bundles/zenko
    inputs: {namespace: zenko, replicas: 3}
    clock: {start: 2026-03-01T08:00:00Z}
    duration: 55m
    warmup: 45s

    services:
      redis:
        profile: redis
        labels: {namespace: zenko, job: cache}
        state: {used_memory: 200MB, total_system_memory: 1GB, connected_clients: {ramp: {to: 12, over: 5m}}}
      s3:
        profile: cloudserver
        replicas: 3
        series:
          s3_cloudserver_http_requests_total{method="GET",action="objectGet",code="200"}: {rate: 120/m}
          s3_cloudserver_http_active_requests: 4+1x3 _ 7 stale
          s3_cloudserver_http_request_duration_seconds{method="GET",action="objectGet",code="200"}:
            {observe: {rate: 50/s, values: {0.01: 60%, 0.3: 40%}}}
        step: 30s
        repeat: last
      anything:
        profile: generic
        undeclared: allow
        series:
          waving: {wave: {mean: 10, amplitude: 5, period: 10m}}
          noisy: {noise: {mean: 1MiB, deviation: 2, seed: 7}}
          stepping: {steps: {0s: 1, 5m: 2}}
          gone: absent
      count-items:
        profile: batch-job
        push: {every: 1m, job: count-items, grouping: {instance: a}}

    timeline:
      - at: 20m10s
        s3[1]: {fault: down}
      - at: 10m10s
        redis: {state: {used_memory: 700MB}}
        s3: {fault: {slow: 12s}, series: {s3_cloudserver_http_active_requests: 1 2}, step: 1m}
      - at: end
        s3[1]: {fault: none}

    expect:
      - alert: HighMemoryUsage
        labels: {severity: warning}
        annotations: {summary: /a lot of memory/}
        exact: true
        pending: {within: [10m5s, 11m20s]}
        firing: {within: [12m5s, 13m40s]}
        notified: {receiver: on-call, within: [12m5s, 15m], annotations: {summary: memory}}
        resolved: {by: 46m}
      - alert: ServiceDown
        never: firing
      - query: sum(redis_connected_clients)
        at: 15m
        value: 12 ±1%
      - target: {service: 's3[1]', health: down}
        during: [21m, end]
      - notifications: {receiver: tickets, count: 1..3, resolved: true}
    unexpected_alerts: {except: [{alert: Watchdog, labels: {severity: none}, reason: it always fires}]}
    """

  @Test func readsTheFrame() throws {
    let scenario = try load(Self.whole)
    #expect(scenario.name.value == "Redis runs short of memory, an S3 front end dies, and the on-call is paged")
    #expect(scenario.name.place == Place(file: "scenario.yaml", line: 1, column: 11))
    #expect(scenario.tags == ["redis", "gating", "quick"])
    #expect(scenario.inputs.mapValues(\.value) == ["namespace": "zenko", "replicas": "3"])
    #expect(scenario.start == 1_772_352_000)
    #expect(scenario.duration?.value == .seconds(55 * 60))
    #expect(scenario.warmup == .seconds(45))
    let unexpected = try #require(scenario.unexpectedAlerts)
    #expect(unexpected.policy == .fail)
    #expect(unexpected.exceptions.map(\.alert) == ["Watchdog"])
    #expect(unexpected.exceptions.map(\.labels) == [["severity": .exact("none")]])
  }

  @Test func readsServices() throws {
    let services = try load(Self.whole).services
    #expect(services.map(\.name.value) == ["redis", "s3", "anything", "count-items"])
    #expect(services.map(\.replicas) == [1, 3, 1, 1])
    #expect(services[0].labels == ["namespace": "zenko", "job": "cache"])
    #expect(services[0].state["used_memory"]?.value == .constant(2e8))
    #expect(services[0].state["connected_clients"]?.value == .ramp(start: nil, end: 12, over: .seconds(300)))
    let push = try #require(services[3].push)
    #expect(push.every == .seconds(60))
    #expect(push.job == "count-items")
    #expect(push.grouping == ["instance": "a"])
  }

  @Test func readsValueScripts() throws {
    let services = try load(Self.whole).services
    let scripts = services.flatMap(\.series).reduce(into: [:]) { $0[$1.id.name] = $1.script }
    #expect(scripts["s3_cloudserver_http_requests_total"] == .value(.rate(perSecond: 2, start: nil)))
    let notation = Notation(values: [4, 5, 6, 7, nil, 7, nil])
    #expect(
      scripts["s3_cloudserver_http_active_requests"]
        == .value(.notation(notation, step: .seconds(30), repeatsLast: true)))
    let observed = Observation(perSecond: 50, values: [.init(value: 0.01, weight: 60), .init(value: 0.3, weight: 40)])
    #expect(scripts["s3_cloudserver_http_request_duration_seconds"] == .observations(observed))
    #expect(scripts["waving"] == .value(.wave(mean: 10, amplitude: 5, period: .seconds(600))))
    #expect(scripts["noisy"] == .value(.noise(mean: 1_048_576, deviation: 2, seed: 7)))
    #expect(scripts["stepping"] == .value(.steps([.init(at: .zero, value: 1), .init(at: .seconds(300), value: 2)])))
    #expect(scripts["gone"] == .value(.absent))
  }

  @Test func readsTheTimelineInTheOrderOfTime() throws {
    let timeline = try load(Self.whole).timeline
    #expect(timeline.map(\.at) == [.seconds(610), .seconds(1210), Scenario.end])
    let early = try #require(timeline.first).changes
    #expect(early.map(\.target.value.description) == ["redis", "s3"])
    #expect(early.first?.state["used_memory"]?.value == .constant(7e8))
    #expect(early.last?.fault?.value == .slow(.seconds(12)))
    // The change's own step, the service's `repeat`.
    let notation = Notation(values: [1, 2])
    #expect(
      early.last?.series.first?.script == .value(.notation(notation, step: .seconds(60), repeatsLast: true)))
    #expect(timeline[1].changes.first?.target.value == InstanceSelector(service: "s3", index: 1))
    #expect(timeline[1].changes.first?.fault?.value == .down)
  }

  @Test func readsExpectations() throws {
    let expectations = try load(Self.whole).expectations
    guard case .alert(let alert)? = expectations.first?.kind else { return #expect(Bool(false)) }
    #expect(alert.labels == ["severity": .exact("warning")])
    #expect(alert.annotations == ["summary": .regex("a lot of memory")])
    #expect(alert.exactLabels)
    #expect(alert.pending?.value == Window(from: .seconds(605), to: .seconds(680)))
    #expect(alert.resolved?.value == Window(from: .zero, to: .seconds(46 * 60)))
    #expect(alert.notified?.value.receiver?.value == "on-call")
    #expect(alert.notified?.value.annotations == ["summary": .exact("memory")])
    guard case .alert(let never) = expectations[1].kind, case .query(let query) = expectations[2].kind,
      case .target(let target) = expectations[3].kind, case .notifications(let count) = expectations[4].kind
    else { return #expect(Bool(false)) }
    #expect(never.never?.value == .firing)
    #expect(query.at == .seconds(900))
    #expect(query.value == .number(12, tolerance: 0.12))
    #expect(target.target.value == InstanceSelector(service: "s3", index: 1))
    #expect(target.during == Window(from: .seconds(21 * 60), to: Scenario.end))
    #expect(count.count == 1...3)
    #expect(count.countsResolved)
  }

  @Test(
    arguments: [
      ("none", Fault.none), ("down", .down), ("hang", .hang), ("truncate", .truncate), ("garbage", .garbage),
      ("wrong-content-type", .wrongContentType), ("restart", .restart), ("{slow: 1500ms}", .slow(.milliseconds(1500))),
      ("{status: 503}", .status(503)),
    ])
  func readsFaults(text: String, fault: Fault) throws {
    let scenario = try load(completed("timeline: [{at: 1m, s3: {fault: \(text)}}]"))
    #expect(scenario.timeline.first?.changes.first?.fault?.value == fault)
  }

  @Test(
    arguments: [
      ("12", .number(12, tolerance: 0)), ("12 ±0.5", .number(12, tolerance: 0.5)),
      ("200 +-1%", .number(200, tolerance: 2)), ("700MB", .number(7e8, tolerance: 0)),
      ("'>= 100'", .comparison(.greaterOrEqual, 100)), ("'> 1'", .comparison(.greater, 1)),
      ("< 1e3", .comparison(.less, 1000)), ("<= -1", .comparison(.lessOrEqual, -1)),
      ("'!= 0'", .comparison(.notEqual, 0)), ("10..20", .range(10, 20)), ("NaN", .nan), ("absent", .absent),
      ("present", .present),
      (
        "[{labels: {a: b}, value: 1}, {value: present}]",
        .samples([
          .init(labels: ["a": "b"], value: .number(1, tolerance: 0)), .init(labels: [:], value: .present),
        ])
      ),
    ] as [(String, ExpectedValue)])
  func readsValues(text: String, value: ExpectedValue) throws {
    let scenario = try load(completed("expect: [{query: up, at: 1m, value: \(text)}]"))
    guard case .query(let query)? = scenario.expectations.first?.kind else { return #expect(Bool(false)) }
    #expect(query.value == value)
  }

  @Test(arguments: [("fail", UnexpectedAlerts.Policy.fail), ("report", .report)])
  func readsThePolicy(text: String, policy: UnexpectedAlerts.Policy) throws {
    #expect(try load(completed("unexpected_alerts: \(text)")).unexpectedAlerts?.policy == policy)
  }

  @Test func aliasesStandForWhatTheyName() throws {
    let text = "services: {a: &like {profile: generic, labels: {job: x}}, b: *like}"
    #expect(try load(completed(text)).services.map(\.labels) == [["job": "x"], ["job": "x"]])
  }

  @Test func theLatestTimeNamedIsNotTheEnd() throws {
    #expect(try load(Self.whole).latestTime == .seconds(46 * 60))
  }
}
