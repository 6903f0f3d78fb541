/// A type of panel: its names, the colours its fields have by default, and what draws it.
struct PanelKind: Sendable {
  let names: [String]
  let color: FieldColor
  /// Whether "No data" stands for it where no query answers.
  var needsData = true
  /// Draws into a rectangle, which it does not leave.
  let draw: @Sendable (Panel, Rect, inout Canvas) -> Void

  private static let classic = FieldColor(mode: "palette-classic")
  private static let thresholds = FieldColor(mode: "thresholds")

  /// Every type that is drawn as itself. [Grafana: public/app/plugins/panel]
  static let all: [PanelKind] = [
    PanelKind(names: ["timeseries", "graph", "graphite"], color: classic, draw: TimeSeriesKind.draw),
    PanelKind(names: ["stat", "singlestat"], color: thresholds, draw: StatKind.draw),
    PanelKind(names: ["gauge"], color: thresholds, draw: GaugeKind.draw),
    PanelKind(names: ["bargauge"], color: thresholds, draw: BarGaugeKind.draw),
    PanelKind(names: ["table", "table-old"], color: thresholds, draw: TableKind.draw),
    PanelKind(names: ["piechart", "grafana-piechart-panel"], color: classic, draw: PieKind.draw),
    PanelKind(names: ["heatmap", "heatmap-new"], color: classic, draw: HeatmapKind.draw),
    PanelKind(
      names: ["state-timeline"], color: FieldColor(mode: "continuous-GrYlRd"), draw: StateTimelineKind.draw),
    PanelKind(names: ["status-history"], color: thresholds, draw: StatusHistoryKind.draw),
    PanelKind(names: ["barchart"], color: classic, draw: BarChartKind.draw),
    PanelKind(names: ["histogram"], color: classic, draw: HistogramKind.draw),
    PanelKind(names: ["text", "text2"], color: thresholds, needsData: false, draw: TextKind.draw),
    PanelKind(names: ["row"], color: thresholds, needsData: false, draw: { _, _, _ in }),
  ]

  private static let byName = Dictionary(
    all.flatMap { kind in kind.names.map { ($0, kind) } }, uniquingKeysWith: { first, _ in first })

  /// A table, with a word about it.
  private static let other = PanelKind(names: [], color: classic, draw: OtherKind.draw)

  static func of(_ type: String) -> PanelKind { byName[type] ?? other }
}
