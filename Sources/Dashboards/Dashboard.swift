public import Diagnostics
package import Reading

/// A Grafana dashboard of any generation, migrated as Grafana migrates it when it is opened.
public struct Dashboard: Sendable {
  public var title: String
  public var uid: String?
  public var file: String
  public var place: Place
  /// As written; nil where it is missing (all migrations were run) and in structured (v2) dashboards.
  public var schemaVersion: Int?
  public var time: DashboardTime
  /// All panels in the order of the grid (v1) or layout (v2), rows of v1 among them as panels of the type `row`.
  public var panels: [Panel]
  public var rows: [Row]
  public var variables: [Variable]
  public var annotations: [Annotation]
  public var inputs: [Input]
}

/// When a dashboard looks, as written.
public struct DashboardTime: Sendable, Hashable {
  /// `now-6h`, `now/d`, epoch milliseconds or a date; Grafana's default is the last six hours.
  public var from = "now-6h"
  public var to = "now"
  /// `browser`, `utc`, an IANA name, or empty for the default of the instance.
  public var timezone = ""
  /// How far behind the clock `now` is (`timepicker.nowDelay`), as `1m`.
  public var nowDelay: String?
  /// `monday`, `saturday`, `sunday`, or empty.
  public var weekStart = ""
  /// 0 is January.
  public var fiscalYearStartMonth = 0
}

/// A row (or a v2 row or tab) that panels stand in.
public struct Row: Sendable {
  public var title: String
  public var place: Place
  public var isCollapsed: Bool
  /// The variable whose values the row is repeated for.
  public var repeatVariable: String?
  /// Variables that only this row or tab knows (v2).
  public var variables: [Variable]
  /// The index of the row or tab around it (v2).
  public var parent: Int?
}

/// One panel, with what decides which queries it sends.
public struct Panel: Sendable {
  public var id: Int
  public var title: String
  /// The plugin: `timeseries`, `stat`, `graph`, `row`...
  public var type: String
  public var gridPosition: GridPosition
  public var file: String
  public var place: Place
  /// The index in `Dashboard.rows` of the row around it; a row panel's own row.
  public var row: Int?
  /// Whether a row around it is collapsed: Grafana sends its queries when the row is opened.
  public var isCollapsed: Bool
  public var repeatVariable: String?
  /// `h` or `v`.
  public var repeatDirection: String
  public var maxPerRow: Int?
  public var dataSource: DataSourceRef?
  public var targets: [Target]
  /// The ids of the transformations that are not disabled, in order.
  public var transformations: [String]
  /// Replaces the start of a relative range by `now-` this.
  public var timeFrom: String?
  /// Moves the range into the past by this.
  public var timeShift: String?
  /// Asks the same again, this much earlier; `__previousPeriod` is the length of the range.
  public var timeCompare: String?
  public var maxDataPoints: Int?
  /// The lower limit of the interval ("min interval" of the query options).
  public var interval: String?
  /// Why the panel as a whole sends nothing, whatever its targets say.
  public var silence: String?
  /// The panel in the v1 shape, whatever the generation of the dashboard; its places are those of `file`.
  package var model: JSON
}

/// Where a panel stands, in the 24 columns of the grid and rows of 30 px with 8 px between them.
public struct GridPosition: Sendable, Hashable {
  public var x: Int
  public var y: Int
  public var width: Int
  public var height: Int

  /// Creates a position; Grafana's own default is 12 columns wide and 9 rows high.
  public init(x: Int = 0, y: Int = 0, width: Int = 12, height: Int = 9) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }
}

/// A value that an exported dashboard asks for when it is imported (`__inputs`).
public struct Input: Sendable, Hashable {
  public var name: String
  public var label: String?
  /// `datasource` or `constant`.
  public var type: String
  public var pluginId: String?
  /// What was put in its place; nil where nothing was known to put there.
  public var value: String?
  public var place: Place
}
