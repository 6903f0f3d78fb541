public import Events
import Foundation
public import Stack

/// Runs plans and emits what happens; the order of scenarios in every report is the order of the plan.
public struct Runner: Sendable {
  private let options: RunOptions
  private let reaper: Reaper
  private let emit: @Sendable (Event) async -> Void

  /// `emit` is called in the order in which things happen, one at a time for each scenario.
  public init(options: RunOptions, reaper: Reaper, emit: @escaping @Sendable (Event) async -> Void) {
    self.options = options
    self.reaper = reaper
    self.emit = emit
  }

  /// Runs all plans, `options.jobs` of them at a time; returns the outcomes in the order of the plans.
  public func run(_ plans: [Plan], id: String) async -> [ScenarioOutcome] {
    await withTaskGroup(of: (Int, ScenarioOutcome).self) { group in
      var outcomes: [Int: ScenarioOutcome] = [:]
      var next = 0
      func startNext() {
        guard next < plans.count, !Task.isCancelled else { return }
        let index = next
        let runner = ScenarioRunner(
          index: index, plan: plans[index], options: options, folder: "\(options.workFolder)/runs/\(id)/\(index)",
          reaper: reaper, emit: emit)
        group.addTask { (index, await runner.run()) }
        next += 1
      }
      for _ in 0..<max(1, options.jobs) { startNext() }
      for await (index, outcome) in group {
        outcomes[index] = outcome
        startNext()
      }
      if !options.keepsFolders { removeTree("\(options.workFolder)/runs/\(id)") }
      return outcomes.sorted { $0.key < $1.key }.map(\.value)
    }
  }
}
