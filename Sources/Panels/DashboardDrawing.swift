/// A dashboard as one SVG element that can stand in a page of HTML.
///
/// It is one SVG and not boxes of HTML because panels have places on a grid, and places are attributes in SVG but
/// styles in HTML, which a Content-Security-Policy may forbid. Panels are laid out as Grafana does: 24 columns, cells
/// of 30 px, 8 px between two. [Grafana: public/app/core/constants.ts]
///
/// - Parameters:
///   - width: of the whole, in px.
///   - idPrefix: begins every id; give each dashboard of one page another.
public func html(
  of picture: DashboardPicture, theme: PanelTheme = .dark, width: Double = 1600, idPrefix: String = "dashboard-"
) -> String {
  let width = width.isFinite ? min(max(width, 400), 10_000) : 1600
  let grid = DashboardGrid(width: width)
  var canvas = Canvas(theme: Theme(theme), prefix: idPrefix)
  let cells = picture.panels.map { grid.rect($0.gridPos) }
  let rows = picture.rows.map { grid.rect(GridPosition(x: 0, y: $0.y, w: 24, h: 1)) }
  let height = ((cells + rows).map(\.bottom).max() ?? grid.top) + DashboardGrid.gap
  canvas.rect(Rect(x: 0, y: 0, width: width, height: height), fill: canvas.theme.canvas)
  let room = width - 2 * DashboardGrid.gap
  canvas.text(picture.title, DashboardGrid.gap, 26, size: 18, bold: true, fitting: room)
  canvas.text(
    picture.subtitle, DashboardGrid.gap, 46, color: canvas.theme.secondaryText, fitting: room)
  for (row, rect) in zip(picture.rows, rows) { canvas.draw(row, in: rect) }
  for (index, (panel, rect)) in zip(picture.panels, cells).enumerated() {
    let (id, label) = (escaped("\(idPrefix)\(index)"), escaped(String(panel.title.prefix(500))))
    canvas.append("<g id=\"\(id)\" role=\"figure\" aria-label=\"\(label)\">")
    let theme = canvas.theme
    canvas.clipped(to: rect) { $0.draw(Panel(panel, theme), badge: panel.badge, in: rect) }
    canvas.append("</g>")
  }
  return Document.svg(canvas.source, Rect(x: 0, y: 0, width: width, height: height), label: picture.title)
}

/// Places of a dashboard's grid in px.
struct DashboardGrid {
  static let columns = 24
  static let gap = 8.0
  private static let cell = 30.0
  /// No dashboard is longer: a place far down may not make a picture that nobody can open.
  private static let mostRows = 10_000

  let width: Double
  /// Below the title.
  let top = 60.0

  func rect(_ position: GridPosition) -> Rect {
    let x = min(max(position.x, 0), Self.columns - 1)
    let y = min(max(position.y, 0), Self.mostRows)
    let w = min(max(position.w, 1), Self.columns - x)
    let h = min(max(position.h, 1), 500)
    let column = (width - Self.gap) / Double(Self.columns)
    return Rect(
      x: Self.gap + Double(x) * column, y: top + Double(y) * (Self.cell + Self.gap),
      width: Double(w) * column - Self.gap, height: Double(h) * (Self.cell + Self.gap) - Self.gap)
  }
}

extension Canvas {
  fileprivate mutating func draw(_ row: DashboardPicture.Row, in rect: Rect) {
    let (x, y) = (rect.x + 8, rect.midY)
    var chevron = PathData()
    chevron.move(x, row.collapsed ? y - 4 : y - 2)
    chevron.line(x + 4, row.collapsed ? y : y + 2)
    if row.collapsed { chevron.line(x, y + 4) } else { chevron.line(x + 8, y - 2) }
    path(chevron, stroke: theme.secondaryText, width: 1.5)
    text(row.title, x + 16, y + 5, size: 14, bold: true, fitting: rect.width - 24)
  }
}
