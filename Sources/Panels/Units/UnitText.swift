import Foundation

/// What dates need to become text, besides themselves.
struct DateContext: Sendable {
  /// Seconds east of UTC.
  var utcOffset: Double
  /// What counts as now, in Unix seconds: for "today" and "5 minutes ago".
  var now: Double

  static let none = DateContext(utcOffset: 0, now: 0)
}

extension Unit {
  /// A value as Grafana writes it: `decimals` as configured, else three significant digits without trailing zeros.
  ///
  /// - Parameter least: decimals to round to where none are configured, as an axis asks for its ticks.
  func text(_ value: Double, decimals: Int? = nil, least: Int? = nil, dates: DateContext = .none) -> String {
    let decimals = decimals.map { min(max($0, 0), NumberText.mostDecimals) }
    let strips = decimals == nil
    func number(_ value: Double) -> String {
      let text = NumberText.fixed(value, decimals: decimals ?? least)
      return strips ? NumberText.withoutTrailingZeros(text) : text
    }
    switch rule {
    case .fixed(let word): return word.isEmpty ? number(value) : "\(number(value)) \(word)"
    case .prefixed(let word): return word + number(value)
    case .text: return NumberText.javaScript(value)
    case .percent(let times): return number(value * times) + "%"
    case .scaled(let unit):
      let (scaled, suffix) = unit.scaled(value)
      return number(scaled) + suffix
    case .currency(let symbol, let after):
      let (scaled, suffix) = ScaledUnit.count("").scaled(abs(value))
      let amount = number(scaled) + suffix.trimmingCharacters(in: .whitespaces)
      return (value < 0 ? "-" : "") + (after ? amount + symbol : symbol + amount)
    case .duration(let unit): return unit.text(value, decimals: decimals, number: number)
    case .date(let unit): return unit.text(milliseconds: value, dates)
    case .bool(let yes, let no): return value != 0 && !value.isNaN ? yes : no
    case .hexadecimal(let prefix): return hexadecimal(value, prefix: prefix)
    case .scientific: return scientific(value, decimals: decimals)
    case .locale: return grouped(number(value))
    }
  }

  private func hexadecimal(_ value: Double, prefix: String) -> String {
    guard let whole = Int(exactly: value.rounded()) else { return NumberText.nonFinite(value) }
    return (whole < 0 ? "-" : "") + prefix + String(whole.magnitude, radix: 16, uppercase: true)
  }

  /// `1.5e+3`, with as many decimals as are asked for or needed.
  private func scientific(_ value: Double, decimals: Int?) -> String {
    guard value.isFinite else { return NumberText.nonFinite(value) }
    guard value != 0 else { return "0e+0" }
    let exponent = Int(log10(abs(value)).rounded(.down))
    let mantissa = value / pow(10, Double(exponent))
    let text = decimals.map { NumberText.fixed(mantissa, decimals: $0) } ?? NumberText.javaScript(mantissa)
    return "\(text)e\(exponent < 0 ? "-" : "+")\(abs(exponent))"
  }

  private func grouped(_ text: String) -> String {
    let sign = text.hasPrefix("-") ? "-" : ""
    let parts = text.dropFirst(sign.count).split(separator: ".", maxSplits: 1)
    guard let whole = parts.first, whole.allSatisfy(\.isNumber) else { return text }
    var groups = ""
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.count - index) % 3 == 0 { groups.append(",") }
      groups.append(digit)
    }
    return sign + groups + (parts.count > 1 ? ".\(parts[1])" : "")
  }
}
