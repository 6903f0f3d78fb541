import Reading

/// `timeseries`, and the old `graph`. [Grafana: public/app/plugins/panel/timeseries]
enum TimeSeriesKind {
  /// More lines than anybody can tell apart are not drawn.
  static let most = 100

  static func draw(_ panel: Panel, _ rect: Rect, _ canvas: inout Canvas) {
    let isGraph = panel.type != "timeseries"
    let all = series(panel, isGraph)
    guard !all.isEmpty else { return Notice.draw("No data", rect, &canvas) }
    let legend = LegendBlock(
      all.filter { $0.style.isInLegend && !isLeftOut($0, panel) }.map { item($0, panel, isGraph) },
      isGraph ? .init(graph: panel.model["legend"]) : .init(panel.options["legend"]))
    let visible = Array(all.filter(\.style.isDrawn).prefix(most))
    let (area, legendRect) = legend.layout(in: rect)
    let groups = axes(visible, panel, isGraph)
    let frame = AxisFrame(groups.map(\.axis), in: area, below: TimeAxis.height, panel)
    frame.draw(&canvas)
    panel.time.draw(below: frame.plot, grid: true, left: area.x, right: area.right, &canvas)
    canvas.clipped(to: frame.plot.inset(-1, -1, -1, -1)) { canvas in
      drawData(groups, frame.plot, panel, isGraph, &canvas)
    }
    if let legendRect { legend.draw(in: legendRect, &canvas) }
    let hidden = all.count { $0.style.isDrawn } - visible.count
    if hidden > 0 { Notice.note("\(hidden) series are not drawn", frame.plot, &canvas) }
  }

  private static func series(_ panel: Panel, _ isGraph: Bool) -> [PlotSeries] {
    let all = panel.frames.flatMap { frame -> [PlotSeries] in
      guard let times = frame.timeField?.cells else { return [] }
      return frame.numberFields.map { field in
        let style = isGraph ? SeriesStyle(graph: panel.model, named: field.displayName) : SeriesStyle(field.config)
        return PlotSeries(field, times: times, style: style, theme: panel.theme)
      }
    }
    var stacked = all
    stacked.stack()
    return stacked
  }

  /// `hideEmpty` and `hideZero` of the old graph's legend.
  private static func isLeftOut(_ series: PlotSeries, _ panel: Panel) -> Bool {
    let legend = panel.model["legend"]
    let values = series.field.cells.lazy.compactMap(\.number)
    return (legend?["hideEmpty"]?.truthy ?? false) && values.isEmpty
      || (legend?["hideZero"]?.truthy ?? false) && values.allSatisfy { $0 == 0 }
  }

  private static func item(_ series: PlotSeries, _ panel: Panel, _ isGraph: Bool) -> LegendBlock.Item {
    let legend = isGraph ? LegendBlock.Options(graph: panel.model["legend"]) : .init(panel.options["legend"])
    let cells = legend.calcs.map { Reducer.cell($0, series.field.cells) }
    return LegendBlock.Item(
      name: series.field.displayName, color: series.color,
      values: cells.map { panel.display($0, in: series.field).text }, numbers: cells.map(\.number))
  }

  private struct Group {
    var axis: PlotAxis
    var series: [PlotSeries]
  }

  /// An axis for each unit; the first is on the left, and others on the right unless they say where.
  private static func axes(_ series: [PlotSeries], _ panel: Panel, _ isGraph: Bool) -> [Group] {
    var keys: [String] = []
    var members: [String: [PlotSeries]] = [:]
    for series in series {
      let key = isGraph ? "\(series.style.onRight)" : "\(series.field.config.unit.id) \(series.style.onRight)"
      if members[key] == nil { keys.append(key) }
      members[key, default: []].append(series)
    }
    return keys.prefix(4).enumerated().compactMap { index, key in
      guard let series = members[key], var field = series.first?.field else { return nil }
      let saysLeft = field.config.custom("axisPlacement")?.string == "left"
      let onRight = series.contains { $0.style.onRight } || (!isGraph && index > 0 && !saysLeft)
      var limits = PlotAxis.Limits(field.config)
      if isGraph {
        let yaxes = panel.model["yaxes"]?.elements ?? []
        let axis = yaxes.indices.contains(onRight ? 1 : 0) ? yaxes[onRight ? 1 : 0] : nil
        limits = PlotAxis.Limits(graph: axis)
        field.config.unit = Unit(axis?["format"]?.text ?? "")
        field.config.decimals = axis?["decimals"]?.bounded(0...20).map { Int($0) }
      }
      return Group(axis: PlotAxis(series, field: field, onRight: onRight, limits: limits), series: series)
    }
  }

  private static func drawData(
    _ groups: [Group], _ plot: Rect, _ panel: Panel, _ isGraph: Bool, _ canvas: inout Canvas
  ) {
    let thresholds = groups.first.map { group in
      isGraph
        ? PlotThresholds(graph: panel.model["thresholds"], panel.theme)
        : PlotThresholds(group.axis.field, scale: group.axis.scale, panel.theme)
    }
    if let scale = groups.first?.axis.scale { thresholds?.drawAreas(scale, in: plot, &canvas) }
    for group in groups {
      for series in group.series {
        SeriesDrawing(series, scale: group.axis.scale, time: panel.time, plot: plot).draw(&canvas)
      }
    }
    if let scale = groups.first?.axis.scale { thresholds?.drawLines(scale, in: plot, &canvas) }
  }
}
