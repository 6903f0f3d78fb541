public import Diagnostics

/// What a query variable asks a Prometheus for. [Grafana: packages/grafana-prometheus/src/metric_find_query.ts]
public struct VariableRequest: Sendable, Hashable {
  /// The variable's name.
  public var variable: String
  public var place: Place
  public var dataSource: DataSource
  public var kind: Kind
  /// Whole seconds since the epoch, rounded up.
  public var start: Int64
  public var end: Int64

  public enum Kind: Sendable, Hashable {
    /// `/api/v1/labels`, answered with `names`.
    case labelNames(match: String?)
    /// `/api/v1/label/<label>/values`, answered with `names`.
    case labelValues(label: String, match: String?)
    /// `/api/v1/series`, answered with `series`.
    case series(match: String)
    /// `/api/v1/query` at `end`, answered with `samples` or `scalar`.
    case instant(expr: String)
  }
}

/// What a Prometheus answered to a `VariableRequest`.
public enum VariableAnswer: Sendable, Hashable {
  case names([String])
  case series([[String: String]])
  case samples([Sample])
  case scalar(String)

  /// One sample of an instant vector; `labels` hold `__name__`.
  public struct Sample: Sendable, Hashable {
    public var labels: [String: String]
    /// As the server wrote it.
    public var value: String
    /// Epoch milliseconds.
    public var time: Int64

    /// Creates a sample.
    public init(labels: [String: String], value: String, time: Int64) {
      self.labels = labels
      self.value = value
      self.time = time
    }
  }
}

/// What answers the queries of variables; a thrown error becomes a finding, and the variable keeps its stored value.
public protocol VariableSource: Sendable {
  func answer(_ request: VariableRequest) async throws -> VariableAnswer
}

extension VariableRequest.Kind {
  /// The request of a query's text, its variables put in.
  init(_ text: String) {
    let text = String(text.trimmingBlanks)
    if let inside = Self.inside("label_names", of: text) {
      let metric = inside.trimmingBlanks
      self = .labelNames(match: metric.isEmpty ? nil : "{__name__=~\".*\(metric).*\"}")
    } else if let inside = Self.inside("label_values", of: text), let (selector, label) = Self.labelled(inside) {
      self = .labelValues(label: label, match: selector)
    } else if let inside = Self.inside("metrics", of: text) {
      self = .labelValues(label: "__name__", match: "{__name__=~\"\(inside.trimmingBlanks)\"}")
    } else if let inside = Self.inside("query_result", of: text) {
      self = .instant(expr: String(inside))
    } else {
      self = .series(match: text)
    }
  }

  /// What stands between the brackets of a function, to the last one.
  private static func inside(_ function: String, of text: String) -> Substring? {
    let rest = text.dropFirst(function.count)
    guard text.hasPrefix(function), rest.first == "(", rest.last == ")", rest.count >= 2 else { return nil }
    // A text of many lines is none of the functions, and so asked for as a series. [Grafana: `.` in
    // variableMigration.ts]
    guard !rest.contains(where: \.isNewline) else { return nil }
    return rest.dropFirst().dropLast()
  }

  /// `selector, label`, split at the last comma; nil where what should be the label is none.
  private static func labelled(_ inside: Substring) -> (String?, String)? {
    let comma = inside.lastIndex(of: ",")
    let label = comma.map { inside[inside.index(after: $0)...] } ?? inside
    let trimmed = label.trimmingBlanks
    guard !trimmed.isEmpty, trimmed.allSatisfy({ $0.isWord || $0 == ":" || $0 == "." || $0 == "-" }) else { return nil }
    let selector = comma.map { inside[..<$0].trimmingBlanks }
    let says = selector.map { !$0.isEmpty && $0 != "{}" } ?? false
    return (says ? selector.map(String.init) : nil, String(trimmed))
  }
}

extension VariableAnswer {
  /// The choices that an answer offers to the request.
  func options(for kind: VariableRequest.Kind) -> [Variable.Option] {
    switch (self, kind) {
    case (.names(let names), .labelNames(.some)): names.filter { $0 != "__name__" }.map { Variable.Option($0) }
    case (.names(let names), _): names.map { Variable.Option($0) }
    // Servers that cannot match label values are asked for series.
    case (.series(let series), .labelValues(let label, _)):
      VariableOptions.unique(series.compactMap { $0[label] }.map { Variable.Option($0) })
    case (.series(let series), _): series.map { Variable.Option(Self.written($0)) }
    case (.samples(let samples), _):
      samples.map { Variable.Option("\(Self.written($0.labels)) \($0.value) \($0.time)") }
    case (.scalar(let value), _): [Variable.Option(value)]
    }
  }

  /// `name{k="v",...}` with sorted labels, the order in which Prometheus writes them.
  private static func written(_ labels: [String: String]) -> String {
    let pairs = labels.filter { $0.key != "__name__" }.sorted { $0.key < $1.key }.map { "\($0.key)=\"\($0.value)\"" }
    return (labels["__name__"] ?? "") + "{" + pairs.joined(separator: ",") + "}"
  }
}
