/// Divides room among the values of a panel, and finds the size of their text.
enum Tiles {
  static let gap = 8.0

  /// `count` cells in a row (or a column); in several ones where they would become too small to be read.
  static func layout(_ count: Int, in rect: Rect, isVertical: Bool) -> [Rect] {
    guard count > 0 else { return [] }
    let along = isVertical ? rect.width : rect.height
    let least = isVertical ? 80.0 : 36.0
    let most = max(1, Int((along + gap) / (least + gap)))
    let lanes = (count + most - 1) / most
    let perLane = (count + lanes - 1) / lanes
    let (columns, rows) = isVertical ? (perLane, lanes) : (lanes, perLane)
    let width = (rect.width - gap * Double(columns - 1)) / Double(columns)
    let height = (rect.height - gap * Double(rows - 1)) / Double(rows)
    return (0..<count).map { index in
      let (column, row) = isVertical ? (index % columns, index / columns) : (index / rows, index % rows)
      return Rect(
        x: rect.x + Double(column) * (width + gap), y: rect.y + Double(row) * (height + gap), width: width,
        height: height)
    }
  }

  /// The largest size at which the text fits; 10 px where none does, and it is cut.
  static func fontSize(_ text: String, width: Double, height: Double, most: Double) -> Double {
    let perPixel = TextWidth.of(text, size: 1, bold: true)
    let byWidth = perPixel > 0 ? width / perPixel : most
    return max(10, min(byWidth, height * 0.85, most))
  }
}
