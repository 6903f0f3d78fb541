extension TimeAxis {
  /// The height that labels below a plot need.
  static let height = 24.0

  /// Quiet lines at round times, and their labels as far as they fit between `left` and `right`.
  func draw(below plot: Rect, grid: Bool, left: Double, right: Double, _ canvas: inout Canvas) {
    for tick in ticks(width: plot.width) {
      let x = x(tick.time, in: plot)
      let half = TextWidth.of(tick.label) / 2
      if grid { canvas.line(x, plot.y, x, plot.bottom, canvas.theme.grid) }
      guard x - half >= left, x + half <= right else { continue }
      canvas.text(tick.label, x, plot.bottom + 19, color: canvas.theme.secondaryText, anchor: .middle)
    }
  }
}

/// A plot with its vertical axes on both sides.
struct AxisFrame {
  let axes: [PlotAxis]
  /// Where the data are drawn.
  let plot: Rect
  private let widths: [Double]
  private let ticks: [[PlotAxis.Tick]]

  /// - Parameter below: the height that a horizontal axis needs.
  init(_ axes: [PlotAxis], in rect: Rect, below: Double, _ panel: Panel) {
    let height = max(0, rect.height - below - 8)
    let ticks = axes.map { $0.isHidden ? [] : $0.ticks(height: height, panel) }
    var (left, right) = (0.0, 0.0)
    var widths: [Double] = []
    for (axis, ticks) in zip(axes, ticks) {
      let labels = ticks.map { TextWidth.of($0.label) }.max() ?? 0
      let wanted = axis.isHidden ? 0 : min(labels + 10, rect.width * 0.4) + (axis.label == nil ? 0 : 16)
      // Axes may not take the room of what they measure.
      let width = left + right + wanted > rect.width / 2 ? 0 : wanted
      widths.append(width)
      if axis.onRight { right += width } else { left += width }
    }
    self.axes = axes
    self.ticks = ticks
    self.widths = widths
    plot = Rect(x: rect.x + left, y: rect.y + 8, width: rect.width - left - right, height: height)
  }

  /// Grid lines and labels of the axes; lines only of the first, since those of two would not meet.
  func draw(_ canvas: inout Canvas) {
    var (left, right) = (plot.x, plot.right)
    for (index, axis) in axes.enumerated() where widths[index] > 0 {
      let edge = axis.onRight ? right : left
      var labelWidth = widths[index] - 8
      if let label = axis.label {
        labelWidth -= 16
        let x = axis.onRight ? edge + widths[index] - 4 : edge - widths[index] + 12
        drawLabel(label, x, &canvas)
      }
      for tick in ticks[index] {
        let y = axis.scale.y(tick.value, in: plot)
        guard y >= plot.y - 1, y <= plot.bottom + 1 else { continue }
        if index == 0 { canvas.line(plot.x, y, plot.right, y, canvas.theme.grid) }
        canvas.text(
          tick.label, axis.onRight ? edge + 8 : edge - 8, y + 4, color: canvas.theme.secondaryText,
          anchor: axis.onRight ? .start : .end, fitting: labelWidth)
      }
      if axis.onRight { right += widths[index] } else { left -= widths[index] }
    }
  }

  /// Upwards, in the middle of the axis.
  private func drawLabel(_ label: String, _ x: Double, _ canvas: inout Canvas) {
    let text = TextWidth.cut(label, to: plot.height)
    guard !text.isEmpty else { return }
    canvas.append("<g transform=\"rotate(-90 \(coordinate(x)) \(coordinate(plot.midY)))\">")
    canvas.text(text, x, plot.midY, color: canvas.theme.secondaryText, anchor: .middle)
    canvas.append("</g>")
  }
}
