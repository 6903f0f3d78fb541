import ArgumentParser
import Curl
import Explain
import Foundation
import PromQL
import Stack

/// `firedrill explain`.
struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Say why an expression has no data on a live Prometheus.",
    discussion: """
      The expression is taken apart on the server: which selector has no series and which of its matchers took them away, which values do
      exist, which labels keep two sides apart, whether a range is too short. The exit code is 1 where the expression has no data.

      EXAMPLES:
        firedrill explain --prometheus http://127.0.0.1:9090 'rate(http_request_total[5m]) > 0'
        firedrill explain --prometheus http://127.0.0.1:9090 --time 2026-11-25T12:00:00Z --json 'up{job="redis"}'
      """)

  @Option(help: "The server's address.")
  var prometheus: String

  @Option(help: "The moment to look at: seconds since 1970, or RFC 3339 (default: now).", transform: moment(from:))
  var time: Double?

  @Flag(help: "Print JSON.")
  var json = false

  @Argument(help: "A PromQL expression.")
  var expression: String

  func run() async throws {
    let server = PrometheusAPI(url: prometheus.withoutTrailingSlashes)
    let explanation: Explanation
    do {
      let dialect = Dialect(version: try await server.version())
      let explainer = Explainer(server, at: time ?? Date().timeIntervalSince1970, dialect: dialect)
      explanation = try await explainer.explain(expression)
    } catch {
      printLine("firedrill: \(prometheus): \(error)", to: .standardError)
      throw ExitStatus.broken
    }
    print(json ? try encoded(explanation) : text(of: explanation))
    if explanation.cause == .refused { throw ExitStatus.unusable }
    if explanation.cause != .hasData { throw ExitStatus.failed }
  }

  private func text(of explanation: Explanation) -> String {
    ([explanation.sentence] + explanation.evidence.map { "  " + $0 }
      + (explanation.advice.map { ["help: " + $0] } ?? [])).joined(separator: "\n")
  }

  private func encoded(_ explanation: Explanation) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(explanation), as: UTF8.self)
  }
}

func moment(from text: String) throws -> Double {
  if let seconds = Double(text) { return seconds }
  guard let date = try? Date(text, strategy: .iso8601) else {
    throw ValidationError("`\(text)` is no moment: write seconds since 1970, or 2026-11-25T12:00:00Z")
  }
  return date.timeIntervalSince1970
}
