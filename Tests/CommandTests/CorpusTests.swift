import Foundation
import TestSupport
import Testing

private let corpus = ProcessInfo.processInfo.environment["FIREDRILL_CORPUS"]

/// Alert templates as Zenko ships them, unmodified: they are not part of the project, so these tests need `FIREDRILL_CORPUS`.
@Suite(.enabled(if: corpus != nil, "FIREDRILL_CORPUS names no corpus"), .serialized)
struct CorpusTests {
  /// Runs a scenario on a template of the corpus; returns the alerts that went all the way, pending, firing, delivered and resolved.
  private func drill(_ template: String, _ scenario: String) async throws -> Set<String> {
    let firedrill = try Firedrill()
    defer { firedrill.remove() }
    let text = try String(contentsOfFile: try #require(corpus) + "/" + template, encoding: .utf8)
    try firedrill.write(text, to: "bundle/alerts.yaml")
    try firedrill.write("global: {scrape_interval: 15s, evaluation_interval: 15s}\n", to: "bundle/prometheus.yaml")
    try firedrill.write(scenario, to: "scenario.yaml")
    let result = try await firedrill.run(["run", "--json", "-", "scenario.yaml"])
    #expect(result.status == 0, "\(result.errors)")
    let report = try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
    let checks = report.scenarios.flatMap(\.checks).filter { $0.verdict == "passed" }
    let names = Set(report.scenarios.flatMap(\.alerts).compactMap { $0.labels["alertname"] })
    return names.filter { name in
      ["pending", "firing", "notified", "resolved"].allSatisfy { kind in
        checks.contains { $0.kind == kind && $0.id.hasPrefix("alert \(name) ") }
      }
    }
  }

  @Test func zenkosRedisAlerts() async throws {
    let alerts = try await drill(
      "zenko-redis/alerts.yaml",
      """
      scenario: Zenko's Redis alerts
      bundle: bundle
      services:
        redis:
          profile: redis
          labels: {namespace: zenko, job: artesca-data-base-cache-metrics, service: artesca-data-base-cache-metrics}
          state: {used_memory: 200MB, total_system_memory: 1GB}
      timeline:
        - at: 10m10s
          redis: {state: {used_memory: 700MB, connected_clients: 150, rejected_connections: {rate: 1/s}}}
        - at: 25m10s
          redis: {state: {used_memory: 200MB, connected_clients: 12, rejected_connections: {rate: 0/s}}}
      expect:
        - alert: HighMemoryUsage
          pending: {within: [10m10s, 11m]}
          firing: {within: [12m10s, 13m]}
          notified: {receiver: default, within: [12m10s, 14m]}
          resolved: {within: [25m10s, 26m]}
        - alert: TooManyClientConnections
          pending: {within: [10m10s, 11m]}
          firing: {within: [12m10s, 13m]}
          notified: {receiver: default, within: [12m10s, 14m], annotations: {description: /150/}}
          resolved: {within: [25m10s, 26m]}
        # `for: 0m`: it never is pending, so that is not asked.
        - alert: RejectedClientConnections
          firing: {within: [10m10s, 11m30s]}
          notified: {within: [10m10s, 12m30s]}
          resolved: {within: [25m10s, 31m]}
      duration: 40m

      """)
    #expect(alerts == ["HighMemoryUsage", "TooManyClientConnections"])
  }

  @Test func cloudServersAlerts() async throws {
    let labels =
      "{namespace: zenko, job: artesca-data-connector-s3api-metrics, service: artesca-data-connector-s3api-metrics}"
    let names = [
      "SystemErrorsWarning", "SystemErrorsCritical", "ListingLatencyWarning", "ListingLatencyCritical",
      "DeleteLatencyWarning",
      "DeleteLatencyCritical",
    ]
    let slow = names.map { name in
      """
        - alert: \(name)
          pending: {within: [10m10s, 11m45s]}
          firing: {within: [15m10s, 16m45s]}
          notified: {receiver: default, within: [15m10s, 18m]}
          resolved: {within: [25m10s, 27m]}
      """
    }
    let down = ["DataAccessS3EndpointDegraded", "DataAccessS3EndpointCritical"].map { name in
      """
        - alert: \(name)
          pending: {within: [30m10s, 31m]}
          firing: {within: [30m40s, 31m30s]}
          notified: {receiver: default, within: [30m40s, 33m]}
          resolved: {within: [35m10s, 36m]}
      """
    }
    let latency = "s3_cloudserver_http_request_duration_seconds"
    let alerts = try await drill(
      "cloudserver/alerts.yaml",
      """
      scenario: CloudServer's alerts
      bundle: bundle
      inputs: {replicas: 3}
      services:
        s3:
          profile: cloudserver
          replicas: 3
          labels: \(labels)
          series:
            s3_cloudserver_http_requests_total{method="GET",action="objectGet",code="500"}: {rate: 0/s}
      timeline:
        - at: 10m10s
          s3:
            series:
              s3_cloudserver_http_requests_total{method="GET",action="objectGet",code="500"}: {rate: 10/s}
              \(latency){method="GET",action="listBucket",code="200"}: {observe: {rate: 5/s, value: 0.6}}
              \(latency){method="DELETE",action="deleteObject",code="204"}: {observe: {rate: 5/s, value: 1.2}}
        - at: 25m10s
          s3:
            series:
              s3_cloudserver_http_requests_total{method="GET",action="objectGet",code="500"}: {rate: 0/s}
              \(latency){method="GET",action="listBucket",code="200"}: {observe: {rate: 5/s, value: 0.05}}
              \(latency){method="DELETE",action="deleteObject",code="204"}: {observe: {rate: 5/s, value: 0.05}}
        - at: 30m10s
          s3[1]: {fault: down}
          s3[2]: {fault: hang}
        - at: 35m10s
          s3: {fault: none}
      expect:
      \((slow + down).joined(separator: "\n"))
      duration: 50m

      """)
    #expect(alerts == Set(names + ["DataAccessS3EndpointDegraded", "DataAccessS3EndpointCritical"]))
  }

  /// Scality's own tests of their rules hold on what Firedrill renders, with the inputs of their own workflows.
  @Test(arguments: [
    ("zenko-redis", "alerts.test.yaml", "namespace=zenko service=artesca-data-base-cache-metrics"),
    (
      "zenko-kafka", "alerts.test.yaml",
      "namespace=zenko service=artesca-data-base-queue pvc=artesca-data-base-queue cluster=artesca-data-base-queue replicas=3 maxConsumerLagMessagesWarningThreshold=1000 maxConsumerLagSecondsWarningThreshold=300"
    ),
    ("cloudserver", "alerts.test.yaml", s3Inputs), ("cloudserver", "alerts.10s.test.yaml", s3Inputs),
    ("backbeat-replication", "alerts.test.yaml", replicationInputs),
  ])
  func theirOwnTestsHoldOnTheRenderedRules(folder: String, test: String, inputs: String) async throws {
    let firedrill = try Firedrill()
    defer { firedrill.remove() }
    let source = try #require(corpus) + "/" + folder
    try firedrill.write(try String(contentsOfFile: "\(source)/\(test)", encoding: .utf8), to: test)
    let options = inputs.split(separator: " ").flatMap { ["--input", String($0)] }
    let result = try await firedrill.run(
      ["bundle", "render", "\(source)/alerts.yaml", "--output", "alerts.rendered.yaml"] + options)
    #expect(result.status == 0, "\(result.errors)")
    let (status, output) = try await run("promtool", ["test", "rules", "\(firedrill.folder)/\(test)"])
    #expect(status == 0, "\(output)")
  }

  private static let s3Inputs =
    "namespace=zenko service=artesca-data-connector-s3api-metrics reportJob=artesca-data-ops-report-handler replicas=3"

  private static let replicationInputs = """
    namespace=zenko job_queue_populator=backbeat-replication-producer-headless \
    job_data_processor=backbeat-replication-data-processor-headless \
    job_replay_processor=backbeat-replication-replay-processor-headless \
    job_status_processor=backbeat-replication-status-processor-headless queue_populator_replicas=1 \
    data_processor_replicas=3 replay_processor_replicas=3 status_processor_replicas=3 \
    replicationErrorsWarningThreshold=0.1 replicationErrorsCriticalThreshold=1 rpoWarningThreshold=600 \
    rpoCriticalThreshold=900 latencyWarningThreshold=3000 latencyCriticalThreshold=6000
    """

  /// CloudServer's dashboard as it ships, changed by `edits`; returns the panels that did not pass with their messages.
  private func dashboard(_ edits: [(panel: String, old: String, new: String)] = []) async throws -> (
    passed: Int, skipped: Int, failed: [String]
  ) {
    let firedrill = try Firedrill()
    defer { firedrill.remove() }
    var text = try String(contentsOfFile: try #require(corpus) + "/cloudserver/dashboard.json", encoding: .utf8)
    for edit in edits {
      let title = try #require(text.firstRange(of: "\"title\": \"\(edit.panel)\""))
      // A panel's targets stand before its title there.
      let place = try #require(text[..<title.lowerBound].ranges(of: edit.old).last)
      text.replaceSubrange(place, with: edit.new)
    }
    try firedrill.write(text, to: "bundle/dashboard.json")
    try firedrill.write("global: {scrape_interval: 15s, evaluation_interval: 15s}\n", to: "bundle/prometheus.yaml")
    try firedrill.write(Self.s3, to: "scenario.yaml")
    let result = try await firedrill.run(["run", "--json", "-", "scenario.yaml"])
    #expect(result.status == (edits.isEmpty ? 0 : 1), "\(result.errors)")
    let report = try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
    let checks = report.scenarios.flatMap(\.checks).filter { $0.kind == "panel" }
    return (
      checks.count { $0.verdict == "passed" }, checks.count { $0.verdict == "skipped" },
      checks.filter { $0.verdict == "failed" }.map(\.message)
    )
  }

  private static let s3 = """
    scenario: CloudServer's dashboard
    bundle: bundle
    services:
      s3:
        profile: cloudserver
        replicas: 2
        labels: {namespace: zenko, job: artesca-data-connector-s3api-metrics, service: s3api, container: connector-cloudserver, pod: s3-0}
        series:
          s3_cloudserver_http_requests_total{method="GET",action="objectGet",code="404"}: {rate: 2/s}
          s3_cloudserver_http_requests_total{method="PUT",action="objectPut",code="503"}: {rate: 1/s}
          s3_cloudserver_http_request_duration_seconds{method="DELETE",action="objectDelete",code="204"}: {observe: {rate: 2/s, values: {0.01: 100%}}}
          s3_cloudserver_http_request_duration_seconds{method="POST",action="multiObjectDelete",code="200"}: {observe: {rate: 2/s, values: {0.01: 100%}}}
          s3_cloudserver_http_request_size_bytes{method="PUT",action="objectPut",code="200"}: {observe: {rate: 20/s, values: {1000: 50%, 5000: 50%}}}
          s3_cloudserver_http_response_size_bytes{method="GET",action="objectGet",code="200"}: {observe: {rate: 20/s, values: {1000: 50%, 5000: 50%}}}
          s3_cloudserver_quota_evaluation_duration_seconds{action="objectPut",code="429",type="bucket"}: {observe: {rate: 2/s, values: {0.01: 100%}}}
          s3_cloudserver_quota_metrics_retrieval_duration_seconds{code="503",class="bucket"}: {observe: {rate: 2/s, values: {0.01: 100%}}}
      report:
        profile: report-handler
        labels: {namespace: zenko, job: artesca-data-ops-report-handler, service: report}
      cron:
        profile: generic
        labels: {namespace: zenko, job: kube-state-metrics}
        series:
          'kube_cronjob_status_last_schedule_time{cronjob="artesca-data-ops-count-items"}': 1772352000
    expect:
      - {dashboard: all, at: 30m}
    """

  @Test func cloudServersDashboardShowsAllThatItCan() async throws {
    let (passed, skipped, failed) = try await dashboard()
    #expect(failed.isEmpty)
    #expect(passed == 34)
    // Its three Loki panels.
    #expect(skipped == 3)
  }

  @Test func threeFaultsInItAreNamedEachWithItsReason() async throws {
    let (passed, skipped, failed) = try await dashboard([
      ("Active requests", "s3_cloudserver_http_active_requests", "s3_cloudserver_http_requests_active"),
      ("Status 4xx", "4..", "4x"), ("Http requests rate", "$__rate_interval", "10s"),
    ])
    #expect((passed, skipped) == (31, 3))
    #expect(failed.count == 3)
    func names(_ panel: String, _ reason: String) -> Bool {
      failed.contains { $0.contains(panel) && $0.contains(reason) }
    }
    #expect(
      names(
        "'Active requests'",
        "there is no metric `s3_cloudserver_http_requests_active` (did you mean `s3_cloudserver_http_active_requests`?)"
      ), "\(failed)")
    #expect(names("'Status 4xx'", "has `code=~\"4x\"`"), "\(failed)")
    #expect(names("'Http requests rate'", "`[10s]` holds 1 sample of `s3_cloudserver_http_requests_total"), "\(failed)")
  }
}
