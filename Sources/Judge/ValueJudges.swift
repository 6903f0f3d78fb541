import Diagnostics
import Events
import Scenarios

func judgeQuery(_ query: QueryExpectation, _ answer: Observations.QueryAnswer?) -> Judgement {
  switch answer {
  case nil: return Judgement(verdict: .error, message: "the query was not asked")
  case .error(let message): return .failed("the query failed: \(message)", expected: query.value.description, actual: message)
  case .samples(let samples):
    guard let problem = problem(with: samples, query.value) else { return .passed("\(query.expression.value) was \(shown(samples))") }
    return .failed(problem, expected: query.value.description, actual: shown(samples))
  }
}

private func problem(with samples: [Observations.Sample], _ expected: ExpectedValue) -> String? {
  switch expected {
  case .absent: return samples.isEmpty ? nil : "the query returned \(samples.count) series, expected none"
  case .present: return samples.isEmpty ? "the query returned no data" : nil
  case .samples(let wanted): return problem(with: samples, each: wanted)
  default:
    guard let first = samples.first else { return "the query returned no data" }
    guard samples.count == 1 else { return "the query returned \(samples.count) series, expected one value: aggregate it, or list the samples" }
    return expected.accepts(first.value) ? nil : "the value was \(numberText(first.value))"
  }
}

private func problem(with samples: [Observations.Sample], each wanted: [ExpectedValue.Sample]) -> String? {
  var rest = samples
  for expected in wanted {
    let index = rest.firstIndex { sample in
      var labels = sample.labels
      if expected.labels["__name__"] == nil { labels["__name__"] = nil }
      return labels == expected.labels
    }
    guard let index else { return "there was no series \(braces(expected.labels))" }
    let sample = rest.remove(at: index)
    guard expected.value.accepts(sample.value) else { return "\(braces(expected.labels)) was \(numberText(sample.value)), expected \(expected.value.description)" }
  }
  return rest.isEmpty ? nil : "there was also \(shown(rest))"
}

extension ExpectedValue {
  func accepts(_ value: Double) -> Bool {
    switch self {
    case .number(let wanted, let tolerance): return value == wanted || abs(value - wanted) <= tolerance + abs(wanted) * 1e-12
    case .range(let low, let high): return low <= value && value <= high
    case .nan: return value.isNaN
    case .comparison(let comparison, let bound):
      switch comparison {
      case .less: return value < bound
      case .lessOrEqual: return value <= bound
      case .greater: return value > bound
      case .greaterOrEqual: return value >= bound
      case .notEqual: return value != bound
      }
    case .absent, .present, .samples: return false
    }
  }

  var description: String {
    switch self {
    case .number(let value, let tolerance): tolerance == 0 ? numberText(value) : "\(numberText(value)) ±\(numberText(tolerance))"
    case .range(let low, let high): "\(numberText(low))..\(numberText(high))"
    case .nan: "NaN"
    case .comparison(let comparison, let bound): "\(comparison.rawValue) \(numberText(bound))"
    case .absent: "no series"
    case .present: "data"
    case .samples(let samples): samples.map { "\(braces($0.labels)) \($0.value.description)" }.joined(separator: ", ")
    }
  }
}

func judgeTarget(_ target: TargetExpectation, _ seen: Observations) -> Judgement {
  let samples = (seen.health[target.target.value] ?? []).filter { target.during.contains($0.at) }
  let expected = "\(target.target.value) \(target.health.rawValue) during \(target.during.text)"
  guard !samples.isEmpty else { return .failed("no target of \(target.target.value) was scraped in the window", expected: expected, actual: "no scrape") }
  guard let wrong = samples.first(where: { $0.up != (target.health == .up) }) else {
    return .passed("\(target.target.value) was \(target.health.rawValue) in all \(samples.count) scrapes")
  }
  let word = wrong.up ? "up" : "down"
  return .failed("\(target.target.value) was \(word) at \(wrong.at.prometheusText)", expected: expected, actual: "\(word) at \(wrong.at.prometheusText)")
}

func judgeCount(_ notifications: NotificationsExpectation, _ seen: Observations) -> Judgement {
  let receiver = notifications.receiver.value
  let deliveries = seen.notifications.filter {
    $0.receiver == receiver && notifications.within.contains($0.at) && (notifications.countsResolved || $0.status == .firing)
  }
  let range = notifications.count
  let wanted = range.lowerBound == range.upperBound ? "\(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
  if range.contains(deliveries.count) { return .passed("\(receiver) got \(deliveries.count) notifications") }
  return .failed("\(receiver) got \(deliveries.count) notifications, expected \(wanted)", expected: "\(wanted) within \(notifications.within.text)", actual: "\(deliveries.count)")
}

private func shown(_ samples: [Observations.Sample]) -> String {
  if samples.isEmpty { return "no data" }
  return samples.prefix(5).map { $0.labels.isEmpty ? numberText($0.value) : "\(braces($0.labels)) \(numberText($0.value))" }.joined(separator: ", ")
    + (samples.count > 5 ? ", and \(samples.count - 5) more" : "")
}

private func numberText(_ value: Double) -> String {
  if value.isNaN { return "NaN" }
  if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
  return value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : "\(value)"
}
