/// All that is needed to draw a panel as an operator would have seen it.
public struct PanelPicture: Codable, Sendable, Hashable {
  /// Interpolated.
  public var title: String
  /// The panel's JSON text in the shape of schema versions 16 to 42, its dashboard's variables expanded: `type`,
  /// `options`, `fieldConfig`, `transformations`.
  public var model: String
  public var answers: [PanelAnswer]
  /// The range of time that was asked for, in Unix seconds.
  public var from: Double
  public var to: Double
  /// Seconds east of UTC in which times are written.
  public var utcOffset: Int
  /// A verdict in a few words, such as `no data: no such metric`, drawn beside the title.
  public var badge: String?
  public var gridPos: GridPosition

  /// Creates a picture.
  public init(
    title: String, model: String, answers: [PanelAnswer], from: Double, to: Double, utcOffset: Int = 0,
    badge: String? = nil, gridPos: GridPosition = GridPosition(x: 0, y: 0, w: 12, h: 8)
  ) {
    self.title = title
    self.model = model
    self.answers = answers
    self.from = from
    self.to = to
    self.utcOffset = utcOffset
    self.badge = badge
    self.gridPos = gridPos
  }
}

/// A place on a dashboard's grid of 24 columns; a cell is 30 px high, with 8 px between two.
public struct GridPosition: Codable, Sendable, Hashable {
  public var x: Int
  public var y: Int
  public var w: Int
  public var h: Int

  /// Creates a position.
  public init(x: Int, y: Int, w: Int, h: Int) {
    self.x = x
    self.y = y
    self.w = w
    self.h = h
  }
}
