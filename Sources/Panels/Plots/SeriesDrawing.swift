/// Draws a series into a plot: bars, a line with the area below it, points.
struct SeriesDrawing {
  private let series: PlotSeries
  private let scale: ValueScale
  private let plot: Rect
  /// In px, thinned.
  private let runs: [[LinePaths.Point]]
  /// Between two points that follow each other, in px.
  private let spacing: Double

  init(_ series: PlotSeries, scale: ValueScale, time: TimeAxis, plot: Rect) {
    self.series = series
    self.scale = scale
    self.plot = plot
    runs = series.runs.map { run in
      LinePaths.thinned(
        run.map { point in
          LinePaths.Point(
            x: min(max(time.x(point.time, in: plot), plot.x - 1e5), plot.right + 1e5),
            y: scale.y(point.value, in: plot), base: scale.y(point.base, in: plot))
        })
    }
    let times = series.runs.joined().lazy.map(\.time)
    let steps = zip(times, times.dropFirst()).lazy.map { $1 - $0 }.filter { $0 > 0 }
    spacing = steps.min().map { $0 / (time.to - time.from) * plot.width } ?? plot.width
  }

  func draw(_ canvas: inout Canvas) {
    switch series.style.draw {
    case .bars: drawBars(&canvas)
    case .line:
      drawLines(&canvas)
      drawPoints(&canvas)
    case .points: drawPoints(&canvas)
    }
  }

  private func drawLines(_ canvas: inout Canvas) {
    for run in runs where run.count > 1 {
      if series.style.fill > 0 {
        canvas.path(
          LinePaths.area(run, series.style.interpolation), fill: series.color.with(alpha: series.style.fill))
      }
      guard series.style.lineWidth > 0 else { continue }
      canvas.path(
        LinePaths.line(run, series.style.interpolation), stroke: series.color, width: series.style.lineWidth,
        dash: series.style.dash)
    }
  }

  /// A point alone has no line: it is drawn unless points are off. Others are where there is room between them.
  private func drawPoints(_ canvas: inout Canvas) {
    guard series.style.points != .never || series.style.draw == .points else { return }
    let size = max(series.style.pointSize, series.style.lineWidth + 1)
    let all = series.style.points == .always || series.style.draw == .points || spacing >= 2 * size
    for run in runs where all || run.count == 1 {
      for point in run { canvas.circle(point.x, point.y, radius: size / 2, fill: series.color) }
    }
  }

  private func drawBars(_ canvas: inout Canvas) {
    let width = min(max(spacing * 0.6, 1), 60)
    var path = PathData()
    for point in runs.joined() where point.y != point.base {
      let (left, right) = (point.x - width / 2, point.x + width / 2)
      path.move(left, point.base)
      path.line(left, point.y)
      path.line(right, point.y)
      path.line(right, point.base)
      path.close()
    }
    canvas.path(
      path, fill: series.color.with(alpha: max(series.style.fill, 0.05)),
      stroke: series.style.lineWidth > 0 && width > 3 ? series.color : nil, width: series.style.lineWidth)
  }
}
