/// A small line without axes, over the panel's whole range.
struct Sparkline {
  private let series: PlotSeries
  private let panel: Panel

  init(_ value: ReducedValue, _ panel: Panel) {
    var style = SeriesStyle()
    style.points = .never
    series = PlotSeries(value.field, times: value.times, style: style, theme: panel.theme)
    self.panel = panel
  }

  func draw(_ rect: Rect, _ color: Color, _ canvas: inout Canvas) {
    guard let bounds = series.bounds else { return }
    let (low, high) = bounds.min == bounds.max ? (bounds.min - 1, bounds.max + 1) : bounds
    let scale = ValueScale(min: low, max: high)
    let line = rect.inset(0, 2, 0, 2)
    for run in series.runs where run.count > 1 {
      let points = LinePaths.thinned(
        run.map {
          LinePaths.Point(
            x: min(max(panel.time.x($0.time, in: line), line.x - 1e5), line.right + 1e5),
            y: scale.y($0.value, in: line),
            base: rect.bottom)
        })
      canvas.path(LinePaths.area(points, .linear), fill: color.with(alpha: color.alpha * 0.2))
      canvas.path(LinePaths.line(points, .linear), stroke: color)
    }
  }
}
