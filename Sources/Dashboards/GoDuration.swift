/// Durations as Grafana's back end, written in Go, reads and writes them; all in nanoseconds.
enum GoDuration {
  static let second: Int64 = 1_000_000_000
  private static let hour = 3600 * second
  private static let units: [(name: String, length: Double)] = [
    ("ns", 1), ("us", 1000), ("µs", 1000), ("μs", 1000), ("ms", 1_000_000), ("s", 1e9), ("m", 60e9), ("h", 3600e9),
  ]

  /// A duration of Go (`1h30m`, `1.5s`), or a whole number of days, weeks, months or years. [SDK:
  /// backend/gtime/gtime.go]
  static func parse(_ text: String) -> Int64? {
    let dates = ["d": 24.0, "w": 168, "M": 730.5, "y": 8766]
    if let hours = dates[String(text.suffix(1))] {
      let digits = text.dropLast()
      guard let count = Int64(digits), digits.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
      return nanoseconds(Double(count) * hours * Double(hour))
    }
    guard text != "0" else { return 0 }
    let sign: Double = text.hasPrefix("-") ? -1 : 1
    var rest = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...]
    guard !rest.isEmpty else { return nil }
    var total = 0.0
    while !rest.isEmpty {
      let number = rest.prefix { $0.isASCII && $0.isNumber || $0 == "." }
      rest = rest[number.endIndex...]
      let name = rest.prefix { !($0.isASCII && $0.isNumber) && $0 != "." }
      rest = rest[name.endIndex...]
      guard let value = Double(number), let unit = units.first(where: { $0.name == name }) else { return nil }
      total += value * unit.length
    }
    return nanoseconds(sign * total)
  }

  static func nanoseconds(_ number: Double) -> Int64? {
    abs(number) < 9.2e18 ? Int64(number.rounded()) : nil
  }

  /// `1m0s`, `4h0m0s`, `25.5s`, `1.5ms`. [Go: time.Duration.String]
  static func format(_ nanoseconds: Int64) -> String {
    guard nanoseconds >= 0 else { return "-" + format(nanoseconds == .min ? .max : -nanoseconds) }
    if nanoseconds == 0 { return "0s" }
    if nanoseconds < second {
      for (name, length) in [("ms", 1_000_000), ("µs", 1000), ("ns", 1)] as [(String, Int64)]
      where nanoseconds >= length {
        return decimal(nanoseconds, unit: length) + name
      }
    }
    let (hours, minutes) = (nanoseconds / hour, nanoseconds / (60 * second) % 60)
    let seconds = decimal(nanoseconds % (60 * second), unit: second) + "s"
    if hours > 0 { return "\(hours)h\(minutes)m\(seconds)" }
    return minutes > 0 ? "\(minutes)m\(seconds)" : seconds
  }

  /// A number of units with as many decimals as it needs.
  static func decimal(_ value: Int64, unit: Int64) -> String {
    let (whole, part) = value.quotientAndRemainder(dividingBy: unit)
    guard part != 0 else { return "\(whole)" }
    let digits = String(String(unit + abs(part)).dropFirst())
    let sign = value < 0 && whole == 0 ? "-" : ""
    return "\(sign)\(whole)." + String(digits.reversed().drop { $0 == "0" }.reversed())
  }

  /// One unit, truncated: 90 seconds are `1m`; at least `1ms`. [Grafana: pkg/promlib/intervalv2; SDK:
  /// gtime.FormatInterval]
  static func formatInterval(_ nanoseconds: Int64) -> String {
    let units: [(String, Int64)] = [
      ("y", 365 * 24 * hour), ("d", 24 * hour), ("h", hour), ("m", 60 * second), ("s", second), ("ms", 1_000_000),
    ]
    for (name, length) in units where nanoseconds >= length { return "\(nanoseconds / length)\(name)" }
    return "1ms"
  }

  /// The Go table: a value up to the limit becomes the second number. Both in milliseconds. [Grafana:
  /// pkg/promlib/intervalv2]
  private static let table: [(upTo: Int64, becomes: Int64)] = [
    (10, 1), (15, 10), (35, 20), (75, 50), (150, 100), (350, 200), (750, 500), (1500, 1000), (3500, 2000),
    (7500, 5000), (12_500, 10_000), (17_500, 15_000), (25_000, 20_000), (45_000, 30_000), (90_000, 60_000),
    (210_000, 120_000), (450_000, 300_000), (750_000, 600_000), (1_050_000, 900_000), (1_500_000, 1_200_000),
    (2_700_000, 1_800_000), (5_400_000, 3_600_000), (9_000_000, 7_200_000), (16_200_000, 10_800_000),
    (32_400_000, 21_600_000), (86_400_000, 43_200_000), (604_800_000, 86_400_000), (1_814_400_000, 604_800_000),
    (63_072_000_000, 2_592_000_000),
  ]

  static func round(_ nanoseconds: Int64) -> Int64 {
    let becomes = table.first { nanoseconds <= $0.upTo * 1_000_000 }?.becomes ?? 31_536_000_000
    return becomes * 1_000_000
  }
}
