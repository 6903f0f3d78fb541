import Signals
import Testing

@Suite struct NotationTests {
  @Test(arguments: [
    ("1 2 3", [1, 2, 3]), ("_", [nil]), ("_x5", [nil, nil, nil, nil, nil]), ("7x3", [7, 7, 7, 7]), ("1+2x3", [1, 3, 5, 7]),
    ("10-2x3", [10, 8, 6, 4]), ("stale", [nil]), ("1 _ 2 stale", [1, nil, 2, nil]), ("-1+0.5x2", [-1, -0.5, 0]), ("1e3", [1000]),
    ("-Inf +Inf", [-.infinity, .infinity]), ("1e2+1e1x1", [100, 110]), ("4+1x3 _ 7 stale", [4, 5, 6, 7, nil, 7, nil]), ("5-0x1", [5, 5]),
    ("1e-2x1", [0.01, 0.01]),
  ] as [(String, [Double?])])
  func expands(text: String, values: [Double?]) throws {
    #expect(try Notation.parse(text).values == values)
  }

  @Test func knowsNaN() throws {
    #expect(try Notation.parse("NaN").values.first??.isNaN == true)
  }

  @Test(arguments: [("stalex2", 0), ("1 2 foo", 4), ("1+2", 0), ("0x1Fx3x", 0), ("1 {{schema:1}}", 2), ("", 0), ("1x9999999999", 0), ("_xa", 0)])
  func refuses(text: String, offset: Int) {
    let error = #expect(throws: NotationError.self) { try Notation.parse(text) }
    #expect(error?.offset == offset)
  }

  @Test(arguments: [("90s", 90), ("1h30m", 5400), ("1d", 86400), ("0", 0), ("1w2d", 777_600), ("1y", 31_536_000)])
  func readsDurations(text: String, seconds: Int) throws {
    #expect(try PrometheusDuration.parse(text) == .seconds(seconds))
  }

  @Test(arguments: ["", "10", "30m1h", "1x", "-5m", "1m1m", "99999999999999y", "m"])
  func refusesDurations(text: String) {
    #expect(throws: NotationError.self) { try PrometheusDuration.parse(text) }
  }

  @Test(arguments: [("200MB", 2e8), ("1GiB", 1_073_741_824), ("12", 12), ("1.5 kB", 1500), ("7B", 7)])
  func readsSizes(text: String, value: Double) throws {
    #expect(try parseSize(text) == value)
  }

  @Test(arguments: [("100/s", 100), ("60/m", 1), ("5", 5), ("3600/h", 1)])
  func readsRates(text: String, value: Double) throws {
    #expect(try parseRate(text) == value)
  }

  @Test func readsSeries() throws {
    let id = try SeriesID.parse(#"m{a="x\"y", b='z',}"#)
    #expect(id == SeriesID(name: "m", labels: ["a": "x\"y", "b": "z"]))
    #expect(try SeriesID.parse(id.description) == id)
  }

  @Test(arguments: ["", "{a=\"b\"}", "m{a}", "m{a=b}", "m{a=\"b\"", "m{a=\"b\",a=\"c\"}", "m x", "1m"])
  func refusesSeries(text: String) {
    #expect(throws: NotationError.self) { try SeriesID.parse(text) }
  }
}
