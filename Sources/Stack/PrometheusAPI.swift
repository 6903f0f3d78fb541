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
    try await get("query", ["query": expression, "time": timeText(time)])
  }

  /// A range query; `step` in seconds.
  public func queryRange(_ expression: String, from: Double, to: Double, step: Double) async throws -> QueryValue {
    try await get(
      "query_range", ["query": expression, "start": timeText(from), "end": timeText(to), "step": "\(step)"])
  }

  /// The alerts that are pending or firing now.
  public func alerts() async throws -> [ActiveAlert] {
    let list: AlertList = try await get("alerts", [:])
    return list.alerts
  }

  /// All rule groups as the server has them.
  public func ruleGroups() async throws -> [RuleGroup] {
    let list: RuleGroupList = try await get("rules", [:])
    return list.groups
  }

  /// The targets that it scrapes.
  public func activeTargets() async throws -> [ActiveTarget] {
    let list: TargetList = try await get("targets", ["state": "active"])
    return list.activeTargets
  }

  /// How many Alertmanagers it knows.
  public func alertmanagerCount() async throws -> Int {
    let list: AlertmanagerList = try await get("alertmanagers", [:])
    return list.activeAlertmanagers.count
  }

  private func get<Answer: Decodable>(_ path: String, _ parameters: [String: String]) async throws -> Answer {
    let body = parameters.sorted { $0.key < $1.key }.map { "\($0.key)=\(percentEncoded($0.value))" }.joined(
      separator: "&")
    let query = body.isEmpty ? "" : "?" + body
    let response = try await HTTPClient.shared.send(
      HTTPRequest("GET", "\(url)/api/v1/\(path)\(query)", timeout: .seconds(120)))
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
private struct AlertList: Decodable { var alerts: [ActiveAlert] }
private struct RuleGroupList: Decodable { var groups: [RuleGroup] }
private struct TargetList: Decodable { var activeTargets: [ActiveTarget] }
private struct AlertmanagerList: Decodable {
  var activeAlertmanagers: [Peer]
  struct Peer: Decodable { var url: String }
}
