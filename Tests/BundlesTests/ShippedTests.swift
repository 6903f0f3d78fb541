import Bundles
import Diagnostics
import Foundation
import Testing

/// The bundles that the project ships, judged by Prometheus' own tools.
@Suite struct ShippedTests {
  private static let folder = URL(filePath: #filePath).appending(path: "../../../fixtures/bundles").standardized.path()

  static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()

  @Test func thereAreSome() { #expect(!Self.names.isEmpty) }

  @Test(.enabled(if: Oracle("promtool") != nil), arguments: names) func rulesPassPromtool(name: String) throws {
    let bundle = try BundleLoader().load("\(Self.folder)/\(name)")
    #expect(!bundle.rules.isEmpty)
    let bench = try Workbench()
    for (index, file) in bundle.ruleFiles.enumerated() {
      try bench.write(file.rendered, "\(index).yaml")
      let answer = try #require(try Oracle("promtool")?.run(["check", "rules", "\(index).yaml"], in: bench.path))
      #expect(answer.isContent, "\(answer.output)")
      #expect(answer.output.contains("SUCCESS: \(file.rules.count) rules found"))
    }
  }

  @Test(.enabled(if: Oracle("amtool") != nil), arguments: names) func alertmanagerPassesAmtool(name: String) throws {
    let bundle = try BundleLoader().load("\(Self.folder)/\(name)")
    let bench = try Workbench()
    try bench.write(AlertmanagerConfigWriter(bundle).write(sink: "http://127.1.2.3:80").text, "alertmanager.yaml")
    let answer = try #require(try Oracle("amtool")?.run(["check-config", "alertmanager.yaml"], in: bench.path))
    #expect(answer.isContent, "\(answer.output)")
  }
}
