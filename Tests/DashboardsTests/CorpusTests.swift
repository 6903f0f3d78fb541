import Dashboards
import Diagnostics
import Foundation
import Reading
import Testing

/// Dashboards of others, in the folder that `FIREDRILL_CORPUS` names.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["FIREDRILL_CORPUS"] != nil))
struct CorpusTests {
  private static let folder = ProcessInfo.processInfo.environment["FIREDRILL_CORPUS"] ?? ""

  private static var files: [String] {
    let all = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return all.filter { $0.hasPrefix("dash-") && $0.hasSuffix(".json") || $0.hasSuffix("/dashboard.json") }.sorted()
      + ["kube-prometheus-manifests/grafana-dashboardDefinitions.yaml"]
  }

  private static func text(_ file: String) throws -> String {
    try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
  }

  @Test(arguments: files) func accountsForEveryTarget(file: String) async throws {
    let text = try Self.text(file)
    let found = DashboardReader().read(text, file: file)
    #expect(!found.dashboards.isEmpty)
    #expect(found.findings.filter { $0.severity == .error } == [])
    var planned = 0
    for dashboard in found.dashboards {
      let queries = await dashboard.planned(Given.settings(range: nil))
      let sources = Set(queries.panels.flatMap(\.queries).map(\.place))
      #expect(sources.count == dashboard.panels.reduce(0) { $0 + $1.targets.count })
      planned += sources.count
    }
    #expect(planned == (try Self.rawTargets(text, file: file)))
    print("corpus:", file, found.dashboards.count, "dashboards,", planned, "targets")
  }

  /// Counts targets by a plain walk that knows nothing of dashboards but which lists hold targets.
  private static func rawTargets(_ text: String, file: String) throws -> Int {
    guard file.hasSuffix(".yaml") else { return count(try JSONReader.parse(text, file: file)) }
    // Every block of the ConfigMaps is a dashboard, indented by six.
    var total = 0
    var block: [Substring]?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) + ["end" as Substring] {
      if line.hasSuffix(".json: |-") || line.hasSuffix(".json: |") {
        block = []
      } else if line.hasPrefix("      ") || line.isEmpty {
        block?.append(line)
      } else if let lines = block {
        total += count(try JSONReader.parse(lines.joined(separator: "\n"), file: file))
        block = nil
      }
    }
    return total
  }

  private static func count(_ json: JSON) -> Int {
    if json.isArray { return json.elements.reduce(0) { $0 + count($1) } }
    let isExpandedRow = json["type"]?.string == "row" && json["collapsed"]?.truthy != true
    let isAnnotation = json["limit"] != nil && json["matchAny"] != nil
    if isAnnotation { return 0 }
    return json.members.reduce(0) { sum, member in
      if isExpandedRow, member.name == "panels" { return sum }
      return sum + (member.name == "targets" ? member.value.elements.count : count(member.value))
    }
  }

  @Test func isQuick() async throws {
    let texts = try Self.files.map { (try Self.text($0), $0) }
    let clock = ContinuousClock()
    var requests = 0
    let reading = clock.now
    let dashboards = texts.flatMap { DashboardReader().read($0.0, file: $0.1).dashboards }
    let planning = clock.now
    for dashboard in dashboards {
      requests += await dashboard.planned(Given.settings(range: nil)).panels.flatMap(\.queries).count {
        $0.request != nil
      }
    }
    print(
      "corpus:", dashboards.count, "dashboards,", requests, "requests; read", planning - reading, "planned",
      clock.now - planning)
    #expect(requests > 1000)
  }
}
