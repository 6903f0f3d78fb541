import Reading

/// Version 16: `rows[]` of panels with spans become a grid of panels. [Grafana: DashboardMigrator.ts,
/// upgradeToGridLayout]
struct LegacyRows {
  private var nextID: Int
  /// Where the next row begins, in grid units.
  private var y = 0

  /// `sources` are panels that stand outside of the rows: their ids are taken.
  init(sources: [JSON]) {
    nextID = (sources.compactMap { $0["id"]?.int(in: 0...Int(Int32.max)) }.max() ?? 0) + 1
  }

  /// Panels in the v1 shape; row panels only if any row is collapsed, repeated or has a visible title.
  func flatten(_ rows: [JSON]) -> [JSON] {
    var copy = self
    let ids = rows.flatMap { $0["panels"]?.elements ?? [] }.compactMap { $0["id"]?.int(in: 0...Int(Int32.max)) }
    copy.nextID = max(nextID, (ids.max() ?? 0) + 1)
    let showRows = rows.contains { row in
      ["collapse", "showTitle", "repeat"].contains { row[$0]?.truthy == true }
    }
    // What a repeat left in the file has an iteration.
    return rows.filter { $0["repeatIteration"]?.truthy != true }.flatMap { copy.flatten($0, showRows: showRows) }
  }

  private mutating func flatten(_ row: JSON, showRows: Bool) -> [JSON] {
    let height = Self.gridHeight(row["height"]) ?? 7
    let isCollapsed = showRows && row["collapse"]?.truthy == true
    let rowY = y
    if showRows { y += 1 }
    var area = RowArea(height: height, y: y)
    let children = (row["panels"]?.elements ?? []).map { panel in
      guard panel.isObject else { return panel }
      let span = panel["span"]?.int(in: 0...12) ?? 4
      let width = (span == 0 ? 4 : span) * 2
      let position = area.place(width: width, height: Self.gridHeight(panel["height"]) ?? height)
      // Also counted in 12 columns till then.
      let minSpan = panel["minSpan"]?.int(in: 1...12).map { JSON.whole($0 * 2, at: panel) }
      return panel.without("span").with("minSpan", minSpan).with("gridPos", Self.json(position, at: panel))
    }
    y = area.y
    if !isCollapsed { y += height }
    guard showRows else { return children }
    let header = header(of: row, children: isCollapsed ? children : [], y: rowY, isCollapsed: isCollapsed)
    return isCollapsed ? [header] : [header] + children
  }

  private mutating func header(of row: JSON, children: [JSON], y: Int, isCollapsed: Bool) -> JSON {
    defer { nextID += 1 }
    return .object(
      [
        "id": .whole(nextID, at: row), "type": .text("row", at: row), "title": row["title"],
        "collapsed": .flag(isCollapsed, at: row), "repeat": row["repeat"],
        "gridPos": Self.json(GridPosition(x: 0, y: y, width: 24, height: 1), at: row),
        "panels": .list(children, at: row),
      ], at: row)
  }

  static func json(_ position: GridPosition, at place: JSON) -> JSON {
    .object(
      [
        "x": .whole(position.x, at: place), "y": .whole(position.y, at: place),
        "w": .whole(position.width, at: place), "h": .whole(position.height, at: place),
      ], at: place)
  }

  /// Pixels (`250`, `"250px"`) to grid units of 38 px, rounded up; at least 3 units of 30 px.
  private static func gridHeight(_ json: JSON?) -> Int? {
    guard let text = json?.text else { return nil }
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard let pixels = Int(digits), pixels > 0 else { return nil }
    return (min(max(pixels, 90), 38_000) + 37) / 38
  }
}

/// The columns of a row that is filled from the left, with lower panels stacked beside higher ones.
private struct RowArea {
  let height: Int
  var y: Int
  private var filled = Array(repeating: 0, count: 24)

  init(height: Int, y: Int) {
    self.height = height
    self.y = y
  }

  mutating func place(width: Int, height panelHeight: Int) -> GridPosition {
    let width = min(max(width, 1), 24)
    var start = firstFree(width)
    if start == nil {
      y += height
      filled = Array(repeating: 0, count: 24)
      start = 0
    }
    let columns = (start ?? 0)..<(start ?? 0) + width
    let top = filled[columns].max() ?? 0
    for column in columns { filled[column] = top + panelHeight }
    return GridPosition(x: columns.lowerBound, y: y + top, width: width, height: panelHeight)
  }

  /// The left-most run of columns, ending at the right edge of what is free, that is wide enough.
  private func firstFree(_ width: Int) -> Int? {
    var end: Int?
    var start: Int?
    for column in filled.indices.reversed() {
      guard filled[column] < height else { break }
      if end == nil {
        end = column
        start = column
      } else if column < 23, filled[column] <= filled[column + 1] {
        start = column
      } else {
        break
      }
    }
    guard let start, let end, end - start >= width - 1 else { return nil }
    return start
  }
}
