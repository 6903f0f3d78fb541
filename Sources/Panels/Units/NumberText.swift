import Foundation

/// Numbers as JavaScript writes them, and as Grafana rounds them. [Grafana: valueFormats.ts]
enum NumberText {
  /// More decimals than a Double holds say nothing.
  static let mostDecimals = 20

  /// `Math.round(v·10^d)/10^d`, padded to `decimals`; without those, about three significant digits.
  static func fixed(_ value: Double, decimals: Int?) -> String {
    guard value.isFinite else { return nonFinite(value) }
    let decimals = min(max(0, decimals ?? self.decimals(for: value)), mostDecimals)
    if value == 0 { return padded("0", to: decimals) }
    let factor = pow(10, Double(decimals))
    let scaled = (value * factor + 0.5).rounded(.down)
    // Where scaling leaves the range of Double there is nothing to round.
    let text = javaScript(scaled.isFinite ? scaled / factor : value)
    return text.contains("e") ? text : padded(text, to: decimals)
  }

  /// The decimals that leave three significant digits.
  static func decimals(for value: Double) -> Int {
    guard value.isFinite, value != 0, value.truncatingRemainder(dividingBy: 1) != 0 else { return 0 }
    let exponent = log10(abs(value)).rounded(.down)
    let norm = value / pow(10, exponent - 1)
    let decimals = 1 - exponent + (norm > 2.25 ? 1 : 0)
    return Int(min(max(0, decimals), Double(mostDecimals)))
  }

  static func nonFinite(_ value: Double) -> String { value.isNaN ? "NaN" : value < 0 ? "-∞" : "∞" }

  /// `1.10` to `1.1`: what is no plain number stays.
  static func withoutTrailingZeros(_ text: String) -> String {
    guard text.contains("."), !text.contains("e"), Double(text) != nil else { return text }
    let cut = text.reversed().drop { $0 == "0" }.drop { $0 == "." }
    let result = String(cut.reversed())
    return result == "-0" ? "0" : result
  }

  /// The shortest digits that give the number back, with an exponent only below 1e-6 and from 1e21 on.
  static func javaScript(_ value: Double) -> String {
    guard value.isFinite else { return nonFinite(value) }
    guard value != 0 else { return "0" }
    let parts = "\(abs(value))".split(separator: "e")
    let mantissa = parts[0].split(separator: ".")
    var exponent = (parts.count > 1 ? Int(parts[1]) ?? 0 : 0) + mantissa[0].count
    var digits = mantissa[0] + (mantissa.count > 1 && mantissa[1] != "0" ? mantissa[1] : "")
    while digits.first == "0" {
      digits.removeFirst()
      exponent -= 1
    }
    while digits.last == "0" { digits.removeLast() }
    return (value < 0 ? "-" : "") + laidOut(digits, exponent: exponent)
  }

  /// Digits that begin `exponent` places left of the point.
  private static func laidOut(_ digits: Substring, exponent: Int) -> String {
    switch exponent {
    case 1...21 where digits.count <= exponent:
      return digits + String(repeating: "0", count: exponent - digits.count)
    case 1...21: return "\(digits.prefix(exponent)).\(digits.dropFirst(exponent))"
    case -5...0: return "0." + String(repeating: "0", count: -exponent) + digits
    default:
      let power = exponent - 1
      let rest = digits.count > 1 ? ".\(digits.dropFirst())" : ""
      return "\(digits.prefix(1))\(rest)e\(power < 0 ? "-" : "+")\(abs(power))"
    }
  }

  private static func padded(_ text: String, to decimals: Int) -> String {
    guard decimals > 0 else { return text }
    let have = text.firstIndex(of: ".").map { text.distance(from: $0, to: text.endIndex) - 1 } ?? 0
    guard have < decimals else { return text }
    return text + (have == 0 ? "." : "") + String(repeating: "0", count: decimals - have)
  }
}
