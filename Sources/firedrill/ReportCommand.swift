import ArgumentParser
import Foundation
import Reports
import Results

/// `firedrill report`.
struct ReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Render reports of a stored run again.",
    discussion: """
      EXAMPLES:
        firedrill report --html reports/report.html     the latest run
        firedrill report --list                         which runs there are
        firedrill report --run 20260301T080000-3f9a --json -
      """)

  @Option(help: "The SQLite record of runs.")
  var results = "reports/firedrill.sqlite"

  @Option(help: "A run's id (default: the latest).")
  var run: String?

  @Flag(help: "List the runs, the latest first.")
  var list = false

  @Option(help: "Write a JUnit report here; - is standard output.")
  var junit: String?

  @Option(help: "Write an HTML report here; - is standard output.")
  var html: String?

  @Option(help: "Write one JSON object here; - is standard output.")
  var json: String?

  func run() async throws {
    do {
      let store = try ResultsStore(path: results)
      if list {
        for id in try await store.runs() { print(id) }
        return
      }
      let stored = try await store.run(id: run)
      if let junit { try write(report: JUnitReport.render(stored), to: junit) }
      if let html { try write(report: HTMLReport.render(stored), to: html) }
      if let json { try write(report: JSONReport.render(stored), to: json) }
      if junit == nil, html == nil, json == nil { try write(report: JSONReport.render(stored), to: "-") }
    } catch let error as ResultsError {
      printError(error.description, advice: error.advice)
      throw ExitStatus.unusable
    }
  }
}
