import Events
import Foundation
import Reports
import Results
import Testing

@Suite struct JSONReportTests {
  @Test(arguments: [
    ("run.json", Sample.run), ("run-cut-off.json", Sample.cutOff), ("run-nothing.json", Sample.nothing),
  ])
  func golden(_ name: String, _ run: StoredRun) throws {
    try expectGolden(JSONReport.render(run), name)
  }

  @Test(arguments: Hostile.texts.indices)
  func everyTextSurvives(_ index: Int) throws {
    let text = Hostile.texts[index]
    let object = try parse(JSONReport.render(Hostile.run(text)))
    let scenario = try #require((object["scenarios"] as? [[String: Any]])?.first)
    #expect(scenario["name"] as? String == text)
    let alert = try #require((scenario["alerts"] as? [[String: Any]])?.first)
    #expect((alert["labels"] as? [String: String])?["alertname"] == text)
  }

  @Test func labelsKeepTheirCase() throws {
    var run = Sample.run
    run.scenarios[0].transitions[0].labels = ["camelCase": "a", "snake_case": "b"]
    #expect(JSONReport.render(run).contains("\"camelCase\": \"a\""))
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity, 1e300])
  func numbersThatJSONLacks(_ number: Double) throws {
    var run = Sample.run
    run.scenarios[0].outcome?.wallSeconds = number
    run.outcome?.finishedAt = number
    _ = try parse(JSONReport.render(run))
    #expect(JUnitRules.check(JUnitReport.render(run)).problems == [])
  }

  @Test func keysAreSortedAndSnakeCase() throws {
    func visit(_ lines: [Substring], depth: Int) {
      let indent = String(repeating: "  ", count: depth)
      let keys = lines.compactMap {
        $0.hasPrefix(indent + "\"") && $0.contains("\": ") ? $0.split(separator: "\"")[1] : nil
      }
      for key in keys { #expect(key.wholeMatch(of: /[a-z0-9_]+/) != nil, "\(key)") }
    }
    let lines = JSONReport.render(Sample.run).split(separator: "\n")
    for depth in 1...4 { visit(lines, depth: depth) }
    let top = lines.filter { $0.hasPrefix("  \"") }.map { $0.split(separator: "\"")[1] }
    #expect(top == ["components", "counts", "run", "scenarios", "schema_version", "versions"])
  }

  private func parse(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }
}
