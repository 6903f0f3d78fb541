/// How Grafana's front end chooses an interval. [Grafana: packages/grafana-data/src/datetime/rangeutil.ts]
enum FrontEndInterval {
  private static let units: [(name: String, seconds: Double)] = [
    ("ms", 0.001), ("y", 31_536_000), ("M", 2_592_000), ("w", 604_800), ("d", 86_400), ("h", 3600), ("m", 60), ("s", 1),
  ]

  /// Milliseconds of `15s`, `>1m` or `30` (seconds); nil where the text is none. Fractions are cut: `10.5s` counts as
  /// 10s.
  static func milliseconds(_ text: String) -> Double? {
    let text = text.trimmingBlanks.drop { $0 == ">" || $0 == "<" }
    if let number = Double(text), number != 0, number.isFinite { return whole(number).map { $0 * 1000 } }
    let digits = text.drop { !($0.isASCII && $0.isNumber) }
    let number = digits.prefix { $0.isASCII && $0.isNumber || $0 == "." }
    let rest = digits[number.endIndex...]
    guard let unit = units.first(where: { rest.hasPrefix($0.name) }), let count = Double(number).flatMap(whole) else {
      return nil
    }
    return count * unit.seconds * 1000
  }

  private static func whole(_ number: Double) -> Double? {
    abs(number) < 1e12 ? number.rounded(.towardZero) : nil
  }

  /// Milliseconds between points: the range by the resolution, rounded, but at least the limit.
  static func calculate(rangeMilliseconds: Double, resolution: Double, limit: Double) -> Double {
    max(round(rangeMilliseconds / max(resolution, 1)), limit)
  }

  /// The JavaScript table: a value below the limit becomes the second number. Both in milliseconds.
  private static let table: [(below: Double, becomes: Double)] = [
    (10, 1), (15, 10), (35, 20), (75, 50), (150, 100), (350, 200), (750, 500), (1500, 1000), (3500, 2000),
    (7500, 5000), (12_500, 10_000), (17_500, 15_000), (25_000, 20_000), (45_000, 30_000), (90_000, 60_000),
    (210_000, 120_000), (450_000, 300_000), (750_000, 600_000), (1_050_000, 900_000), (1_500_000, 1_200_000),
    (2_700_000, 1_800_000), (5_400_000, 3_600_000), (9_000_000, 7_200_000), (16_200_000, 10_800_000),
    (32_400_000, 21_600_000), (86_400_000, 43_200_000), (604_800_000, 86_400_000), (1_814_400_000, 604_800_000),
    (3_628_800_000, 2_592_000_000),
  ]

  static func round(_ milliseconds: Double) -> Double {
    table.first { milliseconds < $0.below }?.becomes ?? 31_536_000_000
  }

  /// One unit, truncated: 90 seconds are `1m`.
  static func text(_ milliseconds: Double) -> String {
    let seconds = milliseconds / 1000
    for (name, length) in [("y", 31_536_000.0), ("d", 86_400), ("h", 3600), ("m", 60), ("s", 1)] {
      let count = (seconds / length).rounded(.down)
      if count >= 1 { return "\(Int64(exactly: count) ?? .max)\(name)" }
    }
    let count = milliseconds.rounded(.down)
    return count >= 1 ? "\(Int(count))ms" : "less than a millisecond"
  }
}
