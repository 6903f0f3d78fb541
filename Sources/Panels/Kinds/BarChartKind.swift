import Reading

/// `barchart`: a group of bars for each row. [Grafana: public/app/plugins/panel/barchart]
enum BarChartKind {
  private static let mostRows = 200
  private static let mostSeries = 50

  static func draw(_ panel: Panel, _ rect: Rect, _ canvas: inout Canvas) {
    guard let frame = panel.frames.first(where: { !$0.numberFields.isEmpty && $0.length > 0 }) else {
      return Notice.draw("No data", rect, &canvas)
    }
    let fields = Array(frame.numberFields.prefix(mostSeries))
    let rows = min(frame.length, mostRows)
    let wanted = panel.options["xField"]?.string
    let names =
      frame.fields.first { $0.displayName == wanted } ?? frame.fields.first { $0.kind == .text } ?? frame.timeField
    let labels = (0..<rows).map { row -> String in
      guard let names, row < names.cells.count else { return "" }
      return panel.display(names.cells[row], in: names).text
    }
    let legend = LegendBlock(
      fields.map { LegendBlock.Item(name: $0.displayName, color: $0.seriesColor(panel.theme)) },
      .init(panel.options["legend"]))
    let (area, legendRect) = legend.layout(in: rect)
    let stacks = panel.options["stacking"]?.string ?? "none"
    let bars = Bars(values: fields.map { $0.cells.prefix(rows).map { $0.number ?? 0 } }, stacks: stacks)
    var limits = PlotAxis.Limits(fields[0].config)
    limits.softMin = limits.softMin ?? 0
    if stacks == "percent" { fields.first.map { _ in limits.max = 1 } }
    limits.softMax = max(limits.softMax ?? bars.bounds.max, bars.bounds.max)
    limits.softMin = min(limits.softMin ?? 0, bars.bounds.min)
    let axis = PlotAxis([], field: fields[0], onRight: false, limits: limits)
    let axes = AxisFrame([axis], in: area, below: TimeAxis.height, panel)
    axes.draw(&canvas)
    bars.draw(in: axes.plot, axis.scale, fields.map { $0.seriesColor(panel.theme) }, &canvas)
    drawLabels(labels, below: axes.plot, area, &canvas)
    if let legendRect { legend.draw(in: legendRect, &canvas) }
    if frame.length > rows { Notice.note("\(frame.length - rows) rows are not drawn", axes.plot, &canvas) }
  }

  /// As many as fit beside each other.
  private static func drawLabels(_ labels: [String], below plot: Rect, _ area: Rect, _ canvas: inout Canvas) {
    guard !labels.isEmpty else { return }
    let slot = plot.width / Double(labels.count)
    let every = max(1, Int((40 / max(slot, 0.1)).rounded(.up)))
    for index in stride(from: 0, to: labels.count, by: every) {
      let room = slot * Double(min(every, labels.count - index))
      canvas.text(
        labels[index], plot.x + Double(index) * slot + room / 2, plot.bottom + 19, color: canvas.theme.secondaryText,
        anchor: .middle, fitting: room - 6)
    }
  }
}

/// Bars beside or on top of each other.
struct Bars {
  /// For each series, for each row: from where to where.
  private let spans: [[(base: Double, top: Double)]]
  private let isStacked: Bool

  init(values: [[Double]], stacks: String) {
    isStacked = stacks != "none"
    var tops = [(above: Double, below: Double)](repeating: (0, 0), count: values.first?.count ?? 0)
    let sums = tops.indices.map { row in values.reduce(0) { $0 + abs($1[row].isFinite ? $1[row] : 0) } }
    let isStacked = isStacked
    spans = values.map { series in
      series.enumerated().map { row, value in
        var value = value.isFinite ? value : 0
        guard isStacked else { return (0, value) }
        if stacks == "percent" { value = sums[row] > 0 ? value / sums[row] : 0 }
        let base = value < 0 ? tops[row].below : tops[row].above
        if value < 0 { tops[row].below += value } else { tops[row].above += value }
        return (base, base + value)
      }
    }
  }

  var bounds: (min: Double, max: Double) {
    let all = spans.joined().map(\.top)
    return (min(all.min() ?? 0, 0), max(all.max() ?? 0, 0))
  }

  func draw(in plot: Rect, _ scale: ValueScale, _ colors: [Color], _ canvas: inout Canvas, gap: Double = 0.25) {
    guard let rows = spans.first?.count, rows > 0 else { return }
    let slot = plot.width / Double(rows)
    let lanes = isStacked ? 1 : spans.count
    let width = slot * (1 - gap) / Double(lanes)
    canvas.clipped(to: plot.inset(-1, -1, -1, -1)) { canvas in
      for (series, spans) in spans.enumerated() {
        for (row, span) in spans.enumerated() where span.top != span.base {
          let x = plot.x + Double(row) * slot + slot * gap / 2 + (isStacked ? 0 : Double(series) * width)
          let (from, to) = (scale.y(span.base, in: plot), scale.y(span.top, in: plot))
          canvas.rect(
            Rect(x: x, y: min(from, to), width: max(width - 1, 0.5), height: abs(to - from)),
            fill: colors[series % colors.count].with(alpha: 0.85))
        }
      }
    }
  }
}
