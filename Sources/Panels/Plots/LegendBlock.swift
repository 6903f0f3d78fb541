import Reading

/// The legend of a plot: a list, or a table with a column for each calculation.
struct LegendBlock: Sendable {
  struct Item: Sendable {
    var name: String
    var color: Color
    /// One for each calculation.
    var values: [String] = []
    /// By which a table may be sorted.
    var numbers: [Double?] = []
  }

  struct Options: Sendable {
    var isShown = true
    var isTable = false
    var onRight = false
    var calcs: [String] = []
    /// The name of a calculation.
    var sortBy: String?
    var descending = false

    init() {}

    /// `options.legend`. [Grafana: packages/grafana-schema, VizLegendOptions]
    init(_ json: JSON?) {
      let mode = json?["displayMode"]?.string
      isShown = json?["showLegend"].map(\.truthy) ?? true && mode != "hidden"
      isTable = mode == "table"
      onRight = json?["placement"]?.string == "right"
      calcs = json?["calcs"]?.elements.prefix(12).compactMap(\.string) ?? []
      sortBy = json?["sortBy"]?.string
      descending = json?["sortDesc"]?.truthy ?? false
    }

    /// `legend` of the old graph.
    init(graph json: JSON?) {
      isShown = json?["show"]?.truthy ?? true
      isTable = json?["alignAsTable"]?.truthy ?? false
      onRight = json?["rightSide"]?.truthy ?? false
      if json?["values"]?.truthy ?? false {
        calcs = ["min", "max", "avg", "current", "total"].filter { json?[$0]?.truthy ?? false }
          .map { Reducer.canonical($0) }
      }
      sortBy = json?["sort"]?.string.map { Reducer.name($0) }
      descending = json?["sortDesc"]?.truthy ?? false
    }
  }

  private let items: [Item]
  private let options: Options
  private let columns: [String]
  static let rowHeight = 20.0
  private static let swatch = 14.0
  private static let gap = 16.0

  init(_ items: [Item], _ options: Options) {
    self.options = options
    columns = options.calcs.map { Reducer.name($0) }
    guard let column = options.sortBy.flatMap(columns.firstIndex) else {
      self.items = items
      return
    }
    func number(_ item: Item) -> Double { item.numbers[column].flatMap { $0.isNaN ? nil : $0 } ?? -.infinity }
    self.items = items.enumerated().sorted { left, right in
      let (a, b) = (number(left.element), number(right.element))
      return a == b ? left.offset < right.offset : options.descending ? a > b : a < b
    }.map(\.element)
  }

  /// The text of an item in a list: calculations follow the name.
  private func listText(_ item: Item) -> String {
    ([item.name] + zip(columns, item.values).map { "\($0): \($1)" }).joined(separator: "  ")
  }

  /// Divides a rectangle into that of the plot and that of the legend.
  func layout(in rect: Rect) -> (plot: Rect, legend: Rect?) {
    guard options.isShown, !items.isEmpty, rect.width > 60, rect.height > 60 else { return (rect, nil) }
    if options.onRight {
      let texts = items.prefix(200).map { options.isTable ? $0.name : listText($0) }
      let names = (texts.map { TextWidth.of(String($0.prefix(200))) }.max() ?? 0) + Self.swatch + 10
      let wanted = names + (options.isTable ? columnWidths.reduce(0, +) : 0)
      let width = min(wanted, rect.width * (options.isTable ? 0.5 : 0.4))
      return (rect.inset(0, 0, width + 12), Rect(x: rect.right - width, y: rect.y, width: width, height: rect.height))
    }
    let rows = options.isTable ? items.count + 1 : flow(width: rect.width).last.map { $0.row + 1 } ?? 0
    let most = max(1, Int(rect.height * (options.isTable ? 0.45 : 0.35) / Self.rowHeight))
    let height = Double(min(rows, most)) * Self.rowHeight
    return (
      rect.inset(0, 0, 0, height + 4), Rect(x: rect.x, y: rect.bottom - height, width: rect.width, height: height)
    )
  }

  private var columnWidths: [Double] {
    columns.indices.map { index in
      let values = items.prefix(200).map { index < $0.values.count ? TextWidth.of($0.values[index]) : 0 }
      return min(max(values.max() ?? 0, TextWidth.of(columns[index])) + Self.gap, 160)
    }
  }

  // MARK: - Lists

  private struct Placed {
    var index: Int
    var row: Int
    var x: Double
    var width: Double
  }

  /// Items beside each other, and under each other where there is no room; no more than could ever be drawn.
  private func flow(width: Double) -> [Placed] {
    var (row, x) = (0, 0.0)
    return items.prefix(500).enumerated().map { index, item in
      let wanted = min(TextWidth.of(String(listText(item).prefix(400))) + Self.swatch + 6, width)
      if x > 0, x + wanted > width { (row, x) = (row + 1, 0) }
      defer { x += wanted + Self.gap }
      return Placed(index: index, row: row, x: x, width: wanted)
    }
  }

  func draw(in rect: Rect, _ canvas: inout Canvas) {
    if options.isTable { return drawTable(in: rect, &canvas) }
    let rows = Int(rect.height / Self.rowHeight)
    let places =
      options.onRight
      ? items.prefix(500).indices.map { Placed(index: $0, row: $0, x: 0, width: rect.width) } : flow(width: rect.width)
    var shown = places.filter { $0.row < rows }
    let more = items.count - shown.count
    if more > 0, let last = shown.last {
      // The last place, or the whole row of it, tells of the rest.
      shown.removeLast()
      let room = min(rect.width - last.x, 200)
      canvas.text(
        "+\(items.count - shown.count) more", rect.x + last.x, y(last.row, rect), color: canvas.theme.secondaryText,
        fitting: room)
    }
    for place in shown {
      let item = items[place.index]
      mark(item, rect.x + place.x, y(place.row, rect), &canvas)
      canvas.text(
        listText(item), rect.x + place.x + Self.swatch + 4, y(place.row, rect),
        fitting: place.width - Self.swatch - 4)
    }
  }

  private func y(_ row: Int, _ rect: Rect) -> Double { rect.y + Double(row) * Self.rowHeight + 14 }

  private func mark(_ item: Item, _ x: Double, _ y: Double, _ canvas: inout Canvas) {
    canvas.rect(Rect(x: x, y: y - 6, width: Self.swatch, height: 4), fill: item.color, radius: 2)
  }

  // MARK: - Tables

  private func drawTable(in rect: Rect, _ canvas: inout Canvas) {
    var widths = columnWidths
    while widths.reduce(0, +) > rect.width * 0.7, !widths.isEmpty { widths.removeLast() }
    let rows = max(1, Int(rect.height / Self.rowHeight))
    let starts = widths.indices.map { rect.right - widths[$0...].reduce(0, +) }
    let nameWidth = rect.width - widths.reduce(0, +) - Self.swatch - 8
    let secondary = canvas.theme.secondaryText
    for (index, start) in starts.enumerated() where rows > 1 {
      canvas.text(
        columns[index], start + widths[index], y(0, rect), color: secondary, anchor: .end,
        fitting: widths[index] - 4)
    }
    let head = rows > 1 ? 1 : 0
    let fits = rows - head
    let shown = items.count > fits ? max(0, fits - 1) : items.count
    for (index, item) in items.prefix(shown).enumerated() {
      let y = y(index + head, rect)
      mark(item, rect.x, y, &canvas)
      canvas.text(item.name, rect.x + Self.swatch + 4, y, fitting: nameWidth)
      for (column, start) in starts.enumerated() where column < item.values.count {
        canvas.text(
          item.values[column], start + widths[column], y, anchor: .end, fitting: widths[column] - 4)
      }
    }
    if shown < items.count {
      canvas.text(
        "+\(items.count - shown) more", rect.x, y(shown + head, rect), color: secondary, fitting: rect.width)
    }
  }
}
