import ArgumentParser
import Diagnostics
import Drill
import Events
import Foundation
import Scenarios

/// `firedrill list`.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List scenarios with their tags.",
    discussion: """
      EXAMPLES:
        firedrill list
        firedrill list --tag quick --json | jq -r .[].file
      """)

  @OptionGroup var selection: Selection

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let plans = try selection.plans()
    if json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      let entries = plans.map {
        Entry(
          name: $0.scenario.name.value, file: $0.scenario.file, tags: $0.scenario.tags, checks: $0.checks.count,
          duration_seconds: $0.end / .seconds(1))
      }
      return print(String(decoding: try encoder.encode(entries), as: UTF8.self))
    }
    for plan in plans {
      let tags = plan.scenario.tags.isEmpty ? "" : "  [\(plan.scenario.tags.joined(separator: ", "))]"
      print("\(plan.scenario.file)\t\(plan.end.prometheusText)\t\(plan.scenario.name.value)\(tags)")
    }
    if plans.isEmpty { throw ExitStatus.nothingSelected }
  }

  private struct Entry: Encodable {
    let name, file: String
    let tags: [String]
    let checks: Int
    let duration_seconds: Double
  }
}
