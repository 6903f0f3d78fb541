import Foundation
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
}
