import Foundation
import TestSupport
import Testing

/// Commands that ask a server which is there already: a real Prometheus with ten minutes of samples.
@Suite(.serialized) struct LiveServerTests {
  private static let start = 1_772_352_000

  private static let samples =
    "# TYPE requests counter\n"
    + stride(from: 0, through: 600, by: 15).map { "requests_total{job=\"api\"} \($0) \(start + $0)\n" }.joined()
    + "# EOF\n"

  private static let dashboard = """
    {"title": "Small", "schemaVersion": 39, "time": {"from": "now-5m", "to": "now"},
     "templating": {"list": [{"name": "job", "type": "query", "query": "label_values(requests_total, job)"}]},
     "panels": [
      {"id": 1, "type": "timeseries", "title": "Rate of $job", "targets": [{"refId": "A", "expr": "rate(requests_total{job=\\"$job\\"}[$__rate_interval])"}]},
      {"id": 2, "type": "stat", "title": "Misspelt", "targets": [{"refId": "A", "expr": "request_total"}]}]}
    """

  private func withServer(_ body: (Firedrill, _ url: String) async throws -> Void) async throws {
    let firedrill = try Firedrill()
    defer { firedrill.remove() }
    try firedrill.write(Self.dashboard, to: "small.json")
    try await withPrometheus(holding: Self.samples) { try await body(firedrill, $0) }
  }

  private var time: String { "\(Self.start + 600)" }

  @Test func dashboardsAreJudgedAndDrawn() async throws {
    try await withServer { firedrill, url in
      let result = try await firedrill.run([
        "dashboard", "check", "--prometheus", url + "/", "--time", time, "--html", "page.html", "--json", "-",
        "small.json",
      ])
      #expect(result.status == 1, "\(result.errors)")
      let report = try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
      let verdicts = report.scenarios.flatMap(\.checks).map { "\($0.id): \($0.verdict)" }
      #expect(
        verdicts == [
          "dashboard 'Small' variables: passed", "dashboard 'Small' panel 1 'Rate of $job': passed",
          "dashboard 'Small' panel 2 'Misspelt': failed",
        ])
      #expect(result.errors.contains("there is no metric `request_total` (did you mean `requests_total`?)"))
      let page = try firedrill.read("page.html")
      #expect(page.contains("Rate of api") && page.contains("<svg"))
    }
  }

  @Test func variablesAndAnnotationsThatFailAreSaid() async throws {
    try await withServer { firedrill, url in
      let text = Self.dashboard.replacing("\"label_values(requests_total, job)\"", with: "\"query_result(sum()\"")
        .replacing(
          "\"panels\":",
          with:
            #""annotations": {"list": [{"name": "Deploys", "enable": true, "expr": "changes(version)"}]}, "panels":"#)
      try firedrill.write(text, to: "small.json")
      let result = try await firedrill.run(["dashboard", "check", "--prometheus", url, "--time", time, "small.json"])
      #expect(result.status == 1)
      #expect(result.output.contains("the query of the variable `job` failed: bad_data:"), "\(result.output)")
      #expect(result.output.contains("the annotation `Deploys` fails: "), "\(result.output)")
    }
  }

  @Test func expressionsAreExplained() async throws {
    try await withServer { firedrill, url in
      func explain(_ expression: String) async throws -> Firedrill.Result {
        try await firedrill.run(["explain", "--prometheus", url, "--time", time, expression])
      }
      let empty = try await explain("requests_total > 1000")
      #expect(empty.status == 1)
      #expect(
        empty.output.hasPrefix("`requests_total > 1000` does not hold: its left side is 600\n"), "\(empty.output)")
      #expect(try await explain("requests_total").status == 0)
      #expect(try await explain("sum(").status == 2)
    }
  }
}
