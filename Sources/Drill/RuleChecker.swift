public import Bundles
public import Diagnostics
import Foundation
public import Stack
import VirtualTime

/// Asks the real promtool whether a bundle's rules parse, and shows what it says at the line where the rule ships.
public struct RuleChecker: Sendable {
  private let binaries: Binaries
  private let folder: String

  /// `folder` is where rendered rules and promtool's words may be written.
  public init(binaries: Binaries, folder: String) {
    self.binaries = binaries
    self.folder = folder
  }

  /// Everything that promtool finds; nothing where it is not installed.
  public func findings(in bundle: Bundles.Bundle) async throws -> [Finding] {
    guard let promtool = try? binaries.path(of: .promtool) else { return [] }
    var findings: [Finding] = []
    for (number, file) in bundle.ruleFiles.enumerated() {
      // Another Firedrill may do the same in the same folder.
      let rendered = "\(folder)/check-\(getpid())-\(number).yaml"
      let log = "\(folder)/check-\(getpid())-\(number).txt"
      defer { for path in [rendered, log] { removeTree(path) } }
      try writeText(file.rendered, to: rendered)
      let command = Command(
        path: promtool, arguments: ["check", "rules", "--lint=none", rendered], environment: ["PATH": "/usr/bin:/bin"],
        directory: folder, logPath: log)
      let status = try await RealClock(lead: .zero).start(command).exitStatus()
      if status != ExitStatus.exited(0) {
        findings += problems(inOutput: readText(of: log) ?? "", of: file, rendered: rendered)
      }
    }
    return findings
  }

  /// promtool's lines: `path: 5:11: group "g", rule 2, "Name": could not parse expression: 1:7: parse error: ...`.
  func problems(inOutput output: String, of file: RuleFile, rendered: String) -> [Finding] {
    let lines = output.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    let shown = lines.filter {
      !$0.isEmpty && !$0.hasPrefix("Checking") && !$0.hasPrefix("FAILED") && !$0.contains("SUCCESS")
    }
    return shown.map { line in
      let text = line.replacing("\(rendered): ", with: "")
      let rule = rule(named: text, in: file)
      var message = text
      if let rule, let found = text.firstRange(of: "\"\(rule.name)\": ") {
        message = "\(rule.name): " + text[found.upperBound...]
      }
      return Finding(
        .error, message, at: rule?.place ?? Place(file: file.file, line: 1, column: 1), length: 4,
        advice: "promtool says so")
    }
  }

  private func rule(named text: String, in file: RuleFile) -> Bundles.Rule? {
    file.rules.first { text.contains("group \"\($0.group)\", rule \($0.number),") }
  }
}
