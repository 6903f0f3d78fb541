import Foundation

/// Maps values to a vertical axis, linear or logarithmic, and finds round numbers along it.
struct ValueScale: Sendable {
  let min: Double
  let max: Double
  /// Nil: linear.
  let logBase: Double?

  /// Any two ends make a scale: they are put in order and apart.
  init(min: Double, max: Double, logBase: Double? = nil) {
    var (low, high) = (Swift.min(min, max), Swift.max(min, max))
    if !low.isFinite || !high.isFinite { (low, high) = (0, 100) }
    (low, high) = (Swift.max(low, -1e300), Swift.min(high, 1e300))
    let base = logBase.flatMap { $0 > 1 && $0 <= 1000 ? $0 : nil }
    if base != nil {
      high = Swift.max(high, 1e-300)
      low = low > 0 ? low : Swift.min(high / 1000, 1)
    }
    if low == high { high = low + Swift.max(abs(low), 1) }
    self.min = low
    self.max = high
    self.logBase = base
  }

  /// 0 at the lower end, 1 at the upper one; values beyond them lie beyond.
  func share(_ value: Double) -> Double {
    guard logBase != nil else { return (value - min) / (max - min) }
    return log(Swift.max(value, 1e-300) / min) / log(max / min)
  }

  func y(_ value: Double, in rect: Rect) -> Double {
    rect.bottom - Swift.min(Swift.max(share(value), -10), 10) * rect.height
  }

  /// Round values, at most `most`, and the decimals that tell them apart; `binary` where a unit counts in 1024.
  func ticks(most: Int, binary: Bool = false) -> (values: [Double], decimals: Int) {
    let most = Swift.max(1, Swift.min(most, 50))
    if let logBase { return (logTicks(base: logBase, most: most), 0) }
    let increment = Self.increment(atLeast: (max - min) / Double(most), binary: binary)
    guard increment > 0, increment.isFinite else { return ([], 0) }
    let first = (min / increment - 1e-9).rounded(.up)
    let last = (max / increment + 1e-9).rounded(.down)
    // Far from 0 a Double cannot tell the ticks apart.
    guard last >= first, last - first < 100, abs(first) < 1e15 else { return ([], 0) }
    let values = (0...Int(last - first)).map { (first + Double($0)) * increment }
    let decimals = Swift.max(0, -Int(log10(increment).rounded(.down)))
    let needsOneMore = NumberText.fixed(increment * pow(10, Double(decimals)), decimals: 1).hasSuffix(".5")
    return (values, decimals + (needsOneMore ? 1 : 0))
  }

  private func logTicks(base: Double, most: Int) -> [Double] {
    let first = (log(min) / log(base) - 1e-9).rounded(.up)
    let last = (log(max) / log(base) + 1e-9).rounded(.down)
    guard last >= first, last - first < 10_000 else { return [] }
    let step = Swift.max(1, ((last - first + 1) / Double(most)).rounded(.up))
    return stride(from: first, through: last, by: step).map { pow(base, $0) }
  }

  /// The smallest of 1, 2, 2.5 and 5 times a power of ten (or of two) that is no less.
  private static func increment(atLeast least: Double, binary: Bool) -> Double {
    guard least > 0, least.isFinite else { return 0 }
    if binary, least > 1 { return pow(2, log2(least).rounded(.up)) }
    let power = pow(10, log10(least).rounded(.down))
    return [1, 2, 2.5, 5, 10].map { $0 * power }.first { $0 >= least * (1 - 1e-9) } ?? 10 * power
  }

  /// The ends that Grafana gives an axis: a tenth is added on both sides, but 0 is not crossed. [uPlot: rangeNum]
  static func padded(min: Double, max: Double) -> (min: Double, max: Double) {
    guard min.isFinite, max.isFinite, min <= max else { return (0, 100) }
    if min == max {
      if min == 0 { return (0, 100) }
      return min > 0 ? (0, 2 * min) : (2 * min, 0)
    }
    let pad = (max - min) * 0.1
    let low = min >= 0 && min - pad < 0 ? 0 : min - pad
    let high = max <= 0 && max + pad > 0 ? 0 : max + pad
    return (low, high)
  }
}
