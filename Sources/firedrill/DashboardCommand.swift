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
    commandName: "dashboard", abstract: "Work on Grafana dashboards without a Grafana.", subcommands: [Queries.self])

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

    @Option(help: "A value for an input of the dashboard's import, NAME=VALUE.")
    var input: [String] = []

    @Option(name: .customLong("var"), help: "A value of a variable, NAME=VALUE; given again, one more.")
    var variables: [String] = []

    @Option(help: "How far to look back, 1h (default: the dashboard's own time).")
    var range: String?

    @Option(help: "The data source's scrape interval as Grafana is told it (default: not told, which is 15s).")
    var interval: String?

    @Option(help: "Points that a panel has room for (default: by its width in a window of 1600 px).")
    var maxDataPoints: Int?

    @Option(help: "The moment to look at: seconds since 1970, or RFC 3339 (default: now).", transform: moment(from:))
    var time: Double?

    @Option(help: "The major version of Prometheus, 2 or 3, whose PromQL is read.", transform: dialect(named:))
    var dialect = Dialect.v2

    @Flag(help: "Count over all dashboards below a folder.")
    var summary = false

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
      let opened = try OpenedDashboards(
        inputs: try pairs(input).mapValues { $0.last ?? "" }, settings: settings(), dialect: dialect)
      if summary { return try await summarize(opened) }
      let file = opened.read(path)
      try report(file.findings.filter { $0.severity == .error })
      guard !file.dashboards.isEmpty else {
        printError("`\(path)` holds no dashboard", advice: "name a dashboard's JSON, or what it is wrapped in")
        throw ExitStatus.unusable
      }
      let overrides = try pairs(variables)
      var answers: [OpenedDashboard] = []
      for dashboard in file.dashboards { answers.append(await opened.open(dashboard, overrides: overrides)) }
      print(json ? try encoded(answers.map(DashboardDescription.init)) : answers.map(\.text).joined(separator: "\n"))
      let findings = (file.findings + answers.flatMap(\.findings)).filter { $0.severity != .note }
      show(findings)
      let isRefused = answers.contains(where: \.hasRefusals)
      if isRefused || findings.contains(where: { $0.severity == .error }) { throw ExitStatus.failed }
    }

    private func settings() -> QuerySettings {
      let source = DataSource(name: "Prometheus", uid: "prometheus", type: "prometheus", timeInterval: interval)
      let now = time ?? Date().timeIntervalSince1970
      return QuerySettings(
        now: Int64((now * 1000).rounded()), range: grafanaRange, maxDataPoints: maxDataPoints,
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

/// `NAME=VALUE`, by name, in the order given.
private func pairs(_ texts: [String]) throws -> [String: [String]] {
  var pairs: [String: [String]] = [:]
  for text in texts {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, !parts[0].isEmpty else {
      printError("`\(text)` is not NAME=VALUE", advice: "write --var namespace=zenko")
      throw ExitStatus.unusable
    }
    pairs[parts[0], default: []].append(parts[1])
  }
  return pairs
}

private func encoded(_ value: some Encodable) throws -> String {
  let encoder = JSONEncoder()
  encoder.keyEncodingStrategy = .convertToSnakeCase
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  return String(decoding: try encoder.encode(value), as: UTF8.self)
}
