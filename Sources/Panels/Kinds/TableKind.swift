import Reading

/// `table`, and `table-old`. [Grafana: public/app/plugins/panel/table]
enum TableKind {
  static let rowHeight = 30.0
  private static let padding = 8.0
  private static let mostColumns = 60

  static func draw(_ panel: Panel, _ rect: Rect, _ canvas: inout Canvas) {
    var frames = panel.frames.filter { !$0.fields.isEmpty }
    if panel.type == "table-old" { shapeOld(&frames, panel) }
    guard var frame = frames.first, frame.length > 0 else { return Notice.draw("No data", rect, &canvas) }
    frame.fields.removeAll {
      $0.config.custom("hidden")?.truthy ?? false || $0.config.custom("hideFrom", "viz")?.truthy ?? false
    }
    sort(&frame, panel)
    // Grafana shows one frame, and a list to choose another.
    let note = frames.count > 1 ? "table 1 of \(frames.count)" : nil
    draw(frame, in: rect, panel, note: note, &canvas)
  }

  /// `transform` of the old table. [Grafana: public/app/plugins/panel/table-old/transformers.ts]
  private static func shapeOld(_ frames: inout [Frame], _ panel: Panel) {
    switch panel.model["transform"]?.string ?? "table" {
    case "timeseries_to_rows": Transformations.seriesToRows(&frames)
    case "timeseries_to_columns": frames = Transformations.joined(frames, by: nil)
    case "timeseries_aggregations":
      let fields = frames.flatMap(\.numberFields)
      let columns = panel.model["columns"]?.elements.prefix(12).compactMap { $0["value"]?.string } ?? []
      let names = Field("Metric", .text, fields.map { .text($0.displayName) })
      let values = (columns.isEmpty ? ["avg"] : columns).map { id in
        Field(Reducer.name(id), .number, fields.map { Reducer.cell(Reducer.canonical(id), $0.cells) })
      }
      frames = [Frame(refID: "", fields: [names] + values)]
    default:
      Transformations.merge(&frames)
      return
    }
    frames.nameFields()
    for frame in frames.indices {
      for field in frames[frame].fields.indices {
        Legacy.override(&frames[frame].fields[field], panel.type, panel.model)
      }
      for field in frames[frame].fields.indices {
        if let name = frames[frame].fields[field].config.displayName { frames[frame].fields[field].displayName = name }
      }
    }
  }

  private static func sort(_ frame: inout Frame, _ panel: Panel) {
    if let sort = panel.options["sortBy"]?.elements.first, let name = sort["displayName"]?.string {
      frame.sort(by: name, descending: sort["desc"]?.truthy ?? false)
    }
    if let column = panel.model["sort", "col"]?.int, frame.fields.indices.contains(column) {
      frame.sort(by: frame.fields[column].displayName, descending: panel.model["sort", "desc"]?.truthy ?? false)
    }
  }

  /// A head, and as many rows as there is room for.
  static func draw(_ frame: Frame, in rect: Rect, _ panel: Panel, note: String?, _ canvas: inout Canvas) {
    let fields = Array(frame.fields.prefix(mostColumns))
    let hasHead = panel.options["showHeader"]?.truthy ?? true
    var fits = max(1, Int(rect.height / rowHeight) - (hasHead ? 1 : 0))
    let count = frame.length
    if count > fits || note != nil { fits = max(1, Int((rect.height - 18) / rowHeight) - (hasHead ? 1 : 0)) }
    let rows = min(count, fits)
    let texts = fields.map { field in field.cells.prefix(rows).map { panel.display($0, in: field) } }
    let widths = widths(fields, texts, rect.width)
    var x = rect.x
    for (index, field) in fields.enumerated() where widths[index] > 0 {
      let column = Rect(x: x, y: rect.y, width: widths[index], height: rect.height)
      draw(field, texts[index], in: column, hasHead: hasHead, panel, &canvas)
      x += widths[index]
    }
    for row in 0...rows where hasHead || row > 0 {
      let y = rect.y + rowHeight * Double(row + (hasHead ? 1 : 0))
      if y <= rect.bottom { canvas.line(rect.x, y, rect.right, y, panel.theme.grid) }
    }
    let left = widths.count { $0 == 0 } + frame.fields.count - fields.count
    let words = [
      count > rows ? "+\(count - rows) rows" : nil, left > 0 ? "+\(left) columns" : nil, note,
    ].compactMap { $0 }.joined(separator: " · ")
    canvas.text(
      words, rect.x + padding, rect.bottom - 4, size: 11, color: panel.theme.secondaryText,
      fitting: rect.width - 2 * padding)
  }

  private static func isRight(_ field: Field) -> Bool {
    switch field.config.custom("align")?.string {
    case "right": true
    case "left", "center": false
    default: field.kind == .number
    }
  }

  private static func draw(
    _ field: Field, _ values: [DisplayValue], in column: Rect, hasHead: Bool, _ panel: Panel, _ canvas: inout Canvas
  ) {
    let onRight = isRight(field)
    let x = onRight ? column.right - padding : column.x + padding
    let room = column.width - 2 * padding
    if hasHead {
      canvas.text(
        field.displayName, x, column.y + 20, color: panel.theme.name == .dark ? Color(0x6E9FFF) : Color(0x1F62E0),
        anchor: onRight ? .end : .start, bold: true, fitting: room)
    }
    let mode =
      field.config.custom("cellOptions", "type")?.string ?? field.config.custom("displayMode")?.string ?? "auto"
    for (row, value) in values.enumerated() {
      let y = column.y + rowHeight * Double(row + (hasHead ? 1 : 0))
      let cell = Rect(x: column.x, y: y, width: column.width, height: rowHeight)
      var ink = panel.theme.text
      if mode.hasPrefix("color-background") {
        let ground = value.color.on(panel.theme.ground)
        canvas.rect(cell, fill: ground)
        ink = ground.ink
      } else if mode == "color-text" {
        ink = value.color.legible(on: panel.theme.ground)
      } else if mode.contains("gauge"), let share = value.share {
        let gauge = cell.inset(padding, 7, padding, 7)
        canvas.rect(
          Rect(x: gauge.x, y: gauge.y, width: gauge.width * share, height: gauge.height),
          fill: value.color.with(alpha: 0.3), radius: 2)
      }
      canvas.text(value.text, x, y + 20, color: ink, anchor: onRight ? .end : .start, fitting: room)
    }
  }

  /// As wide as configured or as the text; what is left is shared; 0 for columns that do not fit.
  private static func widths(_ fields: [Field], _ values: [[DisplayValue]], _ width: Double) -> [Double] {
    let natural = zip(fields, values).map { field, values -> Double in
      if let width = field.config.custom("width")?.bounded(1...2000) { return width }
      let texts = values.prefix(100).map { TextWidth.of(String($0.text.prefix(200))) }
      let head = TextWidth.of(String(field.displayName.prefix(200)), bold: true)
      return min(max(texts.max() ?? 0, head, 34) + 2 * padding, 360)
    }
    let sum = natural.reduce(0, +)
    if sum <= width, sum > 0 { return natural.map { $0 * width / sum } }
    return narrowed(natural, width)
  }

  /// Narrow columns stay; the others share what is left, and the last ones go where they could not be read.
  private static func narrowed(_ natural: [Double], _ width: Double) -> [Double] {
    let readable = 70.0
    let narrow = natural.filter { $0 <= readable }.reduce(0, +)
    let wide = natural.filter { $0 > readable }.reduce(0, +)
    let scale = wide > 0 ? max(0, width - narrow) / wide : 0
    var left = width
    let result = natural.map { natural -> Double in
      let wanted = natural <= readable ? natural : max(readable, natural * scale)
      defer { left -= wanted }
      return left >= wanted - 0.01 ? wanted : 0
    }
    return result.first == 0 ? [width] + result.dropFirst().map { _ in 0 } : result
  }
}
