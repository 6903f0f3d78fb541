import Foundation
import Testing

/// Each file of `Cases` is one command with its files and what it must print; `FIREDRILL_UPDATE_GOLDENS=1` writes what it does print.
///
/// Sections begin with `-- name --`: `command` (arguments), `exit`, `stderr`, `stdout` where it matters, and `file NAME`.
@Suite struct CaseTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Cases").path
  static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()

  @Test(arguments: names) func says(name: String) async throws {
    let path = "\(Self.folder)/\(name)"
    var sections = parse(try String(contentsOfFile: path, encoding: .utf8))
    let firedrill = try Firedrill()
    defer { firedrill.remove() }
    for section in sections where section.name.hasPrefix("file ") {
      try firedrill.write(section.text, to: String(section.name.dropFirst(5)))
    }
    let command = try #require(sections.first { $0.name == "command" })
    let result = try await firedrill.run(command.text.split(whereSeparator: \.isWhitespace).map(String.init))
    let actual = ["exit": "\(result.status)\n", "stderr": result.errors, "stdout": result.output]
    if ProcessInfo.processInfo.environment["FIREDRILL_UPDATE_GOLDENS"] == "1" {
      for index in sections.indices { sections[index].text = actual[sections[index].name] ?? sections[index].text }
      try sections.map { "-- \($0.name) --\n\($0.text)" }.joined().write(
        toFile: path, atomically: true, encoding: .utf8)
      return
    }
    for section in sections {
      if let text = actual[section.name] { #expect(text == section.text, "\(section.name) of \(name)") }
    }
    // Nothing was started, and nothing was left.
    if result.status == 2 { #expect(!FileManager.default.fileExists(atPath: firedrill.folder + "/reports")) }
  }

  @Test func thereAreCases() { #expect(Self.names.count > 10) }

  private struct Section {
    var name: String
    var text: String
  }

  private func parse(_ text: String) -> [Section] {
    var sections: [Section] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      if line.hasPrefix("-- "), line.hasSuffix(" --") {
        sections.append(Section(name: String(line.dropFirst(3).dropLast(3)), text: ""))
      } else if !sections.isEmpty {
        sections[sections.count - 1].text += line + "\n"
      }
    }
    return sections
  }
}
