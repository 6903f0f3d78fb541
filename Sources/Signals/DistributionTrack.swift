/// A histogram or summary over a whole scenario, made of observations that come at a rate.
///
/// Counts are whole numbers and agree with each other: each part is rounded down by itself, and the sums are sums of the parts.
public struct DistributionTrack: Sendable {
  private var values: [Double] = []
  private var counts: [Double: Track] = [:]
  private var restarts: [Duration] = []
  private var current: Observation?

  /// Creates a track that has observed nothing.
  public init() {}

  /// Lets `observation` rule from `start` on; calls come in order of time.
  public mutating func append(_ observation: Observation, at start: Duration) {
    let total = observation.values.reduce(0) { $0 + $1.weight }
    var rates: [Double: Double] = [:]
    for part in observation.values { rates[part.value, default: 0] += observation.perSecond * part.weight / total }
    for value in Set(counts.keys).union(rates.keys) {
      if counts[value] == nil {
        counts[value] = Track(cumulative: true)
        for restart in restarts { counts[value]?.restart(at: restart) }
      }
      counts[value]?.append(.rate(perSecond: rates[value] ?? 0, start: nil), at: start)
    }
    values = counts.keys.sorted()
    current = observation
  }

  /// Restarts the instance: everything begins again from 0.
  public mutating func restart(at moment: Duration) {
    restarts.append(moment)
    for value in values { counts[value]?.restart(at: moment) }
  }

  /// What was observed up to a moment.
  public func snapshot(at moment: Duration) -> Snapshot {
    Snapshot(parts: values.map { (value: $0, count: (counts[$0]?.value(at: moment) ?? 0).rounded(.down)) })
  }

  /// Observed values and how often, in ascending order.
  public struct Snapshot: Sendable {
    var parts: [(value: Double, count: Double)]

    public var count: Double { parts.reduce(0) { $0 + $1.count } }
    public var sum: Double { parts.reduce(0) { $0 + $1.value * $1.count } }

    /// How many observations were at most `bound`: a bucket's cumulative count.
    public func count(upTo bound: Double) -> Double { parts.reduce(0) { $1.value <= bound ? $0 + $1.count : $0 } }

    /// The smallest observed value that at least this share of all observations does not exceed; NaN without any.
    public func quantile(_ share: Double) -> Double {
      var seen = 0.0
      for part in parts where part.count > 0 {
        seen += part.count
        if seen >= share * count { return part.value }
      }
      return .nan
    }
  }
}
