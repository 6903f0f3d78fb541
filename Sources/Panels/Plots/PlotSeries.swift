/// A series of a plot: its points, what lies under them, and how they are drawn.
struct PlotSeries: Sendable {
  struct Point: Sendable {
    var time: Double
    var value: Double
    /// Where its area ends: 0, or the top of the series below it in a stack.
    var base: Double
  }

  let field: Field
  let style: SeriesStyle
  let color: Color
  /// Runs of points between which the line breaks.
  var runs: [[Point]]

  init(_ field: Field, times: [Cell], style: SeriesStyle, theme: Theme) {
    self.field = field
    self.style = style
    color = style.color.map { theme.color($0) } ?? field.seriesColor(theme)
    var runs: [[Point]] = []
    var run: [Point] = []
    for (time, cell) in zip(times, field.cells) {
      guard let time = time.number, time.isFinite else { continue }
      let number = cell.number.flatMap { $0.isFinite ? $0 : nil } ?? (style.nullIsZero ? 0 : nil)
      guard let number else {
        if style.bridges < .infinity, !run.isEmpty {
          runs.append(run)
          run = []
        }
        continue
      }
      run.append(Point(time: time, value: style.isNegative ? -number : number, base: 0))
    }
    if !run.isEmpty { runs.append(run) }
    self.runs = Self.bridged(runs, style.bridges)
  }

  /// Joins runs that are at most so many seconds apart.
  private static func bridged(_ runs: [[Point]], _ seconds: Double) -> [[Point]] {
    guard seconds > 0 else { return runs }
    return runs.reduce(into: []) { result, run in
      if let last = result.last?.last?.time, let first = run.first?.time, first - last <= seconds {
        result[result.count - 1] += run
      } else {
        result.append(run)
      }
    }
  }

  /// The lowest and the highest value that is drawn, bases among them where areas stand on them.
  var bounds: (min: Double, max: Double)? {
    let points = runs.joined()
    let standsOnBase = style.draw == .bars || style.stacking != .none
    guard let first = points.first else { return nil }
    return points.reduce((first.value, first.value)) { bounds, point in
      let low = standsOnBase ? min(point.value, point.base) : point.value
      let high = standsOnBase ? max(point.value, point.base) : point.value
      return (min(bounds.0, low), max(bounds.1, high))
    }
  }
}

extension [PlotSeries] {
  /// Puts series of one group on top of each other, those below 0 downwards; percentages are shares of the sum.
  mutating func stack() {
    func key(_ series: PlotSeries) -> [String] { [series.style.stackGroup, series.style.onRight ? "right" : "left"] }
    var sums: [[String]: [Double: Double]] = [:]
    for series in self where series.style.stacking == .percent {
      for point in series.runs.joined() { sums[key(series), default: [:]][point.time, default: 0] += abs(point.value) }
    }
    var tops: [[String]: [Double: (above: Double, below: Double)]] = [:]
    for index in indices where self[index].style.stacking != .none {
      let key = key(self[index])
      let isPercent = self[index].style.stacking == .percent
      for run in self[index].runs.indices {
        for at in self[index].runs[run].indices {
          var point = self[index].runs[run][at]
          if isPercent {
            let sum = sums[key]?[point.time] ?? 0
            point.value = sum > 0 ? point.value / sum : 0
          }
          var top = tops[key]?[point.time] ?? (0, 0)
          point.base = point.value < 0 ? top.below : top.above
          point.value += point.base
          if point.value < point.base { top.below = point.value } else { top.above = point.value }
          tops[key, default: [:]][point.time] = top
          self[index].runs[run][at] = point
        }
      }
    }
  }
}
