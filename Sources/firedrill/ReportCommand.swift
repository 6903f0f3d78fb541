import ArgumentParser
import Events
import Foundation
import Reports
import Results

/// `firedrill report`.
struct ReportCommand: ParsableCommand {
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

  @Option(name: .customLong("run"), help: "A run's id (default: the latest).")
  var id: String?

  @Flag(help: "List the runs, the latest first.")
  var list = false

  @Option(help: "Write a JUnit report here; - is standard output.")
  var junit: String?

  @Option(help: "Write an HTML report here; - is standard output.")
  var html: String?

  @Option(help: "Write one JSON object here; - is standard output.")
  var json: String?

  func run() throws {
    do {
      let store = try ResultsStore(path: results)
      if list {
        return try store.runs().forEach { print(line(of: $0)) }
      }
      let stored = try store.run(id: id)
      if let junit { try write(report: JUnitReport.render(stored), to: junit) }
      if let html { try write(report: HTMLReport.render(stored), to: html) }
      if let json { try write(report: JSONReport.render(stored), to: json) }
      if junit == nil, html == nil, json == nil { try write(report: JSONReport.render(stored), to: "-") }
    } catch let error as ResultsError {
      printError(error.message, advice: error.advice)
      throw ExitStatus.unusable
    }
  }

  private func line(of run: RunSummary) -> String {
    let verdict = run.outcome?.verdict.rawValue ?? "cut off"
    let started = Date(timeIntervalSince1970: run.info.startedAt).formatted(.iso8601)
    return "\(run.info.id)\t\(started)\t\(verdict)\t\(run.checksPassed) of \(run.checks) checks passed"
  }
}
