import Reading

/// `bargauge`. [Grafana: packages/grafana-ui/src/components/BarGauge]
enum BarGaugeKind {
  static func draw(_ panel: Panel, _ rect: Rect, _ canvas: inout Canvas) {
    let all = panel.reducedValues()
    guard !all.isEmpty else { return Notice.draw("No data", rect, &canvas) }
    // The orientation is that of the bars: vertical ones stand beside each other.
    let isVertical = panel.isVertical(rect)
    let along = isVertical ? rect.width : rect.height
    let fits = max(1, Int((along + 6) / ((isVertical ? 40 : 22) + 6)))
    let values = Array(all.prefix(all.count > fits ? max(1, fits - 1) : fits))
    let hidden = all.count - values.count
    let room = hidden > 0 ? rect.inset(0, 0, 0, 16) : rect
    let labels = min(values.map { TextWidth.of($0.name) }.max() ?? 0, room.width * 0.35)
    let texts = min(
      (values.map { TextWidth.of($0.display.text, size: 14, bold: true) }.max() ?? 0) + 8, room.width * 0.35)
    let thickness = ((isVertical ? room.width : room.height) + 6) / Double(values.count) - 6
    for (index, value) in values.enumerated() {
      let offset = Double(index) * (thickness + 6)
      if isVertical {
        let cell = Rect(x: room.x + offset, y: room.y, width: thickness, height: room.height)
        drawUpright(value, in: cell, panel, &canvas)
      } else {
        let cell = Rect(x: room.x, y: room.y + offset, width: room.width, height: thickness)
        drawFlat(value, in: cell, labels, texts, panel, &canvas)
      }
    }
    if hidden > 0 {
      canvas.text(
        "+\(hidden) more", rect.x, rect.bottom - 3, size: 10, color: panel.theme.secondaryText, fitting: rect.width)
    }
  }

  private static func drawFlat(
    _ value: ReducedValue, in cell: Rect, _ labels: Double, _ texts: Double, _ panel: Panel, _ canvas: inout Canvas
  ) {
    canvas.text(value.name, cell.x + labels, cell.midY + 4, anchor: .end, fitting: labels)
    let bar = cell.inset(labels + 8, 0, texts)
    drawBar(value, in: bar, isVertical: false, panel, &canvas)
    canvas.text(
      value.display.text, cell.right, cell.midY + 5, size: 14, color: ink(value, panel), anchor: .end, bold: true,
      fitting: texts - 6)
  }

  private static func drawUpright(_ value: ReducedValue, in cell: Rect, _ panel: Panel, _ canvas: inout Canvas) {
    let bar = cell.inset(0, 22, 0, 20)
    drawBar(value, in: bar, isVertical: true, panel, &canvas)
    let size = Tiles.fontSize(value.display.text, width: cell.width, height: 20, most: 16)
    canvas.text(
      value.display.text, cell.midX, cell.y + 15, size: size, color: ink(value, panel), anchor: .middle, bold: true,
      fitting: cell.width)
    canvas.text(value.name, cell.midX, cell.bottom - 4, anchor: .middle, fitting: cell.width)
  }

  private static func ink(_ value: ReducedValue, _ panel: Panel) -> Color {
    guard panel.options["valueMode"]?.string ?? "color" == "color" else { return panel.theme.text }
    return value.display.color.legible(on: panel.theme.ground)
  }

  private static func drawBar(
    _ value: ReducedValue, in bar: Rect, isVertical: Bool, _ panel: Panel, _ canvas: inout Canvas
  ) {
    let mode = panel.options["displayMode"]?.string ?? "gradient"
    let share = value.display.share ?? 0
    if mode == "lcd" { return drawCells(value, in: bar, isVertical: isVertical, panel, &canvas) }
    if panel.options["showUnfilled"]?.truthy ?? true { canvas.rect(bar, fill: panel.theme.track, radius: 2) }
    let filled =
      isVertical
      ? Rect(x: bar.x, y: bar.bottom - bar.height * share, width: bar.width, height: bar.height * share)
      : Rect(x: bar.x, y: bar.y, width: bar.width * share, height: bar.height)
    if mode == "basic" {
      canvas.rect(filled, fill: value.display.color.with(alpha: 0.4), radius: 2)
      let edge =
        isVertical
        ? Rect(x: filled.x, y: filled.y, width: filled.width, height: min(2, filled.height))
        : Rect(x: max(filled.x, filled.right - 2), y: filled.y, width: min(2, filled.width), height: filled.height)
      return canvas.rect(edge, fill: value.display.color)
    }
    canvas.gradient(filled, colors(value, to: share, panel), upwards: isVertical)
  }

  /// The colours that the scale runs through up to the value.
  private static func colors(_ value: ReducedValue, to share: Double, _ panel: Panel) -> [Color] {
    let range = value.field.range
    return (0...4).map { step in
      let at = range.min + (range.max - range.min) * share * Double(step) / 4
      return value.field.color(of: at, panel.theme)
    }
  }

  /// Lit and unlit cells.
  private static func drawCells(
    _ value: ReducedValue, in bar: Rect, isVertical: Bool, _ panel: Panel, _ canvas: inout Canvas
  ) {
    let length = isVertical ? bar.height : bar.width
    let count = min(max(Int(length / 14), 1), 200)
    let size = length / Double(count) - 2
    let range = value.field.range
    for index in 0..<count {
      let share = (Double(index) + 0.5) / Double(count)
      let isLit = share <= value.display.share ?? 0
      let color = value.field.color(of: range.min + (range.max - range.min) * share, panel.theme)
      let offset = Double(index) * (size + 2)
      let cell =
        isVertical
        ? Rect(x: bar.x, y: bar.bottom - offset - size, width: bar.width, height: size)
        : Rect(x: bar.x + offset, y: bar.y, width: size, height: bar.height)
      canvas.rect(cell, fill: isLit ? color : color.with(alpha: 0.18), radius: 1)
    }
  }
}
