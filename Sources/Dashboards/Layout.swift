/// Where the panels of an opened dashboard lie, its repeats laid out. [Grafana: dashboard-scene/scene/layout-default/DashboardGridItem.tsx]
public struct DashboardLayout: Sendable {
  /// The header of a row: one cell high, over all columns.
  public struct RowHeader: Sendable, Hashable {
    public var title: String
    public var y: Int
    public var isCollapsed: Bool
  }

  public private(set) var rows: [RowHeader] = []
  /// One a panel of the queries, in their order. Panels of collapsed rows have a place too: it is what one sees who opens them.
  public private(set) var panels: [GridPosition] = []

  /// What is below the last group that was laid out.
  private var cursor = 0

  /// Lays out what a dashboard sends.
  public init(_ queries: DashboardQueries, of dashboard: Dashboard) {
    panels = queries.panels.map(\.panel.gridPosition)
    var start = 0
    while start < queries.panels.count {
      let key = Group(queries.panels[start])
      let end = queries.panels[start...].firstIndex { Group($0) != key } ?? queries.panels.count
      place(start..<end, queries, of: dashboard)
      start = end
    }
  }

  /// Panels that stand in one copy of one row.
  private struct Group: Equatable {
    var row: Int?
    var repeats: [RepeatValue]

    init(_ panel: PanelQueries) {
      row = panel.panel.row
      repeats = panel.repeats.filter { $0.variable != panel.panel.repeatVariable }
    }
  }

  private mutating func place(_ range: Range<Int>, _ queries: DashboardQueries, of dashboard: Dashboard) {
    let top = range.map { panels[$0].y }.min() ?? 0
    if let row = queries.panels[range.lowerBound].panel.row, dashboard.rows.indices.contains(row) {
      let title = queries.panels[range.lowerBound].row ?? dashboard.rows[row].title
      rows.append(RowHeader(title: title, y: cursor, isCollapsed: dashboard.rows[row].isCollapsed))
      // Where the row is a panel itself, that is its header.
      if !range.contains(where: { queries.panels[$0].panel.type == "row" }) { cursor += 1 }
    }
    for index in range { panels[index].y += cursor - top }
    spread(range, queries)
    cursor = range.map { panels[$0].y + panels[$0].height }.max() ?? cursor
  }

  /// Puts the copies of repeated panels side by side or below each other, and moves down what lies below them.
  private mutating func spread(_ range: Range<Int>, _ queries: DashboardQueries) {
    var first = range.lowerBound
    while first < range.upperBound {
      let panel = queries.panels[first].panel
      let end =
        queries.panels[first..<range.upperBound].firstIndex { $0.panel.place != panel.place } ?? range.upperBound
      let count = end - first
      if count > 1 {
        let origin = panels[first]
        let isVertical = panel.repeatDirection == "v"
        let columns = isVertical ? 1 : min(count, max(1, panel.maxPerRow ?? 4))
        for copy in 0..<count {
          panels[first + copy].y = origin.y + copy / columns * origin.height
          guard !isVertical else { continue }
          panels[first + copy].width = 24 / columns
          panels[first + copy].x = copy % columns * (24 / columns)
        }
        let extra = ((count + columns - 1) / columns - 1) * origin.height
        for index in end..<range.upperBound where panels[index].y >= origin.y + origin.height {
          panels[index].y += extra
        }
      }
      first = end
    }
  }
}
