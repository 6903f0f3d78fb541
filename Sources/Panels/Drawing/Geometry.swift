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
