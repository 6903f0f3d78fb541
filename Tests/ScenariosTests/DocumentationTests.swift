import Diagnostics
import Foundation
import Scenarios
import Testing

/// The examples of docs/scenario-language.md: each loads, so that the page cannot say what is not so.
@Suite struct DocumentationTests {
  static let examples: [String] = {
    let page = URL(filePath: #filePath).appending(path: "../../../docs/scenario-language.md").standardized
    let text = (try? String(contentsOf: page, encoding: .utf8)) ?? ""
    return text.components(separatedBy: "```yaml\n").dropFirst().compactMap { $0.components(separatedBy: "```").first }
  }()

  @Test func thereAreSome() { #expect(Self.examples.count > 10) }

  @Test(arguments: examples.filter { !$0.hasPrefix("profile:") }) func scenarioLoads(example: String) {
    #expect(findings(in: completed(example)).map(\.message) == [])
  }

  @Test(arguments: examples.filter { $0.hasPrefix("profile:") }) func profileLoads(example: String) throws {
    let loader = ScenarioLoader(profiles: ["documented": "profile.yaml"]) { file in
      file == "profile.yaml" ? example : completed("services: {a: {profile: documented}}")
    }
    #expect(try loader.load("scenario.yaml").services.count == 1)
  }
}
