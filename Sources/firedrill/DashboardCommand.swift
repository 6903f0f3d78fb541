import ArgumentParser
import Dashboards
import Diagnostics
import Drill
import Foundation
import PromQL
import Signals

/// `firedrill dashboard`.
struct DashboardCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dashboard", abstract: "Work on Grafana dashboards without a Grafana.",
    subcommands: [Queries.self, Check.self])

  /// `firedrill dashboard queries`.
  struct Queries: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "queries", abstract: "Print each panel's queries as Grafana would send them.",
      discussion: """
        Nobody is asked for the values of variables: they are those that the dashboard stores, that --var gives, or, with neither, their own
        names. What is not sent to a Prometheus is listed with the reason. --summary counts over a folder and all below it.

        EXAMPLES:
          firedrill dashboard queries dashboards/redis.json
          firedrill dashboard queries redis.json --var namespace=zenko --range 6h --json | jq '.[].panels[].queries[].expr'
          firedrill dashboard queries --summary dashboards
        """)

    @Argument(help: "A dashboard's file, whatever it is wrapped in; with --summary a folder.", completion: .file())
    var path: String

    @OptionGroup var options: OpeningOptions

    @Option(help: "How far to look back, 1h (default: the dashboard's own time).")
    var range: String?

    @Option(help: "Points that a panel has room for (default: by its width in a window of 1600 px).")
    var maxDataPoints: Int?

    @Option(help: "The major version of Prometheus, 2 or 3, whose PromQL is read.", transform: dialect(named:))
    var dialect = Dialect.v2

    @Flag(help: "Count over all dashboards below a folder.")
    var summary = false

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
      let opened = OpenedDashboards(inputs: try options.inputs(), settings: settings(), dialect: dialect)
      if summary { return try await summarize(opened) }
      let file = opened.read(path)
      try report(file.findings.filter { $0.severity == .error })
      guard !file.dashboards.isEmpty else {
        printError("`\(path)` holds no dashboard", advice: "name a dashboard's JSON, or what it is wrapped in")
        throw ExitStatus.unusable
      }
      let overrides = try options.overrides()
      var answers: [OpenedDashboard] = []
      for dashboard in file.dashboards { answers.append(await opened.open(dashboard, overrides: overrides)) }
      print(json ? try encoded(answers.map(DashboardDescription.init)) : answers.map(\.text).joined(separator: "\n"))
      let findings = (file.findings + answers.flatMap(\.findings)).filter { $0.severity != .note }
      show(findings)
      let isRefused = answers.contains(where: \.hasRefusals)
      if isRefused || findings.contains(where: { $0.severity == .error }) { throw ExitStatus.failed }
    }

    private func settings() -> QuerySettings {
      let source = DataSource(name: "Prometheus", uid: "prometheus", type: "prometheus", timeInterval: options.interval)
      return QuerySettings(
        now: Int64((options.now * 1000).rounded()), range: grafanaRange, maxDataPoints: maxDataPoints,
        dataSources: DataSources(known: [source]))
    }

    /// Grafana's times know one unit, `90m`; people write `1h30m`.
    private var grafanaRange: String? {
      guard let range, let duration = try? PrometheusDuration.parse(range) else { return range }
      return "\(Int64(duration / .seconds(1)))s"
    }

    private func summarize(_ opened: OpenedDashboards) async throws {
      let summary = await DashboardSummary(below: path, opened)
      print(json ? try encoded(summary) : summary.text)
      if summary.files == 0 { throw ExitStatus.nothingSelected }
      if !summary.failed.isEmpty || !summary.parseFailures.isEmpty { throw ExitStatus.failed }
    }
  }
}

private func encoded(_ value: some Encodable) throws -> String {
  let encoder = JSONEncoder()
  encoder.keyEncodingStrategy = .convertToSnakeCase
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  return String(decoding: try encoder.encode(value), as: UTF8.self)
}
