/// Divides room among the values of a panel, and finds the size of their text.
enum Tiles {
  static let gap = 8.0
  /// What can still be read, in px.
  private static let least = (width: 80.0, height: 36.0)
  private static let most = 60

  /// Cells in a row (or a column), in several ones where they would become too small to be read; and how many of
  /// `count` have none.
  static func layout(_ count: Int, in rect: Rect, isVertical: Bool) -> (cells: [Rect], hidden: Int) {
    let fits = capacity(rect)
    guard count > fits else { return (cells(count, in: rect, isVertical: isVertical), 0) }
    let room = rect.inset(0, 0, 0, 16)
    let shown = min(capacity(room), count)
    return (cells(shown, in: room, isVertical: isVertical), count - shown)
  }

  /// Says at the bottom how many values are not shown.
  static func drawHidden(_ hidden: Int, _ rect: Rect, _ canvas: inout Canvas) {
    guard hidden > 0 else { return }
    canvas.text(
      "+\(hidden) more", rect.x, rect.bottom - 3, size: 10, color: canvas.theme.secondaryText, fitting: rect.width)
  }

  private static func lanes(_ length: Double, _ least: Double) -> Int { max(1, Int((length + gap) / (least + gap))) }

  private static func capacity(_ rect: Rect) -> Int {
    min(most, lanes(rect.width, least.width) * lanes(rect.height, least.height))
  }

  private static func cells(_ count: Int, in rect: Rect, isVertical: Bool) -> [Rect] {
    guard count > 0 else { return [] }
    let perLaneMost = isVertical ? lanes(rect.width, least.width) : lanes(rect.height, least.height)
    let laneCount = (count + perLaneMost - 1) / perLaneMost
    let perLane = (count + laneCount - 1) / laneCount
    let (columns, rows) = isVertical ? (perLane, laneCount) : (laneCount, perLane)
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
