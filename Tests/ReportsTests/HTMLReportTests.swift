import Events
import Foundation
import Results
import Testing

@testable import Reports

@Suite struct HTMLReportTests {
  @Test(arguments: [
    ("run.html", Sample.run), ("run-cut-off.html", Sample.cutOff), ("run-nothing.html", Sample.nothing),
  ])
  func golden(_ name: String, _ run: StoredRun) throws {
    let page = HTMLReport.render(run)
    #expect(HTMLRules.check(page).problems == [])
    try expectGolden(page, name)
  }

  @Test(arguments: Hostile.texts.indices)
  func hostileTextStaysText(_ index: Int) {
    let page = HTMLReport.render(Hostile.run(Hostile.texts[index]))
    let rules = HTMLRules.check(page)
    #expect(rules.problems == [])
    #expect(page.utf8.count < 8_000_000)
    let shown = Hostile.texts[index].plain.prefix(100)
    #expect(shown.isEmpty || rules.text.contains(shown), "the text is not on the page")
  }

  @Test func nothingIsFetched() {
    // A namespace is a name, and what begins with # is in the page itself.
    let page = HTMLReport.render(Sample.run).replacing("xmlns=\"http://www.w3.org/2000/svg\"", with: "")
      .replacing("url(#", with: "")
    for fetch in ["http://", "https://", "src=", "url(", "@import", "fetch(", "import("] {
      #expect(!page.contains(fetch), "\(fetch)")
    }
  }

  @Test func whatFailedIsSaidBeforeWhatPassed() throws {
    let page = HTMLReport.render(Sample.run)
    let failed = try #require(page.range(of: "id=\"scenario-2-check-alert-dataaccesss3endpointdegraded-firing\""))
    let passed = try #require(page.range(of: "id=\"scenario-2-check-target-s3-1-down-from-21m\""))
    #expect(failed.lowerBound < passed.lowerBound)
    let list = try #require(page.range(of: "<h2>What did not pass</h2>"))
    let firstScenario = try #require(page.range(of: "<article"))
    #expect(list.lowerBound < firstScenario.lowerBound)
  }

  /// WCAG 2.2, 1.4.3, with its own formula.
  @Test(arguments: Palette.inks.map(\.name), Palette.grounds.map(\.name))
  func everyInkIsLegible(_ inkName: String, _ groundName: String) throws {
    let ink = try #require(Palette.inks.first { $0.name == inkName })
    let ground = try #require(Palette.grounds.first { $0.name == groundName })
    for (text, behind) in [(ink.light, ground.light), (ink.dark, ground.dark)] {
      let (lighter, darker) = (max(luminance(text), luminance(behind)), min(luminance(text), luminance(behind)))
      #expect((lighter + 0.05) / (darker + 0.05) >= 4.5, "\(text) on \(behind)")
    }
  }

  private func luminance(_ color: String) -> Double {
    let number = Int(color.dropFirst(), radix: 16) ?? 0
    let channels = [number >> 16 & 0xFF, number >> 8 & 0xFF, number & 0xFF].map { channel -> Double in
      let value = Double(channel) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
  }

  @Test(arguments: [
    (3300, ["0s", "10m", "20m", "30m", "40m", "50m"]), (60, ["0s", "10s", "20s", "30s", "40s", "50s", "1m"]),
    (86_400 * 30, ["0s", "7d", "14d", "21d", "28d"]), (0, ["0s", "1s"]),
  ])
  func ticks(_ seconds: Int, _ expected: [String]) {
    #expect(TimeScale(duration: .seconds(seconds), times: []).ticks.map(\.prometheusText) == expected)
  }

  @Test(arguments: [1.0, 7.5, 61, 3599, 7_776_000, 1e9])
  func ticksAreFew(_ seconds: Double) {
    let ticks = TimeScale(duration: .seconds(seconds), times: [.seconds(-seconds / 3)]).ticks
    #expect((1...7).contains(ticks.count))
  }

  @Test func warmUpLiesBeforeTheStart() {
    let scale = TimeScale(duration: .seconds(90), times: [.seconds(-30), .seconds(5)])
    #expect([-30, 0, 90].map { scale.percent(.seconds($0)) } == ["0.00%", "25.00%", "100.00%"])
    #expect(scale.width(.seconds(0), .seconds(30)) == "25.00%")
  }

  @Test func aHugeTextIsCutInTheMiddle() {
    var run = Sample.run
    run.scenarios[2].outcome?.details = ["the head" + String(repeating: "x", count: 1_000_000) + "the tail"]
    for document in [HTMLReport.render(run), JUnitReport.render(run)] {
      #expect(document.utf8.count < 100_000)
      #expect(document.contains("the head") && document.contains("the tail"))
      #expect(document.contains("characters left out"))
    }
  }

  @Test func aThousandChecksStayAPage() {
    var run = Sample.run
    run.scenarios[0].checks = (0..<1000).map { Sample.check("check \($0)", "query", "held", Double($0), (0, 10)) }
    let page = HTMLReport.render(run)
    #expect(page.components(separatedBy: "class=\"window\"").count - 1 < 60)
    #expect(page.contains("960 more are in the tables below."))
    #expect(HTMLRules.check(page).problems == [])
  }
}
