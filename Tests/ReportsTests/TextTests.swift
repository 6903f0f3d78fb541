import Events
import Testing

@testable import Reports

@Suite struct TextTests {
  @Test(arguments: [
    ("a\u{1B}[1;31mb\u{1B}[0mc", "abc"), ("\u{1B}]8;;http://x\u{1B}\\link\u{1B}]8;;\u{7}", "link"),
    ("a\r\nb\rc", "a\nb\nc"), ("\u{1B}(Bx", "x"), ("\u{1B}Mx", "x"), ("end\u{1B}", "end"), ("end\u{1B}[", "end"),
    ("\u{0}\u{8}\u{7F}\u{85}\u{9F}ok", "ok"), ("\u{1B}[31", ""), ("é\u{301}漢", "é\u{301}漢"),
  ])
  func plain(_ text: String, _ expected: String) { #expect(text.plain == expected) }

  @Test(arguments: [
    (0.0005, 3, "0.001"), (1e-5, 3, "0.000"), (-0.0001, 3, "0.000"), (-1.5, 1, "-1.5"), (2.0996, 3, "2.100"),
    (.nan, 3, "0.000"), (.infinity, 0, "0"), (1570.6, 0, "1571"),
  ])
  func fixed(_ value: Double, _ digits: Int, _ expected: String) { #expect(value.fixed(digits) == expected) }

  /// Against `date -u -d @N +%FT%T`.
  @Test(arguments: [
    (0, "1970-01-01T00:00:00"), (-1, "1969-12-31T23:59:59"), (951_782_400, "2000-02-29T00:00:00"),
    (1_772_352_000, "2026-03-01T08:00:00"), (4_102_444_799.9, "2099-12-31T23:59:59"),
    (4_107_542_400, "2100-03-01T00:00:00"), (.nan, "1970-01-01T00:00:00"),
  ])
  func calendar(_ epoch: Double, _ expected: String) { #expect(calendarText(epoch) == expected) }

  @Test(arguments: [
    (725.0, "12m5s"), (820.2, "13m40.2s"), (-30, "-30s"), (0, "0s"), (3300, "55m"), (86_400, "1d"), (0.25, "0.25s"),
    (90_061.5, "1d1h1m1.5s"),
  ])
  func durations(_ seconds: Double, _ expected: String) {
    #expect(Duration.seconds(seconds).prometheusText == expected)
  }

  @Test(arguments: [(2.1, "2.1 s"), (9.99, "10.0 s"), (48, "48 s"), (200, "3 m 20 s"), (.infinity, "? s")])
  func wallTimes(_ seconds: Double, _ expected: String) { #expect(seconds.wallText == expected) }

  @Test(arguments: [("abc", 3, "abc"), ("abcd", 3, "ab…"), ("漢字漢", 5, "漢字…"), ("漢字漢", 6, "漢字漢")])
  func cutting(_ text: String, _ columns: Int, _ expected: String) { #expect(text.cut(to: columns) == expected) }

  @Test func markupEscapesWhatIsInterpolated() {
    let text = "<b title=\"x\">'&"
    let inner: Markup = "<i>\(text)</i>"
    #expect(("<p>\(inner)</p>" as Markup).source == "<p><i>&lt;b title=&quot;x&quot;&gt;&#39;&amp;</i></p>")
  }
}
