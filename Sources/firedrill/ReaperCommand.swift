import ArgumentParser
import Stack

/// The process that cleans up after Firedrill; started by it, for nobody else.
struct ReaperCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "reaper", shouldDisplay: false)

  @Argument var mark: String

  func run() { Reaper.reap(mark: mark) }
}
