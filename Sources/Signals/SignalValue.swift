extension Duration {
  /// Seconds as a number, whole seconds exactly.
  var inSeconds: Double {
    let (seconds, attoseconds) = components
    return Double(seconds) + Double(attoseconds) * 1e-18
  }

  /// How many whole `step` lie in it; rounds down.
  func wholeSteps(of step: Duration) -> Int {
    guard step > .zero, self >= .zero else { return 0 }
    return Int(clamping: attoseconds / step.attoseconds)
  }
}

extension Signal {
  /// The value `elapsed` after the signal began; `carried` is what the series had then, nil means not exposed.
  func value(after elapsed: Duration, carried: Double) -> Double? {
    switch self {
    case .constant(let value): return value
    case .absent: return nil
    case .rate(let perSecond, let start): return (start ?? carried) + perSecond * elapsed.inSeconds
    case .ramp(let start, let end, let over):
      let start = start ?? carried
      return elapsed >= over ? end : start + (end - start) * (elapsed.inSeconds / over.inSeconds)
    case .wave(let mean, let amplitude, let period):
      return mean + amplitude * sine(of: elapsed, period: period)
    case .noise(let mean, let deviation, let seed):
      return mean + deviation * uniform(seed: seed, second: elapsed.wholeSteps(of: .seconds(1)))
    case .steps(let steps): return steps.filter { $0.at <= elapsed }.max { $0.at < $1.at }?.value
    case .notation(let notation, let step, let repeatsLast):
      let index = elapsed.wholeSteps(of: step)
      if index < notation.values.count { return notation.values[index] }
      return repeatsLast ? notation.values.last ?? nil : nil
    }
  }

  /// The largest value between two moments of the signal, both included.
  func peak(from first: Duration, to last: Duration, carried: Double) -> Double {
    let ends = [first, last].compactMap { value(after: $0, carried: carried) }
    return (ends + turningPoints(from: first, to: last)).filter { !$0.isNaN }.max() ?? -.infinity
  }

  /// Values between two moments that may be larger than those at both.
  private func turningPoints(from first: Duration, to last: Duration) -> [Double] {
    switch self {
    case .constant, .absent, .rate, .ramp: return []
    case .steps(let steps): return steps.filter { first <= $0.at && $0.at <= last }.map(\.value)
    case .notation(let notation, let step, _):
      let indices = first.wholeSteps(of: step)...last.wholeSteps(of: step)
      return notation.values[indices.clamped(toArrayOf: notation.values.count)].compactMap { $0 }
    case .wave(let mean, let amplitude, let period):
      // A crest lies a quarter of a period after each whole one (three quarters where the amplitude is negative).
      let crest = amplitude >= 0 ? period / 4 : period * 3 / 4
      let crests = { (moment: Duration) in moment < crest ? 0 : (moment - crest).wholeSteps(of: period) + 1 }
      return crests(last) > crests(first) ? [mean + abs(amplitude)] : []
    case .noise(let mean, let deviation, let seed):
      // An hour of draws is as near to the top as matters, and bounds the work.
      let from = first.wholeSteps(of: .seconds(1))
      let to = min(last.wholeSteps(of: .seconds(1)), from + 3600)
      return (from...to).map { mean + deviation * uniform(seed: seed, second: $0) }
    }
  }
}

extension ClosedRange<Int> {
  fileprivate func clamped(toArrayOf count: Int) -> Range<Int> {
    Swift.min(lowerBound, count)..<Swift.min(upperBound + 1, count)
  }
}

/// `sin(2 pi t / period)`; the whole periods are taken off first, so that it repeats exactly.
private func sine(of elapsed: Duration, period: Duration) -> Double {
  guard period > .zero else { return 0 }
  let part = elapsed - period * elapsed.wholeSteps(of: period)
  var angle = 2 * Double.pi * (part.inSeconds / period.inSeconds)
  // Without a maths library: fold into a quarter turn, where Taylor's series converges at once.
  if angle > .pi * 1.5 { angle -= 2 * .pi } else if angle > .pi / 2 { angle = .pi - angle }
  var term = angle
  var sum = angle
  for order in stride(from: 2.0, through: 24, by: 2) {
    term *= -angle * angle / (order * (order + 1))
    sum += term
  }
  return sum
}

/// Uniform in -1...1 from a seed and a second: SplitMix64, the same on every machine.
private func uniform(seed: UInt64, second: Int) -> Double {
  var state = seed &+ UInt64(bitPattern: Int64(second)) &* 0x9E37_79B9_7F4A_7C15 &+ 0x9E37_79B9_7F4A_7C15
  state = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
  state = (state ^ (state >> 27)) &* 0x94D0_49BB_1331_11EB
  state ^= state >> 31
  return Double(state >> 11) / Double(1 << 53) * 2 - 1
}
