/// What a histogram or a summary has counted up to a moment; whole numbers that fit each other.
public struct HistogramValue: Hashable, Sendable {
  /// A cumulative bucket.
  public struct Bucket: Hashable, Sendable {
    /// Included; `le` of the exposition.
    public var upperBound: Double
    /// Observations up to the bound.
    public var count: Int
  }

  /// By upper bound, `+Inf` last.
  public var buckets: [Bucket]
  /// Of all observed values.
  public var sum: Double
  /// Of all observations; equal to the last bucket's.
  public var count: Int
  /// Observed values in ascending order and how often each was seen.
  var parts: [Part]

  struct Part: Hashable, Sendable {
    var value: Double
    var count: Int
  }

  /// The smallest observed value that at least the share `q` of all observations do not exceed; NaN of nothing.
  public func quantile(_ q: Double) -> Double {
    guard count > 0 else { return .nan }
    var seen = 0
    for part in parts where part.count > 0 {
      seen += part.count
      if Double(seen) >= q * Double(count) { return part.value }
    }
    return parts.last { $0.count > 0 }?.value ?? .nan
  }
}

/// The counts of one histogram or summary over a whole scenario: a pure function of time.
///
/// Feeds and restarts are given in the order of their times.
public struct HistogramTrack: Sendable {
  private let bounds: [Double]
  private var feeds: [Feed] = []

  private struct Feed {
    var from: Duration
    var observation: Observation
    /// What earlier feeds of the same life counted.
    var before: [Double: Int]
  }

  /// `bounds` are the upper bounds of the buckets in ascending order; `+Inf` is added where it is missing.
  public init(bounds: [Double]) {
    self.bounds = bounds.filter { $0 < .infinity } + [.infinity]
  }

  /// Lets `observation` feed the histogram from `at` on.
  public mutating func append(_ observation: Observation, at: Duration) {
    feeds.append(Feed(from: at, observation: observation, before: counts(at: at) ?? [:]))
  }

  /// The instance restarts: all counts begin again from 0.
  public mutating func restart(at: Duration) {
    guard let ruling = feeds.last(where: { $0.from <= at }) else { return }
    feeds.append(Feed(from: at, observation: ruling.observation, before: [:]))
  }

  /// What is exposed at a moment; nil before the first feed.
  public func value(at time: Duration) -> HistogramValue? {
    guard let counts = counts(at: time) else { return nil }
    let parts = counts.sorted { $0.key < $1.key }.map { HistogramValue.Part(value: $0.key, count: $0.value) }
    let buckets = bounds.map { bound in
      HistogramValue.Bucket(upperBound: bound, count: parts.filter { $0.value <= bound }.reduce(0) { $0 + $1.count })
    }
    let sum = parts.reduce(0) { $0 + $1.value * Double($1.count) }
    return HistogramValue(buckets: buckets, sum: sum, count: parts.reduce(0) { $0 + $1.count }, parts: parts)
  }

  private func counts(at time: Duration) -> [Double: Int]? {
    guard let feed = feeds.last(where: { $0.from <= time }) else { return nil }
    let total = whole(feed.observation.perSecond * (time - feed.from).inSeconds)
    return feed.before.merging(deal(total, over: feed.observation.values), uniquingKeysWith: +)
  }

  /// Deals `total` observations out by weight.
  ///
  /// Each value takes its share of what the ones before it left. Share and rest both grow with the total, so no count ever falls, and all add up.
  private func deal(_ total: Int, over values: [Observation.Weighted]) -> [Double: Int] {
    var rest = total
    var weightLeft = values.reduce(0) { $0 + $1.weight }
    var counts: [Double: Int] = [:]
    let weighted = values.filter { $0.weight > 0 }
    for (index, item) in weighted.enumerated() {
      let isLast = index == weighted.count - 1
      let share = isLast ? rest : min(rest, whole(Double(rest) * (item.weight / weightLeft)))
      counts[item.value, default: 0] += share
      rest -= share
      weightLeft -= item.weight
    }
    return counts
  }

  /// Rounds down, forgiving what binary fractions lose (0.1 + 0.2).
  private func whole(_ number: Double) -> Int { Int(max(0, min(number + 1e-9, 9e15))) }
}
