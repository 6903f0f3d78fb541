/// The value of one series over a whole scenario: a pure function of time, made of segments.
///
/// Segments and restarts are given in the order of their times; the last one given for a moment rules.
public struct Track: Sendable {
  private let cumulative: Bool
  private var segments: [Segment] = []

  /// A signal from a moment on, as one life of the instance shows it.
  private struct Segment {
    var from: Duration
    var signal: Signal
    /// When the signal began; earlier than `from` after a restart.
    var began: Duration
    /// The value that the series had when the signal began.
    var carried: Double
    /// What is taken off a counter: the signal's value at the restart.
    var offset = 0.0
    /// What a counter does not go below: its value before.
    var floor = -Double.infinity

    /// A signal's own time never runs before its beginning: what it says of 0 holds for the warm-up too.
    func elapsed(at time: Duration) -> Duration { max(.zero, time - began) }

    func value(at time: Duration) -> Double? { signal.value(after: elapsed(at: time), carried: carried) }
  }

  /// An empty track; `cumulative` for counters, which only go up and begin again from 0 at a restart.
  public init(cumulative: Bool) {
    self.cumulative = cumulative
  }

  /// Lets `signal` rule from `at` on; its own time is 0 at `origin`, or at `at` where that is nil.
  public mutating func append(_ signal: Signal, at: Duration, origin: Duration? = nil) {
    let carried = value(at: at) ?? 0
    let floor = cumulative ? lastShown(before: at) : -.infinity
    segments.append(Segment(from: at, signal: signal, began: origin ?? at, carried: carried, floor: floor))
  }

  /// The instance restarts: a counter begins again from 0 and grows by what its signal grows from here.
  public mutating func restart(at: Duration) {
    guard cumulative, let ruling = segment(at: at) else { return }
    var next = ruling
    next.from = at
    next.floor = 0
    if case .rate(let perSecond, _) = ruling.signal {
      // Begun anew instead of subtracted, so that no rounding shows.
      next.signal = .rate(perSecond: perSecond, start: 0)
      next.began = at
      next.offset = 0
    } else {
      next.offset = ruling.value(at: at) ?? 0
    }
    segments.append(next)
  }

  /// What is exposed at a moment; nil is nothing.
  public func value(at time: Duration) -> Double? {
    guard let segment = segment(at: time), let value = segment.value(at: time) else { return nil }
    guard cumulative else { return value }
    return peak(of: segment, until: time)
  }

  private func peak(of segment: Segment, until time: Duration) -> Double {
    let (first, last) = (segment.elapsed(at: segment.from), segment.elapsed(at: time))
    let peak = segment.signal.peak(from: first, to: last, carried: segment.carried)
    return max(segment.floor, peak - segment.offset)
  }

  /// The highest value of the present life, so that a counter that was absent for a while does not fall.
  private func lastShown(before time: Duration) -> Double {
    segment(at: time).map { peak(of: $0, until: time) } ?? -.infinity
  }

  private func segment(at time: Duration) -> Segment? { segments.last { $0.from <= time } }
}
