import Bundles
import Foundation
import Testing

/// Where real artefacts are at hand.
private let corpus = ProcessInfo.processInfo.environment["FIREDRILL_CORPUS"]

/// Real templates, where a folder of them is at hand (`FIREDRILL_CORPUS`): rendered with the inputs that its `INDEX.md` lists, they pass the
/// promtool tests that ship beside them.
@Suite(.enabled(if: corpus != nil && Oracle("promtool") != nil)) struct CorpusTests {
  /// A row of the index: a test file and the inputs of its rules.
  struct Entry: Sendable, CustomTestStringConvertible {
    var test: String
    var inputs: [String: String]
    var testDescription: String { test }
  }

  /// Rows are `| test file | workflow | inputs | ... |`, each word in backquotes.
  static let entries: [Entry] = {
    guard let corpus, let index = try? String(contentsOfFile: corpus + "/INDEX.md", encoding: .utf8) else { return [] }
    return index.split(separator: "\n").compactMap { line in
      let cells = line.split(separator: "|")
      guard cells.count > 3, cells[2].contains("=") else { return nil }
      let words = { (cell: Substring) in
        cell.split(separator: "`").map(String.init).filter { $0.contains(/^[\w.\/-]+/) }
      }
      let pairs = words(cells[2]).compactMap { word -> (String, String)? in
        let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
        return parts.count == 2 ? (parts[0], parts[1]) : nil
      }
      guard let test = words(cells[0]).first, !pairs.isEmpty else { return nil }
      return Entry(test: test, inputs: Dictionary(pairs) { $1 })
    }
  }()

  @Test func theIndexHasEntries() { #expect(!Self.entries.isEmpty) }

  @Test(arguments: entries) func rendersAndPassesItsOwnTests(entry: Entry) throws {
    let folder = try #require(corpus)
    let test = URL(filePath: "\(folder)/\(entry.test)")
    let bench = try Workbench()
    let template = test.deletingLastPathComponent().appending(path: "alerts.yaml")
    try bench.write(try String(contentsOf: template, encoding: .utf8), "alerts.yaml")
    try bench.write(try String(contentsOf: test, encoding: .utf8), "test.yaml")
    let file = try #require(try bench.load("alerts.yaml", inputs: entry.inputs).ruleFiles.first)
    try bench.write(file.rendered, "alerts.rendered.yaml")
    let answer = try #require(try Oracle("promtool")?.run(["test", "rules", "test.yaml"], in: bench.path))
    #expect(answer.isContent, "\(answer.output)")
  }
}
