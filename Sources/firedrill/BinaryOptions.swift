import ArgumentParser
import Bundles
import Diagnostics
import Drill
import Foundation
import Scenarios
import Stack

/// Where the real programs are.
struct BinaryOptions: ParsableArguments {
  @Option(
    name: .customLong("binary"),
    help: ArgumentHelp("Path of a real program, before FIREDRILL_NAME and PATH.", valueName: "NAME=PATH"))
  var overrides: [String] = []

  func binaries() throws -> Binaries {
    var paths: [String: String] = [:]
    for override in overrides {
      let parts = override.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, Program.named(parts[0]) != nil else {
        let known = Program.all.map(\.name).joined(separator: ", ")
        throw ValidationError("--binary \(override): write NAME=PATH, where NAME is one of \(known)")
      }
      paths[parts[0]] = parts[1]
    }
    return Binaries(overrides: paths, environment: ProcessInfo.processInfo.environment)
  }
}

/// Looks for every program that plans need, before anything starts: a wrong path is wrong usage, a missing program is not.
func checkPrograms(of plans: [Plan], _ binaries: Binaries) throws {
  for program in Set(plans.flatMap(\.programs)).sorted(by: { $0.name < $1.name }) {
    do { _ = try binaries.path(of: program) } catch {
      printError(error.reason, advice: error.advice)
      throw error.wasNamed ? ExitStatus.unusable : ExitStatus.broken
    }
  }
}

/// Lets the real promtool read every rule file of the plans; a bundle that many scenarios share is read once.
func checkRules(of plans: [Plan], _ binaries: Binaries, folder: String) async throws {
  var seen: Set<String> = []
  for plan in plans {
    let key = plan.bundle.ruleFiles.map(\.rendered).joined()
    guard seen.insert(key).inserted else { continue }
    try report(await RuleChecker(binaries: binaries, folder: folder).findings(in: plan.bundle))
  }
}

/// Where runs have their folders and locks: one for each user of the machine.
var workFolder: String {
  let base = ProcessInfo.processInfo.environment["FIREDRILL_WORK"] ?? NSTemporaryDirectory() + "firedrill-\(getuid())"
  return base.hasSuffix("/") ? String(base.dropLast()) : base
}
