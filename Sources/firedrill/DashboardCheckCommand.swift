import ArgumentParser
import Dashboards
import Diagnostics
import Drill
import Events
import Foundation
import PromQL
import Reports
import Results
import Scenarios
import Signals
import Stack

extension DashboardCommand {
  /// `firedrill dashboard check`.
  struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check", abstract: "Say of each panel whether it shows data on a live Prometheus, and why not.",
      discussion: """
        The dashboards are opened as Grafana would, with the server's own values of variables, over several time ranges: their own, 15
        minutes and a day. --html draws them. The exit code is 1 where a panel shows no data.

        EXAMPLES:
          firedrill dashboard check --prometheus http://127.0.0.1:9090 dashboards
          firedrill dashboard check --prometheus http://127.0.0.1:9090 --var namespace=zenko --range 6h --html page.html redis.json
        """)

    @Argument(help: "Files that hold dashboards, or folders.", completion: .file())
    var paths: [String]

    @Option(help: "The server's address.")
    var prometheus: String

    @OptionGroup var options: OpeningOptions

    @Option(help: "How far to look back, 1h; given again, one more.")
    var range: [String] = []

    @Flag(help: "Panels that show nothing but zeros fail too.")
    var strict = false

    @Option(help: "Write a JUnit report here; - is standard output.")
    var junit: String?

    @Option(help: "Write an HTML report with the dashboards drawn here; - is standard output.")
    var html: String?

    @Option(help: "Write one JSON object here; - is standard output.")
    var json: String?

    func validate() throws { _ = try ranges() }

    func run() async throws {
      let dashboards = try options.dashboards(in: paths)
      let server = PrometheusAPI(url: prometheus.withoutTrailingSlashes)
      var console = consoleReporter(to: [json, junit, html].contains("-") ? .standardError : .standardOutput)
      let began = ContinuousClock.now
      var run = StoredRun(
        info: runInfo(newRunID(), clock: "live", scenarios: dashboards.count), outcome: nil, scenarios: [])
      console.report(.runStarted(run.info), at: .zero)
      for dashboard in dashboards {
        let scenario = try await inspect(dashboard, on: server, number: run.scenarios.count)
        for event in scenario.events { console.report(event, at: ContinuousClock.now - began) }
        run.scenarios.append(scenario)
      }
      let verdict: Verdict = run.scenarios.contains { $0.verdict == .failed } ? .failed : .passed
      let outcome = RunOutcome(verdict: verdict, finishedAt: Date().timeIntervalSince1970, interrupted: false)
      run.outcome = outcome
      console.report(.runFinished(outcome), at: ContinuousClock.now - began)
      if let json { try write(report: JSONReport.render(run), to: json) }
      if let junit { try write(report: JUnitReport.render(run), to: junit) }
      if let html { try write(report: HTMLReport.render(run), to: html) }
      if verdict == .failed { throw ExitStatus.failed }
    }

    /// A dashboard as a scenario of one moment.
    private func inspect(_ dashboard: Dashboard, on server: PrometheusAPI, number: Int) async throws -> StoredScenario {
      let began = ContinuousClock.now
      let expectation = DashboardExpectation(
        dashboard: Located(dashboard.title, at: dashboard.place), at: .zero, ranges: try ranges(),
        variables: try options.overrides(), isStrict: strict)
      do {
        let inspection = DashboardInspection(
          server, dialect: Dialect(version: try await server.version()), at: options.now, expecting: expectation,
          dataSourceInterval: options.interval.flatMap { try? PrometheusDuration.parse($0) })
        let (results, checks) = try await inspection.inspect(dashboard)
        let failed = checks.count { $0.verdict == .failed || $0.verdict == .error }
        return StoredScenario(
          info: ScenarioInfo(
            index: number, name: dashboard.title, file: dashboard.file, line: dashboard.place.line, tags: [],
            virtualStart: options.now, duration: .zero, checks: checks.count),
          outcome: ScenarioOutcome(
            verdict: failed > 0 ? .failed : .passed, message: "\(failed) of \(checks.count) checks failed",
            virtualSeconds: 0, wallSeconds: (ContinuousClock.now - began) / .seconds(1)),
          dashboards: results, checks: checks)
      } catch {
        printError("\(prometheus): \(error)")
        throw ExitStatus.broken
      }
    }

    private func ranges() throws -> [Duration] {
      var ranges: [Duration] = []
      for text in range {
        do { ranges.append(try PrometheusDuration.parse(text)) } catch {
          throw ValidationError("--range: \(error.message)")
        }
      }
      return ranges
    }
  }
}

extension StoredScenario {
  /// What the console is told of it.
  fileprivate var events: [Event] {
    [.scenarioStarted(info)] + checks.map { .checked(scenario: info.index, $0) }
      + (outcome.map { [.scenarioFinished(scenario: info.index, $0)] } ?? [])
  }
}

extension String {
  var withoutTrailingSlashes: String { String(reversed().drop { $0 == "/" }.reversed()) }
}
