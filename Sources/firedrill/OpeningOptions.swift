import ArgumentParser
import Dashboards
import Diagnostics
import Foundation
import PromQL
import Signals

/// How a dashboard is opened: what one chooses in Grafana's import, its address bar and its data source.
struct OpeningOptions: ParsableArguments {
  @Option(help: "A value for an input of the dashboard's import, NAME=VALUE.")
  var input: [String] = []

  @Option(name: .customLong("var"), help: "A value of a variable, NAME=VALUE; given again, one more.")
  var variables: [String] = []

  @Option(help: "The data source's scrape interval as Grafana is told it (default: not told, which is 15s).")
  var interval: String?

  @Option(help: "The moment to look at: seconds since 1970, or RFC 3339 (default: now).", transform: moment(from:))
  var time: Double?

  func validate() throws {
    guard let interval else { return }
    do { _ = try PrometheusDuration.parse(interval) } catch { throw ValidationError("--interval: \(error.message)") }
    _ = try overrides()
  }

  /// Seconds since 1970.
  var now: Double { time ?? Date().timeIntervalSince1970 }

  func overrides() throws -> [String: [String]] { try assignments(variables) }
  func inputs() throws -> [String: String] { try assignments(input).compactMapValues(\.last) }

  /// The dashboards of files and folders; prints what is wrong with them, and throws where there are none.
  func dashboards(in paths: [String]) throws -> [Dashboard] {
    let opened = OpenedDashboards(inputs: try inputs(), settings: QuerySettings(now: 0), dialect: .v2)
    let read = paths.flatMap(OpenedDashboards.files).map(opened.read)
    try report(read.flatMap(\.findings).filter { $0.severity == .error })
    let dashboards = read.flatMap(\.dashboards)
    guard !dashboards.isEmpty else {
      printError(
        "`\(paths.joined(separator: " "))` holds no dashboard",
        advice: "name a dashboard's JSON, or what it is wrapped in")
      throw ExitStatus.unusable
    }
    return dashboards
  }
}

/// `NAME=VALUE`, by name, in the order given.
func assignments(_ texts: [String]) throws -> [String: [String]] {
  var pairs: [String: [String]] = [:]
  for text in texts {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, !parts[0].isEmpty else {
      throw ValidationError("`\(text)` is not NAME=VALUE: write namespace=zenko")
    }
    pairs[parts[0], default: []].append(parts[1])
  }
  return pairs
}
