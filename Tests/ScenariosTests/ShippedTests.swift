import Foundation
import Scenarios
import Testing

/// The scenarios that the project ships are examples of the language: each must load.
@Suite struct ShippedTests {
  private static let root = URL(filePath: #filePath).appending(path: "../../..").standardized.path()

  static let scenarios: [String] = {
    let names = FileManager.default.enumerator(atPath: root + "/scenarios")?.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix(".yaml") }.sorted()
  }()

  @Test func thereAreSome() { #expect(!Self.scenarios.isEmpty) }

  @Test(arguments: scenarios) func loads(name: String) throws {
    let text = try String(contentsOfFile: Self.root + "/scenarios/" + name, encoding: .utf8)
    #expect(try load(text).expectations.isEmpty == false)
  }
}
