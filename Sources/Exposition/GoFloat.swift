extension Double {
  /// As Go's exporters print it: the fewest digits that read back the same, exponents only below 1e-4 and from 1e21 on.
  public var goText: String {
    if isNaN { return "NaN" }
    if isInfinite { return self < 0 ? "-Inf" : "+Inf" }
    if self == 0 { return sign == .minus ? "-0" : "0" }
    let (digits, point) = shortestDigits
    let prefix = self < 0 ? "-" : ""
    if point < -3 || point > 21 { return prefix + scientific(digits, exponent: point - 1) }
    if point <= 0 { return prefix + "0." + String(repeating: "0", count: -point) + digits }
    if digits.count <= point { return prefix + digits + String(repeating: "0", count: point - digits.count) }
    return prefix + digits.prefix(point) + "." + digits.dropFirst(point)
  }

  /// The significant digits and where the decimal point lies, from Swift's own shortest form (`5e-05`, `12.5`).
  private var shortestDigits: (digits: String, point: Int) {
    let parts = magnitude.description.split(separator: "e")
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    let fraction = mantissa.count > 1 ? String(mantissa[1]) : ""
    let all = mantissa[0] + fraction
    let leading = all.prefix { $0 == "0" }.count
    var digits = String(all.dropFirst(leading))
    while digits.hasSuffix("0") { digits.removeLast() }
    return (digits, mantissa[0].count - leading + exponent)
  }

  private func scientific(_ digits: String, exponent: Int) -> String {
    let fraction = digits.count > 1 ? "." + digits.dropFirst() : ""
    let size = String(exponent.magnitude)
    return digits.prefix(1) + fraction + "e" + (exponent < 0 ? "-" : "+") + (size.count < 2 ? "0" + size : size)
  }
}
