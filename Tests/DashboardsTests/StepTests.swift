import Testing

@testable import Dashboards

@Suite struct StepTests {
  /// The worked examples, row by row: what a target's query gets.
  @Test(arguments: [
    ("1h", "", nil as String?, 1, "15", "15s", "1m0s"),
    ("6h", "", nil, 1, "30", "30s", "1m0s"),
    ("24h", "", nil, 1, "120", "2m", "2m15s"),
    ("7d", "", nil, 1, "900", "15m", "15m15s"),
    ("1h", "90s", nil, 1, "90", "1m", "6m0s"),
    ("6h", "$__rate_interval", nil, 1, "60", "1m", "1m0s"),
    ("30d", "", nil, 1, "3600", "1h", "1h0m15s"),
    ("1h", "1s", nil, 1, "5", "5s", "16s"),
    ("1h", "", nil, 2, "30", "30s", "1m0s"),
    // The front end cuts the fraction of 10.5s.
    ("1h", "", "10.5s", 1, "10", "10s", "42s"),
    // A step that is not below the least is rounded: 90s to 1m.
    ("69300s", "90s", nil, 1, "60", "1m", "6m0s"),
    ("1h", "0s", nil, 1, "15", "15s", "15s"),
    ("1h", "20", nil, 1, "20", "20s", "1m20s"),
    ("1h", ">2m", nil, 1, "120", "2m", "8m0s"),
    ("6h", "$__interval", nil, 1, "30", "30s", "2m0s"),
    ("1h", "$__interval_ms", nil, 1, "15", "15s", "0s"),
    ("2d", "1d", nil, 1, "86400", "1d", "96h0m0s"),
  ])
  func computesStepAndIntervals(
    range: String, interval: String, timeInterval: String?, factor: Int, step: String, text: String, rate: String
  ) async throws {
    let target = #", "expr": "up", "interval": "\#(interval)", "intervalFactor": \#(factor)"#
    let dashboard = try #require(Given.panel(target: target))
    let settings = Given.settings(range: range, timeInterval: timeInterval)
    let request = try #require(await dashboard.firstQuery(settings)?.request)
    #expect([request.stepText, request.interval, request.rateInterval] == [step, text, rate])
  }

  @Test func keepsBelowElevenThousandPoints() async throws {
    let dashboard = try #require(Given.panel(target: #", "expr": "up", "interval": "1s""#))
    let request = try #require(await dashboard.firstQuery(Given.settings(range: "7d", points: 1_000_000))?.request)
    #expect(request.stepText == "60")  // 604800s / 11000 = 55s
  }

  @Test func refusesWhatIsNoDuration() async throws {
    let dashboard = try #require(Given.panel(target: #", "expr": "up", "interval": "$unknown""#))
    let query = try #require(await dashboard.firstQuery())
    #expect(query.outcome == .silent(.invalid("`$unknown` is not a duration that can be its min step")))
  }

  @Test(arguments: [
    (9.9, 1.0), (10, 10), (14.9, 10), (15, 20), (34.9, 20), (74, 50), (149, 100), (349, 200), (749, 500), (1499, 1000),
    (1500, 2000), (7499, 5000), (12_499, 10_000), (17_499, 15_000), (24_999, 20_000), (44_999, 30_000),
    (89_999, 60_000), (90_000, 120_000), (449_999, 300_000), (749_999, 600_000), (1_049_999, 900_000),
    (1_499_999, 1_200_000), (2_699_999, 1_800_000), (5_399_999, 3_600_000), (8_999_999, 7_200_000),
    (16_199_999, 10_800_000), (32_399_999, 21_600_000), (86_399_999, 43_200_000), (604_799_999, 86_400_000),
    (1_814_399_999, 604_800_000), (3_628_799_999, 2_592_000_000), (3_628_800_000, 31_536_000_000),
    (.infinity, 31_536_000_000), (.nan, 31_536_000_000),
  ])
  func roundsAsJavaScriptDoes(milliseconds: Double, expected: Double) {
    #expect(FrontEndInterval.round(milliseconds) == expected)
  }

  @Test(
    arguments: [
      (10, 1), (11, 10), (15, 10), (1500, 1000), (1501, 2000), (90_000, 60_000), (90_001, 120_000),
      (86_400_000, 43_200_000), (86_400_001, 86_400_000), (3_628_800_000, 2_592_000_000),
      (63_072_000_000, 2_592_000_000), (63_072_000_001, 31_536_000_000),
    ] as [(Int64, Int64)])
  func roundsAsGoDoes(milliseconds: Int64, expected: Int64) {
    #expect(GoDuration.round(milliseconds * 1_000_000) == expected * 1_000_000)
  }

  @Test(arguments: [
    ("1h30m", "1h30m0s"), ("90s", "1m30s"), ("25.5s", "25.5s"), ("1.5ms", "1.5ms"), ("0", "0s"), ("1d", "24h0m0s"),
    ("1w", "168h0m0s"), ("1M", "730h30m0s"), ("1y", "8766h0m0s"), ("-1m", "-1m0s"), ("100us", "100µs"), ("1ns", "1ns"),
    ("", "none"), ("5", "none"), ("1x", "none"), ("s", "none"), ("1.5d", "none"), ("99999999999h", "none"),
    ("1..5s", "none"), ("99999999999999999999y", "none"),
  ])
  func readsAndWritesDurationsOfGo(text: String, expected: String) {
    #expect((GoDuration.parse(text).map(GoDuration.format) ?? "none") == expected)
  }

  @Test(
    arguments: [
      ("15s", 15_000.0), (">1m", 60_000), ("30", 30_000), ("10.5s", 10_000), ("1M", 2_592_000_000), ("250ms", 250),
      ("x", nil), ("", nil), ("1", 1000), ("99999999999999999999s", nil),
    ] as [(String, Double?)])
  func readsIntervalsOfTheFrontEnd(text: String, expected: Double?) {
    #expect(FrontEndInterval.milliseconds(text) == expected)
  }

  @Test(arguments: [
    (90_000.0, "1m"), (5_400_000, "1h"), (86_400_000, "1d"), (500, "500ms"), (0.5, "less than a millisecond"),
    (31_536_000_000, "1y"),
  ])
  func writesOneUnit(milliseconds: Double, expected: String) {
    #expect(FrontEndInterval.text(milliseconds) == expected)
  }
}
