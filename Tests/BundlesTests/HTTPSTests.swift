import Bundles
import Testing

struct HTTPSTests {
  @Test func shippedSchemeStaysAndTheRunsAuthorityIsTrusted() throws {
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let bundle = try BundleLoader().load("/\(root)/fixtures/bundles/https")
    let written = PrometheusConfigWriter(bundle).write(
      jobs: [
        ScrapeJob(
          name: "s3-over-tls", metricsPath: "/metrics", targets: [.init(address: "s3-0.svc:8002", labels: [:])]),
        ScrapeJob(name: "plain", metricsPath: "/metrics", targets: []),
      ], ruleFiles: [], alertmanager: "127.0.0.1:9093", proxy: "http://127.0.0.1:1", authority: "ca.pem")
    let jobs = written.text.split(separator: "job_name:")
    #expect(jobs.count == 3)
    #expect(jobs[1].contains("scheme: https"))
    #expect(jobs[1].contains("tls_config:\n    ca_file: \"ca.pem\"\n"))
    #expect(!written.text.contains("server_name"))
    #expect(!jobs[2].contains("tls_config"))
    #expect(
      written.changes.contains("the scrape job `s3-over-tls` keeps `https` and trusts the run's own authority alone"))
  }
}
