import Reading

/// `stat`, and the old `singlestat`: big values, with a sparkline.
/// [Grafana: packages/grafana-ui/src/components/BigValue]
enum StatKind {
  private struct Style {
    var colors = "value"
    var hasGraph = true
    var textMode = "auto"
    var isCentered = false
    var prefix = ""
    var postfix = ""

    init(_ options: JSON) {
      colors = options["colorMode"]?.string ?? "value"
      hasGraph = options["graphMode"]?.string ?? "area" == "area"
      textMode = options["textMode"]?.string ?? "auto"
      isCentered = options["justifyMode"]?.string == "center"
    }

    init(singlestat model: JSON) {
      colors = model["colorBackground"]?.truthy ?? false ? "background" : "none"
      if model["colorValue"]?.truthy ?? false { colors = "value" }
      hasGraph = model["sparkline", "show"]?.truthy ?? false
      textMode = "value"
      isCentered = true
      prefix = model["prefix"]?.text ?? ""
      postfix = model["postfix"]?.text ?? ""
    }
  }

  static func draw(_ panel: Panel, _ rect: Rect, _ canvas: inout Canvas) {
    let isOld = panel.type == "singlestat"
    let style = isOld ? Style(singlestat: panel.model) : Style(panel.options)
    let values = isOld ? singlestat(panel) : panel.reducedValues()
    guard !values.isEmpty else { return Notice.draw("No data", rect, &canvas) }
    let (cells, hidden) = Tiles.layout(values.count, in: rect, isVertical: panel.isVertical(rect))
    let texts = values.prefix(cells.count).map { text(of: $0, style) }
    let longest = texts.max { TextWidth.of($0) < TextWidth.of($1) } ?? ""
    let showsName = style.textMode == "value_and_name" || (style.textMode == "auto" && values.count > 1)
    for (index, cell) in cells.enumerated() {
      let name = showsName ? values[index].name : ""
      let tile = Tile(value: values[index], name: name, text: texts[index], longest: longest)
      canvas.clipped(to: cell) { draw(tile, in: cell, style, panel, &$0) }
    }
    Tiles.drawHidden(hidden, rect, &canvas)
  }

  /// What stands in one cell; all values have the size of the longest.
  private struct Tile {
    var value: ReducedValue
    var name: String
    var text: String
    var longest: String
  }

  private static func text(of value: ReducedValue, _ style: Style) -> String {
    switch style.textMode {
    case "name": value.name
    case "none": ""
    default: style.prefix + value.display.text + style.postfix
    }
  }

  /// One value of the first series: the old panel refused to show several.
  private static func singlestat(_ panel: Panel) -> [ReducedValue] {
    let calc = panel.model["valueName"]?.string ?? "avg"
    let ids = ["current": "lastNotNull", "avg": "mean", "total": "sum"]
    return panel.frames.prefix(1).flatMap { frame in
      frame.numberFields.prefix(1).map { field in
        let isName = calc == "name"
        let cell: Cell = isName ? .text(field.displayName) : Reducer.cell(ids[calc] ?? calc, field.cells)
        return ReducedValue(
          name: field.displayName, cell: cell, display: panel.display(cell, in: field), field: field,
          times: frame.timeField?.cells ?? [])
      }
    }
  }

  private static func draw(_ tile: Tile, in rect: Rect, _ style: Style, _ panel: Panel, _ canvas: inout Canvas) {
    let (theme, value) = (panel.theme, tile.value)
    let isFilled = style.colors.hasPrefix("background")
    let ground = isFilled ? value.display.color.on(theme.ground) : theme.ground
    if isFilled { canvas.rect(rect, fill: ground, radius: 3) }
    let ink = isFilled ? ground.ink : theme.text
    let hasGraph = style.hasGraph && value.times.count > 1 && rect.height > 50
    if hasGraph {
      let line = isFilled ? ink.with(alpha: 0.7) : style.colors == "none" ? theme.secondaryText : value.display.color
      let height = rect.height * 0.35
      Sparkline(value, panel).draw(
        Rect(x: rect.x, y: rect.bottom - height, width: rect.width, height: height), line, &canvas)
    }
    let color = style.colors == "value" ? value.display.color.legible(on: ground, ratio: 3) : ink
    drawTexts(
      tile, in: rect.inset(8, 4, 8, hasGraph ? rect.height * 0.35 : 4), isCentered: style.isCentered, color,
      nameColor: ink.mixed(with: ground, 0.1), &canvas)
  }

  /// The name above the value; where the room is too low for both, beside it.
  private static func drawTexts(
    _ tile: Tile, in room: Rect, isCentered: Bool, _ color: Color, nameColor: Color, _ canvas: inout Canvas
  ) {
    let isLow = room.height < 34 && !tile.name.isEmpty
    let nameSize = tile.name.isEmpty ? 0 : min(max(room.height * 0.22, 11), 18)
    if isLow {
      let size = Tiles.fontSize(tile.longest, width: room.width * 0.6, height: room.height, most: 20)
      let width = min(TextWidth.of(tile.text, size: size, bold: true) + 1, room.width * 0.8)
      canvas.text(tile.name, room.x, room.midY + 4, size: 11, color: nameColor, fitting: room.width - width - 6)
      return canvas.text(
        tile.text, room.right, room.midY + size * 0.36, size: size, color: color, anchor: .end, bold: true,
        fitting: width)
    }
    let size = Tiles.fontSize(tile.longest, width: room.width, height: room.height - nameSize * 1.4, most: 64)
    let isMiddle = isCentered || tile.name.isEmpty
    let x = isMiddle ? room.midX : room.x
    var y = room.midY - (size + nameSize * 1.4) / 2
    if nameSize > 0 {
      canvas.text(
        tile.name, x, y + nameSize * 0.85, size: nameSize, color: nameColor, anchor: isMiddle ? .middle : .start,
        fitting: room.width)
      y += nameSize * 1.4
    }
    canvas.text(
      tile.text, x, y + size * 0.82, size: size, color: color, anchor: isMiddle ? .middle : .start, bold: true,
      fitting: room.width)
  }
}
