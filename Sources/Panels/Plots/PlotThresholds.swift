import Reading

/// Lines and areas at the thresholds of a plot.
struct PlotThresholds {
  private struct Mark {
    var from: Double
    var to: Double
    var color: Color
    /// Of the lower end; nil where that has no line.
    var line: (at: Double, dash: String?)?
    var isFilled: Bool
  }

  private var marks: [Mark] = []
  private static let most = 50

  /// `custom.thresholdsStyle` of a field. [Grafana: packages/grafana-ui, getThresholdsDrawHook]
  init(_ field: Field, scale: ValueScale, _ theme: Theme) {
    let mode = field.config.custom("thresholdsStyle", "mode")?.string ?? "off"
    guard mode != "off" else { return }
    let steps = field.config.thresholds.absolute(in: (scale.min, scale.max)).prefix(Self.most)
    let hasLine = mode.contains("line") || mode.contains("dashed")
    for (index, step) in steps.enumerated() {
      let next = index + 1 < steps.count ? steps[index + 1].value : .infinity
      let line = hasLine && step.value.isFinite ? (step.value, mode.contains("dashed") ? "10 10" : nil) : nil
      marks.append(
        Mark(
          from: step.value, to: next, color: theme.color(step.color), line: line, isFilled: mode.contains("area")))
    }
  }

  /// `thresholds` of the old graph.
  init(graph json: JSON?, _ theme: Theme) {
    for threshold in json?.elements.prefix(Self.most) ?? [] {
      guard let value = threshold["value"]?.finite else { continue }
      let isAbove = threshold["op"]?.string != "lt"
      let mode = threshold["colorMode"]?.string ?? ""
      let name = ["critical": "red", "warning": "orange", "ok": "green"][mode]
      let custom = threshold["lineColor"]?.string ?? threshold["fillColor"]?.string
      marks.append(
        Mark(
          from: isAbove ? value : -.infinity, to: isAbove ? .infinity : value,
          color: theme.color(name ?? custom ?? "red").with(alpha: 1),
          line: threshold["line"]?.truthy ?? false ? (value, nil) : nil, isFilled: threshold["fill"]?.truthy ?? false))
    }
  }

  /// Below the data.
  func drawAreas(_ scale: ValueScale, in plot: Rect, _ canvas: inout Canvas) {
    for mark in marks where mark.isFilled {
      let top = mark.to >= scale.max ? plot.y : max(plot.y, scale.y(mark.to, in: plot))
      let bottom = mark.from <= scale.min ? plot.bottom : min(plot.bottom, scale.y(mark.from, in: plot))
      canvas.rect(
        Rect(x: plot.x, y: top, width: plot.width, height: bottom - top), fill: mark.color.with(alpha: 0.12))
    }
  }

  /// Above the data.
  func drawLines(_ scale: ValueScale, in plot: Rect, _ canvas: inout Canvas) {
    for case (let mark, let line?) in marks.map({ ($0, $0.line) }) where scale.min <= line.at && line.at <= scale.max {
      let y = scale.y(line.at, in: plot)
      canvas.line(plot.x, y, plot.right, y, mark.color.with(alpha: 0.8), dash: line.dash)
    }
  }
}
