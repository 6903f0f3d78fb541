public import PromQL
public import Stack

/// Takes an expression apart on a real Prometheus, at one moment: from the whole down to the part whose inputs have data and which has none.
public struct Explainer: Sendable {
  let server: PrometheusAPI
  let dialect: Dialect
  /// Seconds since 1970.
  let time: Double
  /// How far back names and values are looked for: seconds.
  let memory: Double

  /// A series without a newer sample is gone after this many seconds. [Prometheus: --query.lookback-delta]
  static let lookback = 300.0

  /// Explains what `server` knows at `time`, seconds since 1970; metrics and label values of the last `memory` seconds are known.
  public init(_ server: PrometheusAPI, at time: Double, dialect: Dialect = .v2, memory: Double = 86_400) {
    self.server = server
    self.time = time
    self.dialect = dialect
    self.memory = memory
  }

  /// Why an expression is empty at the time; `hasData` where it is not. Throws only where the server cannot be reached.
  public func explain(_ text: String) async throws -> Explanation {
    let expression: PromQL.Expression
    do throws(ParseError) { expression = try PromQL.Expression(parsing: text, dialect: dialect) } catch {
      return Explanation(.refused, "it is no expression: \(error.message)", advice: error.advice)
    }
    do {
      let value = try await self.value(of: expression.root, in: expression)
      guard value.isEmpty else { return describe(value) }
      return try await explain(expression.root, in: expression)
    } catch let error as QueryError {
      return Explanation(.refused, "Prometheus refuses it: \(error.message)", evidence: [text])
    }
  }

  private func describe(_ value: QueryValue) -> Explanation {
    let values = value.values
    let series = counted(value.labelSets.count, "series", "series")
    if !values.isEmpty, values.allSatisfy(\.isNaN) { return Explanation(.hasData, "it has \(series), all of them NaN") }
    if !values.isEmpty, values.allSatisfy({ $0 == 0 }) {
      return Explanation(.hasData, "it has \(series), all of them 0")
    }
    return Explanation(.hasData, "it has \(series)", evidence: samples(of: value))
  }

  // MARK: - The walk

  /// Why a node is empty, which is known.
  func explain(_ id: Expression.NodeID, in expression: PromQL.Expression) async throws -> Explanation {
    switch expression[id].kind {
    case .number, .string: Explanation(.hasData, "it is a constant")
    case .vector(let selector): try await explain(selector, range: nil)
    case .matrix(let selector, let range): try await explain(selector, range: range)
    case .parentheses(let operand), .unary(_, let operand): try await explain(operand, in: expression)
    case .subquery(let subquery): try await explain(subquery, in: expression)
    case .aggregation(let aggregation): try await explain(aggregation, in: expression)
    case .call(let function, let arguments): try await explain(function, arguments, id, in: expression)
    case .binary(let operation): try await explain(operation, in: expression)
    }
  }

  private func explain(_ aggregation: Aggregation, in expression: PromQL.Expression) async throws -> Explanation {
    if try await isEmpty(aggregation.operand, in: expression) {
      return try await explain(aggregation.operand, in: expression)
    }
    let written = aggregation.parameter.map { expression.print($0) } ?? ""
    return Explanation(
      .functionGivesNothing, "`\(aggregation.aggregator.rawValue)` keeps nothing: its parameter is `\(written)`")
  }

  /// A subquery looks at its operand at many moments; the last one is what is explained.
  private func explain(_ subquery: Subquery, in expression: PromQL.Expression) async throws -> Explanation {
    guard try await isEmpty(subquery.operand, in: expression) else {
      return Explanation(
        .noDataAtThatTime,
        "`\(expression.print(subquery.operand))` has data, but not in the range of the subquery behind it",
        advice: "is the drill, or the server's history, long enough for it?")
    }
    return try await explain(subquery.operand, in: expression)
  }

  // MARK: - Questions to the server

  /// The value of a part at the time; of a range, how many samples each series has in it.
  func value(of id: Expression.NodeID, in expression: PromQL.Expression) async throws -> QueryValue {
    let text = expression.print(id)
    return try await server.query(expression[id].type == .matrix ? "count_over_time(\(text))" : text, at: time)
  }

  func isEmpty(_ id: Expression.NodeID, in expression: PromQL.Expression) async throws -> Bool {
    try await value(of: id, in: expression).isEmpty
  }
}

// MARK: - Words

func counted(_ count: Int, _ one: String, _ many: String) -> String { count == 1 ? "1 \(one)" : "\(count) \(many)" }

/// `a`, `b`, `c` and 9 more.
func listed(_ items: [String], most: Int = 8) -> String {
  let shown = items.prefix(most).map { "`\($0)`" }.joined(separator: ", ")
  return items.count > most ? "\(shown) and \(items.count - most) more" : shown
}

/// `{a="b"} 5`, a few of them.
func samples(of value: QueryValue, most: Int = 3) -> [String] {
  guard case .vector(let samples) = value else { return [] }
  let lines = samples.prefix(most).map { "\(text(of: $0.metric)) \(number($0.value.value))" }
  return samples.count > most ? lines + ["... \(samples.count) series in all"] : lines
}

func text(of labels: [String: String]) -> String {
  let name = labels["__name__"] ?? ""
  let pairs = labels.filter { $0.key != "__name__" }.sorted { $0.key < $1.key }
  guard !pairs.isEmpty || name.isEmpty else { return name }
  return "\(name){\(pairs.map { "\($0.key)=\(PromQL.Expression.quoted($0.value))" }.joined(separator: ", "))}"
}

/// A number as a person would write it.
func number(_ value: Double) -> String {
  guard value.isFinite, value != value.rounded() || value.magnitude >= 1e15 else {
    return value.isFinite ? "\(Int64(value))" : value.isNaN ? "NaN" : value < 0 ? "-Inf" : "+Inf"
  }
  // Four digits are enough to see why a comparison fails.
  let scale = exponent10(of: value)
  return "\((value * scale).rounded() / scale)"
}

private func exponent10(of value: Double) -> Double {
  var scale = 1.0
  while (value * scale).magnitude < 1000, scale < 1e15 { scale *= 10 }
  return scale
}
