import ArgumentParser
import Drill
import Events
import Foundation
import Scenarios
import Stack

/// `firedrill validate`.
struct ValidateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate", abstract: "Check scenarios, bundles and rules without starting a stack.",
    discussion: """
      EXAMPLES:
        firedrill validate scenarios
        firedrill validate my-scenario.yaml --profiles my-profiles

      Rules are read by the real promtool where it is installed.
      """)

  @OptionGroup var selection: Selection
  @OptionGroup var binaryOptions: BinaryOptions

  func run() async throws {
    let plans = try selection.plans()
    guard !plans.isEmpty else {
      printError("no scenario was selected", advice: "look at what there is: firedrill list")
      throw ExitStatus.nothingSelected
    }
    try makeFolder(workFolder)
    let binaries = try binaryOptions.binaries()
    try await checkRules(of: plans, binaries, folder: workFolder)
    for plan in plans { print("\(plan.scenario.file): \(plan.checks.count) checks in \(plan.end.prometheusText)") }
    if (try? binaries.path(of: .promtool)) == nil {
      printLine("note: promtool is not installed, so the rules' expressions were not read", to: .standardError)
    }
  }
}
