import Diagnostics
import Drill
import Events
import Foundation
import Scenarios
import Stack

if CommandLine.arguments.count > 2, CommandLine.arguments[1] == "reaper" {
  Reaper.reap(mark: CommandLine.arguments[2])
  exit(0)
}
let loader = ScenarioLoader(profileFolders: ["fixtures/profiles"]) { try String(contentsOfFile: $0, encoding: .utf8) }
let t0 = ContinuousClock.now
let renderer = FindingRenderer { try? String(contentsOfFile: $0, encoding: .utf8) }
do {
  let plans = try CommandLine.arguments.dropFirst().map { try Planner().plan(try loader.load($0)) }
  let reaper = try Reaper(executable: "/proc/self/exe", arguments: ["reaper"])
  let options = RunOptions(binaries: Binaries(environment: ProcessInfo.processInfo.environment), workFolder: "/tmp/firedrill-0", keepsFolders: true)
  let runner = Runner(options: options, reaper: reaper) { event in
    if case .progressed(_, let p) = event { if Int(p.at.components.seconds) % 300 == 0 { print("P", ContinuousClock.now - t0, p) }; return }
    print(ContinuousClock.now - t0, "\(event)".prefix(60))
  }
  _ = await runner.run(plans, id: "x")
} catch let findings as Findings {
  for finding in findings.all { print(renderer.render(finding)) }
}
