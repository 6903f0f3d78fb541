import PromQL
import Stack

// Functions that have input and give no output.
extension Explainer {
  func explain(
    _ function: Function, _ arguments: [Expression.NodeID], _ id: Expression.NodeID, in expression: PromQL.Expression
  ) async throws -> Explanation {
    for argument in arguments where expression[argument].type == .vector || expression[argument].type == .matrix {
      guard try await isEmpty(argument, in: expression) else { continue }
      return try await explain(argument, in: expression)
    }
    let input = arguments.first { expression[$0].type == .vector || expression[$0].type == .matrix }
    switch function.name {
    case "absent", "absent_over_time":
      return Explanation(
        .presentAsItShouldNotBe, "`\(expression.print(id))` is empty because the series exists",
        evidence: try await evidence(of: input, in: expression))
    case "histogram_quantile", "histogram_fraction", "histogram_quantiles":
      return try await explainBuckets(input, in: expression)
    default: break
    }
    if let input, case .matrix(let selector, let range) = expression[input].kind {
      return try await explainRange(function, selector, range, input, in: expression)
    }
    return Explanation(
      .functionGivesNothing, "`\(function.name)` gives no value for the data that it gets",
      evidence: try await evidence(of: input, in: expression))
  }

  private func evidence(of input: Expression.NodeID?, in expression: PromQL.Expression) async throws -> [String] {
    guard let input else { return [] }
    return samples(of: try await value(of: input, in: expression))
  }

  /// The functions that need two samples of a series. [Prometheus: promql/functions.go]
  private static let needTwo: Set<String> = [
    "rate", "increase", "delta", "irate", "idelta", "deriv", "predict_linear", "holt_winters",
    "double_exponential_smoothing",
  ]

  private func explainRange(
    _ function: Function, _ selector: VectorSelector, _ range: Span, _ input: Expression.NodeID,
    in expression: PromQL.Expression
  ) async throws -> Explanation {
    let counts = try await value(of: input, in: expression)
    let most = counts.values.max() ?? 0
    guard Self.needTwo.contains(function.name), most < 2 else {
      return Explanation(
        .functionGivesNothing, "`\(function.name)` gives no value for the data that it gets",
        evidence: samples(of: counts))
    }
    let interval = try await scrapeInterval(of: selector)
    let written = interval.map { ", which has one every \(number($0)) s" } ?? ""
    return Explanation(
      .rangeTooShort,
      "`[\(range)]` holds 1 sample of `\(selector.with(modifiers: TimeModifiers()))`\(written); `\(function.name)` needs 2",
      evidence: ["samples in the range: \(counted(Int(most), "sample", "samples")) at most"],
      advice: interval.map { "make the range at least \(number(($0 * 4).rounded(.up))) s long, four intervals" })
  }

  /// Seconds between two samples of a series.
  private func scrapeInterval(of selector: VectorSelector) async throws -> Double? {
    guard
      case .matrix(let series) = try await server.query("\(selector.with(modifiers: TimeModifiers()))[10m]", at: time)
    else { return nil }
    let gaps = series.prefix(20).flatMap { zip($0.values, $0.values.dropFirst()).map { $1.time - $0.time } }.sorted()
    return gaps.isEmpty ? nil : (gaps[gaps.count / 2] * 10).rounded() / 10
  }

  private func explainBuckets(_ input: Expression.NodeID?, in expression: PromQL.Expression) async throws -> Explanation
  {
    guard let input else { return Explanation(.noBuckets, "it has no buckets") }
    let value = try await value(of: input, in: expression)
    let written = expression.print(input)
    if value.labelSets.allSatisfy({ $0["le"] == nil }) {
      return Explanation(
        .noBuckets, "`\(written)` has no label `le`, so it holds no buckets", evidence: samples(of: value),
        advice: "keep the label: `by (le)`, and take the series that ends in `_bucket`")
    }
    return Explanation(
      .noBuckets, "the buckets of `\(written)` make no histogram", evidence: samples(of: value),
      advice: "a histogram needs a bucket with `le=\"+Inf\"`, and two at least")
  }
}
