import Signals
import Testing

@Suite struct SmallNotationTests {
  @Test(arguments: [
    ("up", SeriesID(name: "up")), ("a:b{}", SeriesID(name: "a:b")),
    ("s{a=\"b\", c='d',}", SeriesID(name: "s", labels: ["a": "b", "c": "d"])),
    ("s{a=\"q\\\"\\n\\\\\\u00e9\", b=`\\n`}", SeriesID(name: "s", labels: ["a": "q\"\n\\é", "b": "\\n"])),
    ("s{a='\\101\\x42'}", SeriesID(name: "s", labels: ["a": "AB"])),
    ("{__name__=\"s\"}", SeriesID(name: "s")),
  ])
  func readsSeries(text: String, series: SeriesID) throws {
    #expect(try SeriesID.parse(text) == series)
    #expect(try SeriesID.parse(series.description) == series)
  }

  @Test(arguments: [
    ("s{a=b}", 4), ("s{a=\"b\"", 7), ("s{a=~\"b\"}", 4), ("s{a=\"b\",a=\"c\"}", 8), ("{}", 0), ("s x", 2),
    ("s{a=\"\\1", 5), ("s{a=\"\\79\"}", 5),
  ])
  func refusesSeries(text: String, offset: Int) {
    #expect(#expect(throws: NotationError.self) { try SeriesID.parse(text) }?.offset == offset)
  }

  @Test(arguments: [
    ("1h30m", 5_400_000, "1h30m"), ("90s", 90_000, "1m30s"), ("500ms", 500, "500ms"), ("1d", 86_400_000, "1d"),
    ("1w", 604_800_000, "1w"), ("1y", 31_536_000_000, "1y"), ("0", 0, "0s"), ("8d", 691_200_000, "8d"),
  ])
  func readsDurations(text: String, milliseconds: Int, printed: String) throws {
    let duration = try PrometheusDuration.parse(text)
    #expect(duration == .milliseconds(milliseconds))
    #expect(PrometheusDuration.format(duration) == printed)
  }

  @Test(arguments: [(-30_000_000, "-30s"), (-500, "0s"), (1500, "1ms"), (691_230_000_000, "8d30s")])
  func printsDurations(microseconds: Int, text: String) {
    #expect(PrometheusDuration.format(.microseconds(microseconds)) == text)
  }

  @Test(arguments: ["", "1", "1.5h", "m", "1m1h", "1s1s", "-1s", "1h 5m", "300y", "1S"])
  func refusesDurations(text: String) {
    #expect(throws: NotationError.self) { try PrometheusDuration.parse(text) }
  }

  @Test(arguments: [("200MB", 2e8), ("1MiB", 1_048_576), ("1.5kB", 1500), ("2KiB", 2048), ("7", 7), ("1e3B", 1000)])
  func readsSizes(text: String, bytes: Double) throws {
    #expect(try parseSize(text) == bytes)
  }

  @Test(arguments: [("100/s", 100), ("60/m", 1), ("36/h", 0.01), ("-2/s", -2), ("5", 5)])
  func readsRates(text: String, perSecond: Double) throws {
    #expect(try parseRate(text) == perSecond)
  }

  @Test func refusesQuantities() {
    #expect(#expect(throws: NotationError.self) { try parseSize("20mb") }?.offset == 2)
    #expect(throws: NotationError.self) { try parseRate("5/fortnight") }
    #expect(throws: NotationError.self) { try parseSize("many") }
  }
}
