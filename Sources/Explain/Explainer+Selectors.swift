import Diagnostics
import PromQL
import Stack

// Why a selector selects nothing: its metric, its matchers one by one, its time.
extension Explainer {
  /// Why a selector, with a range or without, is empty, which is known.
  func explain(_ selector: VectorSelector, range: Span?) async throws -> Explanation {
    if selector.modifiers != TimeModifiers() {
      let now = selector.with(modifiers: TimeModifiers())
      if try await count(now, range: range) > 0 {
        let modifiers = selector.modifiers.description.trimmingBlanks
        return Explanation(
          .noDataAtThatTime, "`\(now)` has data, but not at the time of `\(modifiers)`",
          advice: "is the drill, or the server's history, long enough for it?")
      }
    }
    let selector = selector.with(modifiers: TimeModifiers())
    guard let metric = selector.metric else { return try await explainMatchers(of: selector, range: range) }
    let alone = VectorSelector.named(metric)
    if try await count(alone, range: range) > 0 { return try await explainMatchers(of: selector, range: range) }
    return try await explainMissing(metric, range: range)
  }

  // MARK: - The metric

  private func explainMissing(_ metric: String, range: Span?) async throws -> Explanation {
    let names = try await server.labelValues("__name__", from: time - memory, to: time)
    guard names.contains(metric) else { return try await explainUnknown(metric, names) }
    let looked = range.map { "within the last \($0)" } ?? "within the last 5m"
    let last = try await server.query(
      "max(max_over_time(timestamp(\(VectorSelector.named(metric)))[1d:15s]))", at: time)
    let age = last.values.first.map { ", the last one \(number(time - $0)) s before" } ?? ""
    return Explanation(
      .staleMetric, "`\(metric)` exists, but has no sample \(looked)\(age)",
      advice: "is its target down, or its series gone?")
  }

  private func explainUnknown(_ metric: String, _ names: [String]) async throws -> Explanation {
    let near = nearestMetric(to: metric, in: names)
    var evidence: [String] = []
    if let near {
      let exists = try await server.query("count(\(VectorSelector.named(near)))", at: time)
      evidence.append("`\(near)` has \(counted(Int(exists.values.first ?? 0), "series", "series"))")
    }
    evidence.append("the server knows \(counted(names.count, "metric", "metrics"))")
    return Explanation(
      .unknownMetric, "there is no metric `\(metric)`", evidence: evidence,
      advice: near.map { "did you mean `\($0)`?" } ?? "does anything that is scraped expose it?")
  }

  /// The nearest name: with or without a suffix that exporters and versions add and drop, of the same words in another order, else by edit
  /// distance.
  private func nearestMetric(to metric: String, in names: [String]) -> String? {
    let suffixes = ["_total", "_bucket", "_sum", "_count", "_seconds", "_bytes", "_info"]
    let known = Set(names)
    for suffix in suffixes {
      if known.contains(metric + suffix) { return metric + suffix }
      if metric.hasSuffix(suffix), known.contains(String(metric.dropLast(suffix.count))) {
        return String(metric.dropLast(suffix.count))
      }
    }
    func words(_ name: String) -> [Substring] { name.split(separator: "_").sorted() }
    let own = words(metric)
    return names.first { words($0) == own } ?? nearest(to: metric, in: names)
  }

  /// Why no name matches `{__name__=~"..."}`.
  private func explainNames(of selector: VectorSelector) async throws -> Explanation {
    let names = try await server.labelValues("__name__", from: time - memory, to: time)
    let pattern = selector.onlyName.matchers.map(\.value).joined(separator: " ")
    let near = nearest(to: pattern, in: names)
    return Explanation(
      .unknownMetric, "no metric's name matches `\(selector.onlyName)`",
      evidence: ["the server knows \(counted(names.count, "metric", "metrics"))"],
      advice: near.map { "did you mean `\($0)`?" })
  }

  // MARK: - The matchers

  private func explainMatchers(of selector: VectorSelector, range: Span?) async throws -> Explanation {
    let removable = selector.matchers.indices.filter { selector.matchers[$0].label != "__name__" }
    if selector.metric == nil, try await count(selector.onlyName, range: range) == 0 {
      return try await explainNames(of: selector)
    }
    var guilty: [Matcher] = []
    for index in removable {
      let without = selector.without(index)
      if try await count(without, range: range) > 0 { guilty.append(selector.matchers[index]) }
    }
    if let first = guilty.first {
      let rest = selector.without(selector.matchers.firstIndex(of: first) ?? 0)
      return try await explain(first, over: rest, range: range, others: Array(guilty.dropFirst()))
    }
    // Several at once: those that take everything away on their own.
    for index in removable {
      let only = selector.onlyMatcher(index)
      if try await count(only, range: range) == 0 {
        let all = only.without(only.matchers.count - 1)
        return try await explain(selector.matchers[index], over: all, range: range, others: [])
      }
    }
    let matchers = removable.map { selector.matchers[$0].description }
    return Explanation(
      .noSuchValue, "no series of `\(selector.metric ?? "{}")` has all of \(listed(matchers)) together",
      evidence: try await examples(of: selector.onlyName, range: range))
  }

  /// Why one matcher takes all series of `rest` away.
  private func explain(_ matcher: Matcher, over rest: VectorSelector, range: Span?, others: [Matcher]) async throws
    -> Explanation
  {
    let counted = "count by (\(PromQL.Expression.label(matcher.label))) (\(probe(rest, range)))"
    let values = try await server.query(counted, at: time).labelSets.map { $0[matcher.label] ?? "" }
    let present = Array(Set(values.filter { !$0.isEmpty })).sorted()
    var evidence = others.isEmpty ? [] : ["each of \(listed(others.map(\.description))) alone takes them away too"]
    guard !present.isEmpty else {
      let labels = try await labels(of: rest, range: range)
      evidence.append("its labels are \(listed(labels))")
      return Explanation(
        .noSuchLabel, "no series of `\(rest)` has a label `\(matcher.label)`", evidence: evidence,
        advice: nearest(to: matcher.label, in: labels).map { "did you mean `\($0)`?" })
    }
    evidence.insert("`\(matcher.label)` is \(listed(present))", at: 0)
    return Explanation(
      .noSuchValue, "no series of `\(rest)` has `\(matcher)`", evidence: evidence,
      advice: advice(for: matcher, values: present))
  }

  private func advice(for matcher: Matcher, values: [String]) -> String? {
    if matcher.operation == .equal, matcher.value.contains(where: { "|*\\".contains($0) }) {
      return "`=` takes the value as it is; for a pattern, or a variable of several values, write `=~`"
    }
    if matcher.operation == .equal, let near = nearest(to: matcher.value, in: values) {
      return "did you mean `\(near)`?"
    }
    if matcher.operation == .regex, values.contains(where: { $0.contains(matcher.value) }) {
      return "the pattern must match the whole value: write `.*` around it"
    }
    return nil
  }

  // MARK: - Questions to the server

  /// A selector as an instant vector, whatever its range.
  private func probe(_ selector: VectorSelector, _ range: Span?) -> String {
    range.map { "last_over_time(\(selector)[\($0)])" } ?? "\(selector)"
  }

  private func count(_ selector: VectorSelector, range: Span?) async throws -> Int {
    // What selects everything is refused, and has data wherever anything is scraped.
    guard selector.name != nil || !selector.matchers.allSatisfy(\.matchesEmpty) else { return 1 }
    return Int(try await server.query("count(\(probe(selector, range)))", at: time).values.first ?? 0)
  }

  private func labels(of selector: VectorSelector, range: Span?) async throws -> [String] {
    let seconds = range?.literal ?? Self.lookback
    return try await server.labelNames(of: ["\(selector)"], from: time - seconds, to: time).filter { $0 != "__name__" }
  }

  private func examples(of selector: VectorSelector, range: Span?) async throws -> [String] {
    samples(of: try await server.query("topk(3, \(probe(selector, range)))", at: time))
  }
}

extension VectorSelector {
  static func named(_ metric: String) -> VectorSelector {
    if PromQL.Expression.label(metric) == metric || metric.contains(":") {
      return VectorSelector(name: metric, matchers: [])
    }
    return VectorSelector(name: nil, matchers: [.isNamed(metric)])
  }

  func with(modifiers: TimeModifiers) -> VectorSelector {
    var copy = self
    copy.modifiers = modifiers
    return copy
  }

  func without(_ index: Int) -> VectorSelector {
    var copy = self
    copy.matchers.remove(at: index)
    return copy
  }

  /// The name and one matcher, which stands last.
  func onlyMatcher(_ index: Int) -> VectorSelector {
    var copy = onlyName
    copy.matchers.append(matchers[index])
    return copy
  }

  var onlyName: VectorSelector {
    var copy = self
    copy.matchers.removeAll { $0.label != "__name__" }
    return copy
  }
}

extension Matcher {
  fileprivate static func isNamed(_ metric: String) -> Matcher {
    Matcher(label: "__name__", operation: .equal, value: metric, matchesEmpty: false, range: 0..<0)
  }
}

extension String {
  fileprivate var trimmingBlanks: String { String(drop { $0 == " " }) }
}
