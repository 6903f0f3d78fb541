import Foundation

/// A colour as red, green and blue of 0 to 255, and how opaque it is, 0 to 1.
struct Color: Sendable, Hashable {
  var red: Double
  var green: Double
  var blue: Double
  var alpha = 1.0

  init(red: Double, green: Double, blue: Double, alpha: Double = 1) {
    func bounded(_ value: Double, _ most: Double) -> Double { value.isFinite ? min(max(value, 0), most) : 0 }
    self.red = bounded(red, 255)
    self.green = bounded(green, 255)
    self.blue = bounded(blue, 255)
    self.alpha = bounded(alpha, 1)
  }

  /// `0x73BF69`.
  init(_ hex: UInt32) {
    self.init(red: Double(hex >> 16 & 0xFF), green: Double(hex >> 8 & 0xFF), blue: Double(hex & 0xFF))
  }

  /// `#rgb`, `#rrggbb` and both with an alpha, `rgb(…)` and `rgba(…)`.
  init?(css text: String) {
    if text.hasPrefix("#") {
      let digits = text.dropFirst().map { $0 }
      guard [3, 4, 6, 8].contains(digits.count), let value = UInt32(String(digits), radix: 16) else { return nil }
      let width = digits.count < 6 ? 4 : 8
      let scale = digits.count < 6 ? 17.0 : 1
      let hasAlpha = digits.count % 4 == 0
      func part(_ index: Int) -> Double {
        Double(value >> UInt32(width * index) & (width == 4 ? 0xF : 0xFF)) * scale
      }
      let first = hasAlpha ? 1 : 0
      self.init(
        red: part(first + 2), green: part(first + 1), blue: part(first), alpha: hasAlpha ? part(0) / 255 : 1)
      return
    }
    guard text.hasPrefix("rgb"), let open = text.firstIndex(of: "("), text.hasSuffix(")") else { return nil }
    let parts = text[text.index(after: open)...].dropLast().split { ", /".contains($0) }
      .map { $0.hasSuffix("%") ? Double($0.dropLast()).map { $0 / 100 } : Double($0) }
    guard parts.count >= 3, let red = parts[0], let green = parts[1], let blue = parts[2] else { return nil }
    self.init(red: red, green: green, blue: blue, alpha: parts.count > 3 ? parts[3] ?? 1 : 1)
  }

  func with(alpha: Double) -> Color { Color(red: red, green: green, blue: blue, alpha: alpha) }

  /// `share` of the other colour, 0 to 1, and the rest of this.
  func mixed(with other: Color, _ share: Double) -> Color {
    let share = share.isFinite ? min(max(share, 0), 1) : 0
    func mix(_ from: Double, _ to: Double) -> Double { from + (to - from) * share }
    return Color(
      red: mix(red, other.red), green: mix(green, other.green), blue: mix(blue, other.blue),
      alpha: mix(alpha, other.alpha))
  }

  /// What is seen where this lies on an opaque ground.
  func on(_ ground: Color) -> Color { ground.mixed(with: with(alpha: 1), alpha) }

  /// `#73bf69`, without the alpha.
  var hex: String {
    func digits(_ value: Double) -> String {
      let text = String(Int(value.rounded()), radix: 16)
      return text.count < 2 ? "0" + text : text
    }
    return "#" + digits(red) + digits(green) + digits(blue)
  }

  /// [WCAG 2.1: relative luminance]
  var luminance: Double {
    func linear(_ value: Double) -> Double {
      let share = value / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  /// 1 to 21. [WCAG 2.1: contrast ratio]
  func contrast(with other: Color) -> Double {
    let (light, dark) = (max(luminance, other.luminance), min(luminance, other.luminance))
    return (light + 0.05) / (dark + 0.05)
  }

  /// Black or white text: what is read better on this ground.
  var ink: Color { luminance > 0.18 ? Color(0x0B0C0E) : Color(0xFFFFFF) }

  /// The nearest colour, towards black or white, that can be read as text on a ground.
  func legible(on ground: Color, ratio: Double = 4.5) -> Color {
    let opaque = on(ground)
    guard opaque.contrast(with: ground) < ratio else { return opaque }
    let goal = ground.luminance > 0.18 ? Color(0x000000) : Color(0xFFFFFF)
    let steps = (1...20).lazy.map { opaque.mixed(with: goal, Double($0) / 20) }
    return steps.first { $0.contrast(with: ground) >= ratio } ?? goal
  }
}
