import Explain
import Stack
import TestSupport
import Testing

/// On a real Prometheus that holds half an hour of samples.
@Suite(.serialized) struct ExplainerTests {
  private static let start = 1_772_352_000
  /// The moment of the questions: the last sample's.
  private static let end = start + 1800

  /// Two instances of a service, a sample every 15 s; `gone` ends after ten minutes.
  private static var samples: String {
    var text = ""
    func family(_ name: String, _ type: String, until: Int = 1800, _ series: [(labels: String, value: (Int) -> Double)])
    {
      text += "# TYPE \(name.hasSuffix("_total") ? String(name.dropLast(6)) : name) \(type)\n"
      for (labels, value) in series {
        for at in stride(from: 0, through: until, by: 15) { text += "\(name)\(labels) \(value(at)) \(start + at)\n" }
      }
    }
    family(
      "http_requests_total", "counter",
      [
        ("{job=\"api\",instance=\"a:80\",code=\"200\"}", { Double($0) }),
        ("{job=\"api\",instance=\"b:80\",code=\"500\"}", { Double($0) / 10 }),
      ])
    family("replicas", "gauge", [("{service=\"api\"}", { _ in 2 })])
    family("temperature_celsius", "gauge", [("{job=\"room\"}", { _ in 21.5 })])
    family("gone", "gauge", until: 600, [("{job=\"api\"}", { _ in 1 })])
    return text + "# EOF\n"
  }

  private struct Case {
    var expression: String
    var cause: Explanation.Cause
    /// Words of the sentence, the evidence or the advice.
    var says: [String]

    init(_ expression: String, _ cause: Explanation.Cause, _ says: String...) {
      self.expression = expression
      self.cause = cause
      self.says = says
    }
  }

  private static let cases = [
    Case("http_requests_total", .hasData, "2 series"),
    Case(
      "sum(rate(http_request_total[5m]))", .unknownMetric, "no metric `http_request_total`",
      "did you mean `http_requests_total`?"),
    Case("replicas_total > 1", .unknownMetric, "did you mean `replicas`?"),
    Case("total_http_requests", .unknownMetric, "did you mean `http_requests_total`?"),
    Case("gone{job=\"api\"}", .staleMetric, "`gone` exists", "1200 s before"),
    Case(
      "http_requests_total{job=\"apy\",code=\"200\"}", .noSuchValue, "`job=\"apy\"`", "`job` is `api`",
      "did you mean `api`?"),
    Case("http_requests_total{instance=~\"a\"}", .noSuchValue, "`instance` is `a:80`, `b:80`", "write `.*` around it"),
    Case("http_requests_total{code=\"2.*|5.*\"}", .noSuchValue, "write `=~`"),
    Case("http_requests_total{instance=\"a:80\",code=\"500\"}", .noSuchValue, "`instance` is `b:80`"),
    Case("http_requests_total{jobb=\"api\"}", .noSuchLabel, "label `jobb`", "did you mean `job`?"),
    Case(
      "rate(http_requests_total{job=\"api\"}[10s])", .rangeTooShort, "`[10s]` holds 1 sample", "one every 15 s",
      "60 s long"),
    Case("http_requests_total offset 1h", .noDataAtThatTime, "at the time of `offset 1h`"),
    Case("sum(rate(http_requests_total[5m])) > 5", .comparisonIsFalse, "does not hold", "is 1.1"),
    Case("5 < replicas", .comparisonIsFalse, "its right side is 2"),
    Case("http_requests_total / replicas", .noMatchingLabels, "`code`", "`service` stands only on the right"),
    Case(
      "http_requests_total / on (job) group_left temperature_celsius", .noMatchingLabels,
      "`job` is `api` left, `room` right"),
    Case("replicas and on (service) missing", .unknownMetric, "`missing`"),
    Case("replicas unless on () temperature_celsius", .presentAsItShouldNotBe, "takes away all 1 series"),
    Case("absent(replicas)", .presentAsItShouldNotBe, "because the series exists"),
    Case("histogram_quantile(0.9, sum(rate(http_requests_total[5m])))", .noBuckets, "no label `le`"),
    Case("missing or also_missing", .unknownMetric, "`missing`", "behind `or`: there is no metric `also_missing`"),
    Case("topk(0, replicas)", .functionGivesNothing, "its parameter is `0`"),
    Case("max_over_time((missing > 1)[10m:1m])", .unknownMetric, "`missing`"),
    Case("max_over_time(replicas[10m:1m] offset 2h)", .noDataAtThatTime, "range of the subquery"),
    Case("{__name__=~\"http_request_.*\"}", .unknownMetric, "no metric's name matches"),
    Case("{__name__=~\"http_requests_.*\",job=\"apy\"}", .noSuchValue, "`job` is `api`"),
    Case("sum(", .refused, "no expression"),
    Case("http_requests_total + on () replicas + on () temperature_celsius", .refused, "Prometheus refuses it"),
  ]

  @Test func saysWhyEachIsEmpty() async throws {
    try await withPrometheus(holding: Self.samples) { url in
      let server = PrometheusAPI(url: url)
      let explainer = Explainer(server, at: Double(Self.end))
      for one in Self.cases {
        let explanation = try await explainer.explain(one.expression)
        let all = ([explanation.sentence] + explanation.evidence + [explanation.advice ?? ""]).joined(separator: "\n")
        #expect(explanation.cause == one.cause, "\(one.expression): \(all)")
        for words in one.says { #expect(all.contains(words), "\(one.expression): \(all)") }
      }
    }
  }
}
