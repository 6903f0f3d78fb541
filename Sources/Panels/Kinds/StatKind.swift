import Reading

/// `stat`, and the old `singlestat`: big values, with a sparkline. [Grafana: packages/grafana-ui/src/components/BigValue]
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

  private static let most = 60

  static func draw(_ panel: Panel, _ rect: Rect, _ canvas: inout Canvas) {
    let isOld = panel.type == "singlestat"
    let style = isOld ? Style(singlestat: panel.model) : Style(panel.options)
    var values = isOld ? singlestat(panel) : panel.reducedValues()
    guard !values.isEmpty else { return Notice.draw("No data", rect, &canvas) }
    let hidden = max(0, values.count - most)
    values = Array(values.prefix(most))
    let cells = Tiles.layout(values.count, in: rect, isVertical: panel.isVertical(rect))
    let showsName = style.textMode == "value_and_name" || style.textMode == "name" || values.count > 1
    for (value, cell) in zip(values, cells) {
      canvas.clipped(to: cell) {
        draw(value, in: cell, style, showsName: showsName && style.textMode != "value", panel, &$0)
      }
    }
    if hidden > 0 { Notice.note("+\(hidden) more", rect, &canvas) }
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

  private static func draw(
    _ value: ReducedValue, in rect: Rect, _ style: Style, showsName: Bool, _ panel: Panel, _ canvas: inout Canvas
  ) {
    let theme = panel.theme
    let isFilled = style.colors.hasPrefix("background")
    let ground = isFilled ? value.display.color.on(theme.ground) : theme.ground
    if isFilled { canvas.rect(rect, fill: ground, radius: 3) }
    let isLight = ground.luminance > 0.3
    let ink = isFilled ? Color(isLight ? 0x111217 : 0xFFFFFF) : theme.text
    let color = style.colors == "value" ? value.display.color.legible(on: ground, ratio: 3) : ink
    let hasGraph = style.hasGraph && value.times.count > 1 && rect.height > 50
    if hasGraph {
      let line = isFilled ? ink.with(alpha: 0.7) : style.colors == "none" ? theme.secondaryText : value.display.color
      let height = rect.height * 0.35
      Sparkline(value, panel).draw(
        Rect(x: rect.x, y: rect.bottom - height, width: rect.width, height: height), line, &canvas)
    }
    let text =
      style.textMode == "name" || style.textMode == "none" ? "" : style.prefix + value.display.text + style.postfix
    let room = rect.inset(8, 4, 8, hasGraph ? rect.height * 0.35 : 4)
    let big = style.textMode == "name" ? value.name : text
    let nameSize = showsName && style.textMode != "name" ? min(max(room.height * 0.22, 11), 18) : 0
    let size = Tiles.fontSize(big, width: room.width, height: room.height - nameSize * 1.4, most: 64)
    let centered = style.isCentered || !showsName
    let x = centered ? room.midX : room.x
    let block = size + nameSize * 1.4
    var y = room.midY - block / 2
    if nameSize > 0 {
      canvas.text(
        value.name, x, y + nameSize * 0.85, size: nameSize, color: ink.mixed(with: ground, 0.1),
        anchor: centered ? .middle : .start, fitting: room.width)
      y += nameSize * 1.4
    }
    canvas.text(
      big, x, y + size * 0.82, size: size, color: color, anchor: centered ? .middle : .start, bold: true,
      fitting: room.width)
  }
}
