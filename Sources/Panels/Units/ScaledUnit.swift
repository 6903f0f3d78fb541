import Foundation

/// A unit whose prefix grows with the value, by a factor of 1000 or 1024. [Grafana: symbolFormatters.ts]
struct ScaledUnit: Sendable {
  let factor: Double
  /// What follows the number, its space included, from the smallest on.
  let suffixes: [String]
  /// The suffix of a value between 1 and `factor`.
  let base: Int

  /// The value in the prefix that leaves it between 1 and the factor, as far as there are prefixes; and its suffix.
  func scaled(_ value: Double) -> (value: Double, suffix: String) {
    guard value.isFinite else { return (value, "") }
    let steps = value == 0 ? 0 : (log10(abs(value)) / log10(factor)).rounded(.down)
    let last = Double(suffixes.count - 1 - base)
    let exponent = min(max(steps, Double(-base)), last)
    // A value of 0 stays where the scale begins for it.
    let index = Int(exponent) + base
    return (value / pow(factor, exponent), suffixes[index])
  }

  static let binaryPrefixes = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi"]
  static let siPrefixes = [
    "f", "p", "n", "µ", "m", "", "k", "M", "G", "T", "P", "E", "Z", "Y",
  ]

  /// `B`, `KiB`, `MiB`…; values are given in the prefix number `start`.
  static func binary(_ unit: String, start: Int = 0) -> ScaledUnit {
    ScaledUnit(factor: 1024, suffixes: binaryPrefixes.map { " \($0)\(unit)" }, base: start)
  }

  /// `B`, `kB`, `MB`… and `mB`, `µB`…; values are given in the prefix that is `start` powers of 1000 from none.
  static func si(_ unit: String, start: Int = 0) -> ScaledUnit {
    ScaledUnit(factor: 1000, suffixes: siPrefixes.map { " \($0)\(unit)" }, base: min(max(0, 5 + start), 13))
  }

  /// A unit that may begin with a prefix: `kHz` are Hertz given in thousands.
  static func si(prefixed unit: String) -> ScaledUnit {
    let first = unit.first.map { $0 == "μ" ? "µ" : String($0) } ?? ""
    guard let index = siPrefixes.firstIndex(of: first), index != 5, !first.isEmpty else { return si(unit) }
    return si(String(unit.dropFirst()), start: index - 5)
  }

  /// Counts of things: `1.5K req/s`.
  static func count(_ unit: String) -> ScaledUnit {
    ScaledUnit(factor: 1000, suffixes: ["", "K", "M", "B", "T"].map { "\($0) \(unit)" }, base: 0)
  }
}
