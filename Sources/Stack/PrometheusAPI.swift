import Curl
import Foundation

/// The HTTP API of a real Prometheus, typed (docs/querying/api.md of prometheus/prometheus).
public struct PrometheusAPI: Sendable {
  public let url: String

  /// Talks to the server at `url`, `http://127.0.0.1:9090`.
  public init(url: String) {
    self.url = url
  }

  /// An instant query at `time`, in seconds since 1970.
  public func query(_ expression: String, at time: Double) async throws -> QueryValue {
    try await post("query", [("query", expression), ("time", timeText(time))])
  }

  /// A range query; `step` in seconds.
  public func queryRange(_ expression: String, from: Double, to: Double, step: Double) async throws -> QueryValue {
    try await post(
      "query_range", [("query", expression), ("start", timeText(from)), ("end", timeText(to)), ("step", "\(step)")])
  }

  /// The values of a label on the series that any of the selectors selects between two times, in seconds since 1970; on all series without them.
  public func labelValues(_ label: String, of selectors: [String] = [], from: Double, to: Double) async throws
    -> [String]
  {
    try await get("label/\(percentEncoded(label))/values", metadataParameters(selectors, from, to))
  }

  /// The names of the labels of these series.
  public func labelNames(of selectors: [String] = [], from: Double, to: Double) async throws -> [String] {
    try await get("labels", metadataParameters(selectors, from, to))
  }

  /// The label sets of the series that any of the selectors selects between two times.
  public func series(_ selectors: [String], from: Double, to: Double) async throws -> [[String: String]] {
    try await get("series", metadataParameters(selectors, from, to))
  }

  private func metadataParameters(_ selectors: [String], _ from: Double, _ to: Double) -> [(String, String)] {
    selectors.map { ("match[]", $0) } + [("start", timeText(from)), ("end", timeText(to))]
  }

  /// What the server says of its build: its version, `2.42.0`.
  public func version() async throws -> String {
    let build: BuildInformation = try await get("status/buildinfo")
    return build.version
  }

  /// The alerts that are pending or firing now.
  public func alerts() async throws -> [ActiveAlert] {
    let list: AlertList = try await get("alerts")
    return list.alerts
  }

  /// All rule groups as the server has them.
  public func ruleGroups() async throws -> [RuleGroup] {
    let list: RuleGroupList = try await get("rules")
    return list.groups
  }

  /// The targets that it scrapes.
  public func activeTargets() async throws -> [ActiveTarget] {
    let list: TargetList = try await get("targets", [("state", "active")])
    return list.activeTargets
  }

  /// How many Alertmanagers it knows.
  public func alertmanagerCount() async throws -> Int {
    let list: AlertmanagerList = try await get("alertmanagers")
    return list.activeAlertmanagers.count
  }

  private func get<Answer: Decodable>(_ path: String, _ parameters: [(String, String)] = []) async throws -> Answer {
    let query = parameters.isEmpty ? "" : "?" + form(parameters)
    return try await send(HTTPRequest("GET", "\(url)/api/v1/\(path)\(query)", timeout: .seconds(120)), path)
  }

  /// Expressions can be longer than addresses may be.
  private func post<Answer: Decodable>(_ path: String, _ parameters: [(String, String)]) async throws -> Answer {
    let request = HTTPRequest(
      "POST", "\(url)/api/v1/\(path)", headers: ["Content-Type": "application/x-www-form-urlencoded"],
      body: Array(form(parameters).utf8), timeout: .seconds(120))
    return try await send(request, path)
  }

  private func form(_ parameters: [(String, String)]) -> String {
    parameters.map { "\(percentEncoded($0))=\(percentEncoded($1))" }.joined(separator: "&")
  }

  private func send<Answer: Decodable>(_ request: HTTPRequest, _ path: String) async throws -> Answer {
    let response = try await HTTPClient.shared.send(request)
    let envelope: Envelope<Answer>
    do { envelope = try JSONDecoder().decode(Envelope<Answer>.self, from: Data(response.body)) } catch {
      throw StackError("Prometheus answered \(path) with status \(response.status) and no sense in it: \(error)")
    }
    guard let data = envelope.data, envelope.status == "success" else {
      throw QueryError(kind: envelope.errorType ?? "unknown", message: envelope.error ?? "no message")
    }
    return data
  }

  private func timeText(_ time: Double) -> String { String(format: "%.3f", time) }
}

/// What Prometheus says is wrong with a query.
public struct QueryError: Error, Sendable, CustomStringConvertible {
  /// `bad_data`, `execution`, `timeout`, ...
  public var kind: String
  public var message: String

  public var description: String { "\(kind): \(message)" }
}

/// The value of a query.
public enum QueryValue: Sendable, Decodable {
  case vector([Sample])
  case matrix([Series])
  case scalar(Point)
  case string(String)

  /// One series of an instant vector; `metric` holds `__name__` where there is one.
  public struct Sample: Sendable, Decodable {
    public var metric: [String: String]
    public var value: Point
  }

  /// One series of a range vector.
  public struct Series: Sendable, Decodable {
    public var metric: [String: String]
    public var values: [Point]
  }

  /// A time in seconds since 1970 and a value, which Prometheus writes as a text.
  public struct Point: Sendable, Decodable {
    public var time: Double
    public var value: Double

    public init(from decoder: any Decoder) throws {
      var pair = try decoder.unkeyedContainer()
      time = try pair.decode(Double.self)
      let text = try pair.decode(String.self)
      switch text {
      case "+Inf": value = .infinity
      case "-Inf": value = -.infinity
      default: value = Double(text) ?? .nan
      }
    }
  }

  private enum CodingKeys: String, CodingKey { case resultType, result }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    switch try values.decode(String.self, forKey: .resultType) {
    case "vector": self = .vector(try values.decode([Sample].self, forKey: .result))
    case "matrix": self = .matrix(try values.decode([Series].self, forKey: .result))
    case "scalar": self = .scalar(try values.decode(Point.self, forKey: .result))
    default: self = .string("\(try values.decode([StringPart].self, forKey: .result).last?.text ?? "")")
    }
  }

  /// A string result is `[time, "text"]`.
  private struct StringPart: Decodable {
    var text: String?

    init(from decoder: any Decoder) throws { text = try? decoder.singleValueContainer().decode(String.self) }
  }
}

extension QueryValue {
  /// The label sets of its series; one empty set for a scalar or a text.
  public var labelSets: [[String: String]] {
    switch self {
    case .vector(let samples): samples.map(\.metric)
    case .matrix(let series): series.map(\.metric)
    case .scalar, .string: [[:]]
    }
  }

  /// All values, NaN among them.
  public var values: [Double] {
    switch self {
    case .vector(let samples): samples.map(\.value.value)
    case .matrix(let series): series.flatMap { $0.values.map(\.value) }
    case .scalar(let point): [point.value]
    case .string: []
    }
  }

  public var isEmpty: Bool { labelSets.isEmpty }
}

/// A pending or firing alert element.
public struct ActiveAlert: Sendable, Decodable {
  public var labels: [String: String]
  public var annotations: [String: String]
  public var state: String
}

/// A rule group.
public struct RuleGroup: Sendable, Decodable {
  public var name: String
  public var file: String
  /// Seconds.
  public var interval: Double
  public var rules: [Rule]

  /// A rule of it.
  public struct Rule: Sendable, Decodable {
    public var name: String
    public var query: String
    /// `ok`, `err` or `unknown` (not yet evaluated).
    public var health: String
    public var lastError: String?
    /// `alerting` or `recording`.
    public var type: String
  }
}

/// A target that is scraped.
public struct ActiveTarget: Sendable, Decodable {
  public var labels: [String: String]
  public var scrapePool: String
  public var health: String
  public var lastError: String
}

private struct Envelope<Answer: Decodable>: Decodable {
  var status: String
  var data: Answer?
  var errorType: String?
  var error: String?
}
private struct BuildInformation: Decodable { var version: String }
private struct AlertList: Decodable { var alerts: [ActiveAlert] }
private struct RuleGroupList: Decodable { var groups: [RuleGroup] }
private struct TargetList: Decodable { var activeTargets: [ActiveTarget] }
private struct AlertmanagerList: Decodable {
  var activeAlertmanagers: [Peer]
  struct Peer: Decodable { var url: String }
}
