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
    for group in Self.groups(of: queries.panels) { place(group, queries.panels, of: dashboard) }
  }

  /// Panels that stand in one copy of one row.
  private struct GroupKey: Hashable {
    var row: Int?
    var repeats: [RepeatValue]
  }

  /// The numbers of the panels of each group. The copies of a panel follow each other, so those of a row are gathered here.
  private static func groups(of panels: [PanelQueries]) -> [[Int]] {
    var groups: [[Int]] = []
    var known: [GroupKey: Int] = [:]
    for (index, panel) in panels.enumerated() {
      let key = GroupKey(
        row: panel.panel.row,
        repeats: panel.repeats.filter { $0.variable != panel.panel.repeatVariable || panel.panel.type == "row" })
      if let group = known[key] {
        groups[group].append(index)
      } else {
        known[key] = groups.count
        groups.append([index])
      }
    }
    return groups
  }

  private mutating func place(_ group: [Int], _ queries: [PanelQueries], of dashboard: Dashboard) {
    let top = group.map { panels[$0].y }.min() ?? 0
    if let row = queries[group[0]].panel.row, dashboard.rows.indices.contains(row) {
      let title = queries[group[0]].row ?? dashboard.rows[row].title
      rows.append(RowHeader(title: title, y: cursor, isCollapsed: dashboard.rows[row].isCollapsed))
      // Where the row is a panel itself, that is its header.
      if !group.contains(where: { queries[$0].panel.type == "row" }) { cursor += 1 }
    }
    for index in group { panels[index].y += cursor - top }
    spread(group, queries)
    cursor = group.map { panels[$0].y + panels[$0].height }.max() ?? cursor
  }

  /// Puts the copies of repeated panels side by side or below each other, and moves down what lies below them.
  private mutating func spread(_ group: [Int], _ queries: [PanelQueries]) {
    var rest = group[...]
    while let first = rest.first {
      let panel = queries[first].panel
      let copies = rest.prefix { queries[$0].panel.place == panel.place }
      rest = rest.dropFirst(copies.count)
      guard copies.count > 1 else { continue }
      let origin = panels[first]
      let isVertical = panel.repeatDirection == "v"
      let columns = isVertical ? 1 : min(copies.count, max(1, panel.maxPerRow ?? 4))
      for (copy, index) in copies.enumerated() {
        panels[index].y = origin.y + copy / columns * origin.height
        guard !isVertical else { continue }
        panels[index].width = 24 / columns
        panels[index].x = copy % columns * (24 / columns)
      }
      let extra = ((copies.count + columns - 1) / columns - 1) * origin.height
      for index in rest where panels[index].y >= origin.y + origin.height { panels[index].y += extra }
    }
  }
}
