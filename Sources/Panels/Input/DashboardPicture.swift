/// All that is needed to draw a dashboard.
public struct DashboardPicture: Codable, Sendable, Hashable {
  /// The header of a row: one cell high, as wide as the grid.
  public struct Row: Codable, Sendable, Hashable {
    public var title: String
    /// In cells of the grid.
    public var y: Int
    public var collapsed: Bool

    /// Creates a row.
    public init(title: String, y: Int, collapsed: Bool) {
      self.title = title
      self.y = y
      self.collapsed = collapsed
    }
  }

  public var title: String
  /// The moment, the range and the variables' values, on one line.
  public var subtitle: String
  public var rows: [Row]
  public var panels: [PanelPicture]

  /// Creates a picture.
  public init(title: String, subtitle: String = "", rows: [Row] = [], panels: [PanelPicture]) {
    self.title = title
    self.subtitle = subtitle
    self.rows = rows
    self.panels = panels
  }
}
