import Foundation
import PromQL
import Reading
import TestSupport
import Testing

private let corpusFolder = ProcessInfo.processInfo.environment["FIREDRILL_CORPUS"]

/// What is an expression and what is not is for the installed promtool (Prometheus 2) to say.
@Suite struct OracleTests {
  /// Expressions of every kind, to be mutated.
  private static let seeds = [
    #"sum by (job, code) (rate(http_requests_total{job=~"api.*",code!="200"}[5m])) > 0.5"#,
    #"histogram_quantile(0.99, sum(rate(http_request_duration_seconds_bucket{le!="+Inf"}[1h30m])) by (le)) * 1e3"#,
    #"label_replace(up{instance=~"(?i)node-[a-z]{1,3}\\d+"}, "host", "$1", "instance", `(\w+):.*`) == bool 1"#,
    #"max_over_time(sum(rate(foo[1m] offset 5m))[1h:5m] @ end() offset -1d) or vector(0)"#,
    #"a:b:c / on(instance, job) group_left(version) {__name__="d",e!~""} ^ -2 unless ignoring(x) f @ 1603774568.5"#,
    #"topk(3, count_values("version", build_info)) and absent(nonexistent{job='x'}) atan2 0x1F"#,
    #"(time() - node_boot_time_seconds{instance="$host:9100"}) / 3600 % 24 >= hour() # why"#,
    #"predict_linear(free_bytes{path=~"/(home|var)[^/]*"}[6h], 4 * 3600) < 0 or quantile_over_time(.5, x[5m:1m]) <= +Inf"#,
    #"clamp(irate(c[2m]), -1, 1) + round(d, 0.1) - pi() != NaN"#,
  ]

  private static let pieces = [
    "(", ")", "{", "}", "[", "]", ",", "\"", "'", "`", "by", "without", "on", "ignoring", "group_left", "group_right",
    "offset", "@", "5m", "1h30m", "90", "0", "-", "+", "*", "/", "==", "!=", "=~", "!~", ">", "bool ", "sum", "rate",
    " and ", " or ", "1e3", "017", "inf", "start()", "end()", ":", ".", "\\", "$", "|", "?", "(?i)", "(?P<n>x)", "[a-z",
    "[^", "{2,3}",
    "{1001}", "\\\\d", "\\\\p{Greek}", "foo", "__name__", "# c", "time()", "vector(0)", "^", "%", "é", "5ms", "1y2w",
    " offset 5m", "[5m]", "[5m:1m]", "a{}", " x",
  ]

  /// Which of the expressions promtool refuses.
  private func refused(_ expressions: [String]) async throws -> Set<Int> {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    let rules = try expressions.map {
      "  - {record: r, expr: \(String(decoding: try encoder.encode($0), as: UTF8.self))}"
    }
    let (status, output) = try await withTemporaryFolder { folder in
      let file = "\(folder)/rules.yaml"
      try Data("groups:\n- name: g\n  rules:\n\(rules.joined(separator: "\n"))\n".utf8).write(to: URL(filePath: file))
      return try await run("promtool", ["check", "rules", file])
    }
    let refused = output.matches(of: #/group "g", rule ([0-9]+),/#).compactMap { Int($0.1).map { $0 - 1 } }
    // Anything else that promtool could not do is no answer.
    try #require(status == 0 || !refused.isEmpty, "\(output.prefix(500))")
    return Set(refused)
  }

  private func refusal(of text: String) -> ParseError? {
    do throws(ParseError) {
      _ = try PromQL.Expression(parsing: text)
      return nil
    } catch {
      return error
    }
  }

  private func compare(_ expressions: [String]) async throws {
    let refused = try await refused(expressions)
    for (index, text) in expressions.enumerated() {
      let error = refusal(of: text)
      #expect((error != nil) == refused.contains(index), "\(text): \(error?.message ?? "accepted")")
    }
  }

  private func mutate(_ text: String, _ random: inout Random) -> String {
    var words = Array(text)
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let at = Int.random(in: 0...words.count, using: &random)
      let end = min(words.count, at + Int.random(in: 0...4, using: &random))
      let piece = Self.pieces.randomElement(using: &random) ?? ""
      switch Int.random(in: 0..<4, using: &random) {
      case 0: words.removeSubrange(at..<end)
      case 1: words.insert(contentsOf: piece, at: at)
      case 2: words.replaceSubrange(at..<end, with: piece)
      default: words.insert(contentsOf: words[at..<end].reversed(), at: Int.random(in: 0...words.count, using: &random))
      }
    }
    return String(words)
  }

  @Test func agreesWithPromtoolOnSeeds() async throws { try await compare(Self.seeds) }

  /// Every `expr` of the corpus' rules and dashboards, variables in place as they are, and put in.
  private func corpusExpressions() throws -> [String] {
    let corpus = try #require(corpusFolder)
    var found: Set<String> = []
    func collect(_ json: JSON) {
      if let text = json["expr"]?.text { found.insert(text) }
      for member in json.members { collect(member.value) }
      for element in json.elements { collect(element) }
      // Dashboards in ConfigMaps.
      if let text = json.string, text.hasPrefix("{"), let inner = try? JSONReader.parse(text, file: "") {
        collect(inner)
      }
    }
    for name in FileManager.default.enumerator(atPath: corpus)?.compactMap({ $0 as? String }) ?? [] {
      guard let text = try? String(contentsOfFile: "\(corpus)/\(name)", encoding: .utf8) else { continue }
      if name.hasSuffix(".json") { collect(try JSONReader.parse(text, file: name)) }
      if name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
        YAMLReader(file: name).composeAll(text).forEach { collect(JSON($0)) }
      }
    }
    let variables = /\$__\w+|\$\{\w+(:\w+)?\}|\$\w+|\[\[\w+\]\]/
    return Set(found.flatMap { [$0, $0.replacing(variables, with: "5m")] }).sorted()
  }

  @Test(.enabled(if: corpusFolder != nil, "FIREDRILL_CORPUS names no corpus"))
  func agreesWithPromtoolOnTheCorpus() async throws {
    let expressions = try corpusExpressions()
    #expect(expressions.count > 2000)
    try await compare(expressions)
    var random = Random(seed: 5)
    try await compare((0..<5000).map { _ in mutate(expressions.randomElement(using: &random) ?? "", &random) })
  }

  @Test(.enabled(if: corpusFolder != nil, "FIREDRILL_CORPUS names no corpus"))
  func printsTheCorpusSoThatItParsesToTheSame() throws {
    for text in try corpusExpressions() {
      guard let expression = try? PromQL.Expression(parsing: text) else { continue }
      let printed = expression.description
      #expect(try PromQL.Expression(parsing: printed).description == printed, "\(text)")
    }
  }

  @Test(arguments: 1...3) func agreesWithPromtoolOnMutations(seed: Int) async throws {
    var random = Random(seed: UInt64(seed))
    try await compare(
      (0..<2500).map { _ in mutate(Self.seeds[Int.random(in: 0..<Self.seeds.count, using: &random)], &random) })
  }

  @Test func agreesWithPromtoolOnRegularExpressions() async throws {
    var random = Random(seed: 4)
    let pieces = [
      "a", "b", "(", ")", "|", "*", "+", "?", "*?", "{2}", "{2,}", "{,3}", "{3,2}", "{1000}", "{1001}", "{01}", "[",
      "]", "[^a", "-", "z-a",
      "[:alpha:]", "[:foo:]", "\\d", "\\D", "\\b", "\\B", "\\A", "\\z", "\\Z", "\\Q", "\\E", "\\pL", "\\p{Greek}",
      "\\p{^Foo}", "\\x41", "\\x{41}",
      "\\x{110000}", "\\07", "\\8", "\\1", "\\_", "\\-", "\\é", "(?i)", "(?i:", "(?-s)", "(?-)", "(?", "(?=", "(?P<x>",
      "(?P=x)", "(?<y>", "^", "$", ".", "\\",
    ]
    try await compare(
      (0..<4000).map { _ in
        let regex = (0..<Int.random(in: 1...6, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
          .joined()
        return "{x=~\(PromQL.Expression.quoted(regex))}"
      })
  }
}

/// The same numbers on every machine. [SplitMix64]
private struct Random: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
