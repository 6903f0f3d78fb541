/// A script of one value over time: a pure function of virtual time.
///
/// Times inside a signal are relative to the start of its ``Track/Segment``: 0 is the moment at which it begins to rule.
public enum Signal: Hashable, Sendable {
  /// The same value for ever.
  case constant(Double)
  /// promtool's series notation, one value each `step`; after the last one the series ends unless `repeatsLast`.
  case notation(Notation, step: Duration, repeatsLast: Bool)
  /// Grows by `perSecond`, from `start` or, where that is nil, from the value that the series had.
  case rate(perSecond: Double, start: Double?)
  /// Straight from `start` (nil: the value that the series had) to `end` within `over`, then stays.
  case ramp(start: Double?, end: Double, over: Duration)
  /// `mean + amplitude * sin(2 pi t / period)`.
  case wave(mean: Double, amplitude: Double, period: Duration)
  /// Uniform in `mean - deviation ... mean + deviation`, new each second, the same for the same seed.
  case noise(mean: Double, deviation: Double, seed: UInt64)
  /// Jumps to each value at its time; absent before the first.
  case steps([Step])
  /// Not exposed.
  case absent

  /// One step of ``steps(_:)``.
  public struct Step: Hashable, Sendable {
    public var at: Duration
    public var value: Double

    /// Creates a step.
    public init(at: Duration, value: Double) {
      self.at = at
      self.value = value
    }
  }
}

/// Observations that feed a histogram or a summary: so many a second, spread over values by weight.
public struct Observation: Hashable, Sendable {
  public var perSecond: Double
  /// Observed values and their weights; weights need not add up to 1.
  public var values: [Weighted]

  /// One observed value and its share.
  public struct Weighted: Hashable, Sendable {
    public var value: Double
    public var weight: Double

    /// Creates a share.
    public init(value: Double, weight: Double) {
      self.value = value
      self.weight = weight
    }
  }

  /// Creates a feed.
  public init(perSecond: Double, values: [Weighted]) {
    self.perSecond = perSecond
    self.values = values
  }
}

/// What a scenario scripts for one series: a plain value, or observations that make a whole histogram or summary.
public enum SeriesScript: Hashable, Sendable {
  case value(Signal)
  case observations(Observation)
}
