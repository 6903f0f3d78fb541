/// A rectangle in px; never of negative size.
struct Rect: Sendable, Equatable {
  var x: Double
  var y: Double
  var width: Double
  var height: Double

  init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = max(0, width)
    self.height = max(0, height)
  }

  var right: Double { x + width }
  var bottom: Double { y + height }
  var midX: Double { x + width / 2 }
  var midY: Double { y + height / 2 }

  func inset(_ left: Double = 0, _ top: Double = 0, _ right: Double = 0, _ bottom: Double = 0) -> Rect {
    Rect(x: x + left, y: y + top, width: width - left - right, height: height - top - bottom)
  }
}

/// A coordinate with at most two decimals; what is no number is 0, and none is so far away that a renderer overflows.
func coordinate(_ value: Double) -> String {
  guard value.isFinite else { return "0" }
  let scaled = Int((min(max(value, -1e6), 1e6) * 100).rounded())
  let (whole, rest) = (abs(scaled) / 100, abs(scaled) % 100)
  let sign = scaled < 0 ? "-" : ""
  if rest == 0 { return "\(sign)\(whole)" }
  if rest % 10 == 0 { return "\(sign)\(whole).\(rest / 10)" }
  return "\(sign)\(whole).\(rest < 10 ? "0" : "")\(rest)"
}

/// The data of an SVG path.
struct PathData {
  private(set) var text = ""

  mutating func move(_ x: Double, _ y: Double) { text += "M\(tenth(x)) \(tenth(y))" }
  mutating func line(_ x: Double, _ y: Double) { text += "L\(tenth(x)) \(tenth(y))" }
  mutating func close() { text += "Z" }

  mutating func curve(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ x: Double, _ y: Double) {
    text += "C\(tenth(x1)) \(tenth(y1)) \(tenth(x2)) \(tenth(y2)) \(tenth(x)) \(tenth(y))"
  }

  /// An arc of a circle to a point, clockwise or not.
  mutating func arc(radius: Double, large: Bool, clockwise: Bool, _ x: Double, _ y: Double) {
    text += "A\(tenth(radius)) \(tenth(radius)) 0 \(large ? 1 : 0) \(clockwise ? 1 : 0) \(tenth(x)) \(tenth(y))"
  }

  private func tenth(_ value: Double) -> String { coordinate((value * 10).rounded() / 10) }
}
