import Foundation

/// The value of one series over a whole scenario: scripts that rule one after the other, and the restarts of its instance.
///
/// A pure function of time, so it does not matter who asks, how often, or when.
public struct Track: Sendable {
  private struct Segment {
    /// From when on it rules.
    let start: Duration
    /// Where its own time is 0.
    let anchor: Duration
    let signal: Signal
    /// The value that the series had when the segment began.
    let before: Double
  }

  private let isCumulative: Bool
  private var segments: [Segment] = []
  private var restarts: [Duration] = []

  /// Creates an empty track; a cumulative one, a counter's, begins again from 0 at a restart.
  public init(cumulative: Bool) {
    isCumulative = cumulative
  }

  /// Lets `signal` rule from `start` on; calls come in order of time.
  ///
  /// - Parameter anchor: where the signal's own time is 0, if not at `start`: what a script says of 0 holds for the warm-up before it too.
  public mutating func append(_ signal: Signal, at start: Duration, anchor: Duration? = nil) {
    let before = raw(at: start) ?? 0
    segments.append(Segment(start: start, anchor: anchor ?? start, signal: signal, before: before.isFinite ? before : 0))
  }

  /// Restarts the instance.
  public mutating func restart(at moment: Duration) { restarts.append(moment) }

  /// The value at a moment; nil: not exposed.
  public func value(at moment: Duration) -> Double? {
    guard let value = raw(at: moment) else { return nil }
    guard isCumulative, let restart = restarts.last(where: { $0 <= moment }) else { return value }
    return max(0, value - (raw(at: restart) ?? 0))
  }

  /// The value as if nothing ever restarted.
  private func raw(at moment: Duration) -> Double? {
    guard let segment = segments.last(where: { $0.start <= moment }) else { return nil }
    return segment.signal.value(after: max(.zero, moment - segment.anchor), before: segment.before)
  }
}

extension Signal {
  /// The value `elapsed` after the signal began to rule over a series that had the value `before`.
  func value(after elapsed: Duration, before: Double) -> Double? {
    let seconds = elapsed / .seconds(1)
    switch self {
    case .absent: return nil
    case .constant(let value): return value
    case .rate(let perSecond, let start): return (start ?? before) + perSecond * seconds
    case .ramp(let start, let end, let over):
      let from = start ?? before
      return over <= .zero || elapsed >= over ? end : from + (end - from) * (elapsed / over)
    case .wave(let mean, let amplitude, let period): return mean + amplitude * sin(2 * .pi * (elapsed / period))
    case .noise(let mean, let deviation, let seed): return mean + deviation * uniform(seed, Int64(seconds.rounded(.down)))
    case .steps(let steps): return steps.last { $0.at <= elapsed }?.value
    case .notation(let notation, let step, let repeatsLast):
      let index = Int(elapsed / step)
      if index < notation.values.count { return notation.values[max(0, index)] }
      return repeatsLast ? notation.values.last ?? nil : nil
    }
  }
}

/// A number in -1 ... 1 for a seed and a second, by the SplitMix64 mixing function.
private func uniform(_ seed: UInt64, _ second: Int64) -> Double {
  var bits = seed &+ UInt64(bitPattern: second) &* 0x9e37_79b9_7f4a_7c15
  bits = (bits ^ (bits >> 30)) &* 0xbf58_476d_1ce4_e5b9
  bits = (bits ^ (bits >> 27)) &* 0x94d0_49bb_1331_11eb
  bits ^= bits >> 31
  return Double(bits >> 11) / Double(1 << 52) - 1
}
