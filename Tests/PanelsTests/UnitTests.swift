import Testing

@testable import Panels

@Suite struct UnitTests {
  /// unit, value, decimals, text
  typealias Row = (String, Double, Int?, String)

  static let rounding: [Row] = [
    ("none", 0, nil, "0"), ("none", 123, nil, "123"), ("none", 123.456, nil, "123"), ("none", 12.3456, nil, "12.3"),
    ("none", 1.23456, nil, "1.23"), ("none", 0.0123456, nil, "0.0123"), ("none", 1.1, nil, "1.1"),
    ("none", 1.999, nil, "2"), ("none", -1.23456, nil, "-1.2"), ("none", 2, 2, "2.00"), ("none", 0, 2, "0.00"),
    ("none", 2.345, 2, "2.35"), ("none", -2.5, 0, "-2"), ("none", 2.5, 0, "3"), ("none", 1e21, nil, "1e+21"),
    ("none", 123_456_789, nil, "123456789"), ("none", 1e-7, nil, "1e-7"), ("none", .infinity, nil, "∞"),
    ("none", -.infinity, 2, "-∞"), ("none", .nan, nil, "NaN"), ("none", 5, 1_000_000_000, "5.00000000000000000000"),
    ("", 7, nil, "7"), ("none", 1.5, -3, "2"), ("none", 1e300, 20, "1e+300"), ("none", -0.0, nil, "0"),
  ]

  static let scaled: [Row] = [
    ("short", 999, nil, "999"), ("short", 1000, nil, "1 K"), ("short", 1234, nil, "1.23 K"),
    ("short", 2_500_000, nil, "2.5 Mil"), ("short", 3e9, nil, "3 Bil"), ("short", 4e12, nil, "4 Tri"),
    ("short", 5e15, nil, "5 Quadr"), ("short", 6e18, nil, "6 Quint"), ("short", 7e21, nil, "7 Sext"),
    ("short", 8e24, nil, "8 Sept"), ("short", 9e27, nil, "9000 Sept"), ("short", 0.05, nil, "0.05"),
    ("bytes", 0, nil, "0 B"), ("bytes", 1023, nil, "1023 B"), ("bytes", 1024, nil, "1 KiB"),
    ("bytes", 1_610_612_736, nil, "1.5 GiB"), ("bytes", -2048, nil, "-2 KiB"), ("bits", 1024, nil, "1 Kib"),
    ("kbytes", 1024, nil, "1 MiB"), ("mbytes", 512, nil, "512 MiB"), ("mbytes", 2048, nil, "2 GiB"),
    ("gbytes", 0.5, nil, "512 MiB"), ("decbytes", 1500, nil, "1.5 kB"), ("deckbytes", 1500, nil, "1.5 MB"),
    ("decbits", 2e6, nil, "2 Mb"), ("bytes", .nan, nil, "NaN"), ("bytes", .infinity, nil, "∞"),
    ("Bps", 1e6, nil, "1 MB/s"), ("bps", 1e3, nil, "1 kb/s"), ("binBps", 2048, nil, "2 KiB/s"),
    ("binbps", 1024, nil, "1 Kib/s"), ("KBs", 1000, nil, "1 MB/s"), ("MBs", 1, nil, "1 MB/s"),
    ("KiBs", 1, nil, "1 KiB/s"), ("pps", 1500, nil, "1.5 kp/s"), ("hertz", 0, nil, "0 Hz"),
    ("hertz", 2.5e9, nil, "2.5 GHz"), ("hertz", 0.005, nil, "5 mHz"), ("watt", 3e-6, nil, "3 µW"),
    ("kwatt", 1.5, nil, "1.5 kW"), ("mamp", 5, nil, "5 mA"), ("volt", 1.2e-9, nil, "1.2 nV"),
    ("joule", 1e4, nil, "10 kJ"),
    ("ops", 1500, nil, "1.5K ops/s"), ("reqps", 12, nil, "12 req/s"), ("rps", 2e6, nil, "2M rd/s"),
    ("wps", 1, nil, "1 wr/s"), ("iops", 3e9, nil, "3B io/s"), ("cps", 1, nil, "1 c/s"), ("eps", 1, nil, "1 evt/s"),
    ("mps", 1, nil, "1 msg/s"), ("recps", 1, nil, "1 rec/s"), ("rowsps", 1, nil, "1 rows/s"),
    ("opm", 1, nil, "1 ops/m"),
    ("reqpm", 1, nil, "1 req/m"), ("rpm", 1, nil, "1 rd/m"), ("wpm", 1, nil, "1 wr/m"),
    ("currencyUSD", 1234, nil, "$1.23K"), ("currencyUSD", -5, nil, "-$5"), ("currencySEK", 2e6, nil, "2Mkr"),
    ("pressurebar", 1, nil, "1 bar"), ("reqps", 1.234, 1, "1.2 req/s"),
  ]

  static let durations: [Row] = [
    ("s", 0, nil, "0 s"), ("s", 5e-9, nil, "5 ns"), ("s", 2.5e-6, nil, "2.5 µs"), ("s", 0.25, nil, "250 ms"),
    ("s", 59, nil, "59 s"), ("s", 90, nil, "1.5 min"), ("s", 10_800, nil, "3 hour"), ("s", 172_800, nil, "2 day"),
    ("s", 1_209_600, nil, "2 week"), ("s", 63_113_800, nil, "2 year"), ("s", -90, nil, "-1.5 min"),
    ("s", 10_800, 1, "3.0 hour"), ("ms", 999, nil, "999 ms"), ("ms", 1500, nil, "1.5 s"), ("ms", 120_000, nil, "2 min"),
    ("ms", 7_200_000, nil, "2 hour"), ("ms", 172_800_000, nil, "2 day"), ("ms", 63_072_000_000, nil, "2 year"),
    ("µs", 1500, nil, "1.5 ms"), ("ns", 1500, nil, "1.5 µs"), ("ns", 1.2e11, nil, "2 min"), ("m", 90, nil, "1.5 hour"),
    ("h", 36, nil, "1.5 day"), ("d", 14, nil, "2 week"), ("dtdurations", 3900, nil, "1 hour"),
    ("dtdurations", 3900, 1, "1 hour, 5 minutes"), ("dtdurations", 0, nil, "0 seconds"),
    ("dtdurations", -60, nil, "1 minute ago"), ("dtdurationms", 1500, 1, "1 second, 500 milliseconds"),
    ("dthms", 3723, nil, "01:02:03"), ("dthms", 360_000, nil, "100:00:00"), ("dtdhms", 93_784, nil, "1 d 02:03:04"),
    ("clocks", 3723, nil, "1h:02m:03s:000ms"), ("clocks", 3723, 1, "1h:02m"), ("clockms", 83_004, nil, "01m:23s:004ms"),
    ("clockms", 5, nil, "005ms"), ("timeticks", 9000, nil, "1.5 min"), ("s", .infinity, nil, "∞"),
  ]

  static let others: [Row] = [
    ("percent", 12.345, nil, "12.3%"), ("percentunit", 0.12345, nil, "12.3%"), ("percentunit", 1, nil, "100%"),
    ("humidity", 40, nil, "40 %H"), ("celsius", 21.5, nil, "21.5 °C"), ("fahrenheit", 70, nil, "70 °F"),
    ("kelvin", 3, nil, "3 K"), ("rotrpm", 900, nil, "900 rpm"), ("bool", 1, nil, "True"), ("bool", 0, nil, "False"),
    ("bool_yes_no", 1, nil, "Yes"), ("bool_on_off", 0, nil, "Off"), ("locale", 1_234_567, nil, "1,234,567"),
    ("hex", 255, nil, "FF"), ("hex0x", -255, nil, "-0xFF"), ("sci", 1500, nil, "1.5e+3"),
    ("suffix:widgets", 3, nil, "3 widgets"), ("prefix:~", 3, nil, "~3"), ("si:kHz", 1500, nil, "1.5 MHz"),
    ("si:B", 1500, nil, "1.5 kB"), ("count:jobs", 1500, nil, "1.5K jobs"), ("currency:CHF", 1500, nil, "CHF1.5K"),
    ("bool:open/shut", 0, nil, "shut"), ("bool:open", 0, nil, "-"), ("op/s", 5, nil, "5 op/s"),
    ("hex", 1e300, nil, "∞"),
    ("dateTimeAsIso", 1_772_352_000_000, nil, "2026-03-01 08:00:00"),
    ("dateTimeAsUS", 1_772_388_000_000, nil, "03/01/2026 6:00:00 pm"),
    ("dateTimeAsIsoNoDateIfToday", 1_772_352_000_000, nil, "08:00:00"),
    ("dateTimeFromNow", 1_772_351_700_000, nil, "5 minutes ago"), ("dateTimeAsIso", .nan, nil, "Invalid date"),
    ("time:YYYY-MM-DD [at] HH:mm dddd", 1_772_352_000_000, nil, "2026-03-01 at 08:00 Sunday"),
    ("dateTimeAsIso", -62_135_596_800_000, nil, "0001-01-01 00:00:00"), ("dateTimeAsIso", 1e300, nil, "Invalid date"),
    ("time:MMM D, h:mm A", 951_782_400_000, nil, "Feb 29, 12:00 AM"),
  ]

  @Test(arguments: rounding + scaled + durations + others) func text(
    _ unit: String, _ value: Double, _ decimals: Int?, _ expected: String
  ) {
    let dates = DateContext(utcOffset: 0, now: 1_772_352_000)
    #expect(Unit(unit).text(value, decimals: decimals, dates: dates) == expected)
  }

  @Test func datesAreWrittenInTheZoneOfThePicture() {
    let dates = DateContext(utcOffset: 5400, now: 0)
    #expect(Unit("time:HH:mm Z").text(1_772_352_000_000, dates: dates) == "09:30 +01:30")
  }

  @Test func axesRoundToWhatTellsTicksApart() {
    #expect(Unit("none").text(0.15000000000000002, least: 2) == "0.15")
    #expect(Unit("s").text(0.15, least: 2) == "150 ms")
    #expect(Unit("none").text(0.1, least: 2) == "0.1")
  }

  @Test func unknownUnitsAreSaidToBe() {
    #expect(Unit.isKnown("bytes") && Unit.isKnown("suffix:x") && Unit.isKnown("") && Unit.isKnown("currencyEUR"))
    #expect(!Unit.isKnown("op/s") && !Unit.isKnown("x:y"))
  }
}
