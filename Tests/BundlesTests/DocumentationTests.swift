import Bundles
import Foundation
import Testing

/// The template of docs/bundles.md gives what the page says that it gives.
@Suite struct DocumentationTests {
  @Test func theTemplateIsRenderedAsThePageSays() throws {
    let page = URL(filePath: #filePath).appending(path: "../../../docs/bundles.md").standardized
    let text = try String(contentsOf: page, encoding: .utf8)
    let examples = text.components(separatedBy: "```yaml\n").dropFirst().map { $0.components(separatedBy: "```")[0] }
    let template = try #require(examples.first { $0.hasPrefix("x-inputs:") })
    let result = try #require(examples.first { $0.hasPrefix("groups:") })
    let bench = try Workbench()
    try bench.write(template, "alerts.yaml")
    #expect(try bench.load("alerts.yaml", inputs: ["namespace": "zenko"]).ruleFiles.first?.rendered == result)
  }
}
