/// The data of an SVG path, in tenths of a px: lines and curves are relative, which takes half the bytes.
struct PathData {
  private(set) var text = ""
  /// Where the path has come to, as it is written, so that rounding does not add up.
  private var at = (x: 0, y: 0)
  /// A command that goes on needs no letter.
  private var command: Character = " "

  mutating func move(_ x: Double, _ y: Double) {
    at = (tenths(x), tenths(y))
    begin("M")
    append(at.x)
    append(at.y)
  }

  mutating func line(_ x: Double, _ y: Double) {
    begin("l")
    go(x, y)
  }

  mutating func close() {
    text += "z"
    command = "z"
  }

  mutating func curve(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ x: Double, _ y: Double) {
    begin("c")
    append(tenths(x1) - at.x)
    append(tenths(y1) - at.y)
    append(tenths(x2) - at.x)
    append(tenths(y2) - at.y)
    go(x, y)
  }

  /// An arc of a circle to a point, clockwise or not.
  mutating func arc(radius: Double, large: Bool, clockwise: Bool, _ x: Double, _ y: Double) {
    begin("a")
    append(tenths(radius))
    append(tenths(radius))
    text += " 0 \(large ? 1 : 0) \(clockwise ? 1 : 0)"
    go(x, y)
  }

  private mutating func go(_ x: Double, _ y: Double) {
    let next = (x: tenths(x), y: tenths(y))
    append(next.x - at.x)
    append(next.y - at.y)
    at = next
  }

  private mutating func begin(_ next: Character) {
    guard command != next || next == "M" else { return }
    command = next
    text.append(next)
  }

  private mutating func append(_ tenths: Int) {
    let (whole, rest) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
    if tenths < 0 { text += "-" } else if text.utf8.last.map({ $0 < UInt8(ascii: "A") }) ?? false { text += " " }
    if whole > 0 || rest == 0 { text += "\(whole)" }
    if rest > 0 { text += ".\(rest)" }
  }

  private func tenths(_ value: Double) -> Int {
    value.isFinite ? Int((min(max(value, -1e6), 1e6) * 10).rounded()) : 0
  }
}
