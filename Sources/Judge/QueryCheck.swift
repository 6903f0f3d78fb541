import Diagnostics
import Events
import Scenarios

/// That a query's answer is as expected; where no labels are told, every sample must hold, and one must exist.
func judge(_ query: QueryExpectation, answer: Observations.QueryAnswer?) -> Judgement {
  let expected = query.value.text
  switch answer {
  case nil:
    return Judgement(verdict: .error, message: "the query was not answered", expected: expected)
  case .error(let message):
    return Judgement(verdict: .error, message: "the query failed: \(message)", expected: expected, actual: message)
  case .samples(let samples):
    let shown = samples.prefix(12).map(\.text).joined(separator: ", ") + (samples.count > 12 ? ", ..." : "")
    let actual = samples.isEmpty ? "no sample" : shown
    guard let cause = query.value.cause(of: samples) else {
      return .passed("\(query.expression.value) is \(actual) at \(query.at.prometheusText)")
    }
    return .failed("\(cause) at \(query.at.prometheusText)", expected: expected, actual: actual)
  }
}

extension ExpectedValue {
  /// Why samples are not as expected; nil where they are.
  func cause(of samples: [Observations.Sample]) -> String? {
    switch self {
    case .absent: return samples.first.map { "expected no sample, found \($0.text)" }
    case .samples(let expected): return cause(of: samples, expected: expected)
    case .present: return samples.isEmpty ? "expected a sample, found none" : nil
    case .number, .comparison, .range, .nan:
      guard !samples.isEmpty else { return "expected \(text), found no sample" }
      return samples.first { !holds($0.value) }.map { "expected \(text), found \($0.text)" }
    }
  }

  private func cause(of samples: [Observations.Sample], expected: [Sample]) -> String? {
    var rest = samples
    for wanted in expected {
      let named = wanted.labels["__name__"] != nil
      let index = rest.firstIndex { wanted.labels == (named ? $0.labels : $0.labels.filter { $0.key != "__name__" }) }
      guard let index else { return "expected \(wanted.text), found no such series" }
      let found = rest.remove(at: index)
      guard wanted.value.holds(found.value) else { return "expected \(wanted.text), found \(found.text)" }
    }
    return rest.first.map { "expected nothing else, found \($0.text)" }
  }

  /// Whether one value is as expected.
  private func holds(_ value: Double) -> Bool {
    switch self {
    case .number(let number, let tolerance):
      // Equal infinities have no difference that is a number.
      value == number || abs(value - number) <= tolerance
    case .comparison(let comparison, let bound): comparison.holds(value, bound)
    case .range(let low, let high): low <= value && value <= high
    case .nan: value.isNaN
    case .absent: false
    case .present: true
    case .samples: false
    }
  }

  /// As a scenario spells it.
  var text: String {
    switch self {
    case .number(let number, let tolerance):
      tolerance == 0 ? numberText(number) : "\(numberText(number)) ±\(numberText(tolerance))"
    case .comparison(let comparison, let bound): "\(comparison.rawValue) \(numberText(bound))"
    case .range(let low, let high): "\(numberText(low))..\(numberText(high))"
    case .nan: "NaN"
    case .absent: "absent"
    case .present: "present"
    case .samples(let samples): samples.isEmpty ? "no sample" : samples.map(\.text).joined(separator: ", ")
    }
  }
}

extension ExpectedValue.Comparison {
  fileprivate func holds(_ value: Double, _ bound: Double) -> Bool {
    switch self {
    case .less: value < bound
    case .lessOrEqual: value <= bound
    case .greater: value > bound
    case .greaterOrEqual: value >= bound
    case .notEqual: value != bound
    }
  }
}

extension ExpectedValue.Sample {
  fileprivate var text: String { "\(labelText(labels)) \(value.text)" }
}

extension Observations.Sample {
  fileprivate var text: String { labels.isEmpty ? numberText(value) : "\(labelText(labels)) \(numberText(value))" }
}

/// Whole numbers without `.0`, the rest as short as it can be.
private func numberText(_ number: Double) -> String {
  if number.isNaN { return "NaN" }
  if number.isInfinite { return number < 0 ? "-Inf" : "+Inf" }
  guard let whole = Int64(exactly: number), whole.magnitude < 1 << 53 else { return "\(number)" }
  return "\(whole)"
}
