import ArgumentParser
import Foundation
import VirtualTime

/// The command: parses, runs, and turns what went wrong into the documented exit codes.
@main
struct Firedrill: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "firedrill",
    abstract: "Drills monitoring stacks: real Prometheus, Alertmanager and exporters, fake services, virtual time.",
    discussion: """
      EXAMPLES:
        firedrill run scenarios                     run everything below a folder
        firedrill run --tag quick scenarios         only what is tagged quick
        firedrill validate scenarios/redis          check without starting anything
        firedrill doctor                            what is installed, and does virtual time work here

      EXIT CODES:
        0 every check passed   1 an expectation failed   2 wrong usage or unusable input
        3 the harness or the stack could not do its part   4 nothing was selected to run
        130 interrupted   143 terminated
      """,
    version: Version.text,
    subcommands: [
      RunCommand.self, ValidateCommand.self, ListCommand.self, ReportCommand.self, BundleCommand.self,
      DashboardCommand.self,
      ExplainCommand.self, PromQLCommand.self, DoctorCommand.self, ReaperCommand.self,
    ])

  static func main() async {
    do {
      var command = try parseAsRoot(withOptionalHold(Array(CommandLine.arguments.dropFirst())))
      // Before there are other threads: they inherit it.
      if command is RunCommand { goFirst() }
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch let code as ExitStatus {
      Foundation.exit(code.rawValue)
    } catch {
      // Help and version are asked for and so no error; anything else is wrong usage.
      let text = fullMessage(for: error)
      let isHelp = exitCode(for: error) == .success
      if !text.isEmpty { printLine(text, to: isHelp ? .standardOutput : .standardError) }
      Foundation.exit(isHelp ? 0 : ExitStatus.unusable.rawValue)
    }
  }

  /// `--hold` alone means `--hold end`.
  private static func withOptionalHold(_ arguments: [String]) -> [String] {
    arguments.enumerated().map { index, argument in
      guard argument == "--hold" else { return argument }
      let next = index + 1 < arguments.count ? arguments[index + 1] : ""
      let isTime = next == "end" || (next.first?.isNumber == true && next.allSatisfy { $0.isNumber || $0.isLetter })
      return isTime ? argument : "--hold=end"
    }
  }
}

/// Firedrill's own version.
enum Version {
  static let text = "0.1.0"
}

/// The exit codes of every command.
enum ExitStatus: Int32, Error {
  case success = 0
  case failed = 1
  case unusable = 2
  case broken = 3
  case nothingSelected = 4
  case interrupted = 130
  case terminated = 143
}

/// Prints a line.
func printLine(_ text: String, to file: FileHandle) { file.write(Data((text + "\n").utf8)) }
