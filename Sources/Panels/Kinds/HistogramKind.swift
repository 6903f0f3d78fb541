import Foundation
import Reading

/// `histogram`: how many values fall into each of equal ranges. [Grafana: transformations/transformers/histogram.ts]
enum HistogramKind {
  private static let mostBuckets = 200
  private static let mostSeries = 20

  static func draw(_ panel: Panel, _ rect: Rect, _ canvas: inout Canvas) {
    var fields = Array(panel.numberFields.prefix(mostSeries))
    if panel.options["combine"]?.truthy ?? false, var first = fields.first {
      first.cells = fields.flatMap(\.cells)
      fields = [first]
    }
    let values = fields.map { $0.cells.compactMap(\.number).filter { $0.isFinite && abs($0) < 1e15 } }
    guard let low = values.joined().min(), let high = values.joined().max() else {
      return Notice.draw("No data", rect, &canvas)
    }
    let size = size(low, high, panel)
    let first = (low / size).rounded(.down)
    let buckets = Int(min((high / size).rounded(.down) - first, Double(mostBuckets - 1))) + 1
    let counts = values.map { values in
      values.reduce(into: [Double](repeating: 0, count: buckets)) { counts, value in
        counts[min(max(Int((value / size).rounded(.down) - first), 0), buckets - 1)] += 1
      }
    }
    let colors = fields.map { $0.seriesColor(panel.theme) }
    let legend = LegendBlock(
      zip(fields, colors).map { LegendBlock.Item(name: $0.displayName, color: $1) }, .init(panel.options["legend"]))
    let (area, legendRect) = legend.layout(in: rect)
    let bars = Bars(values: counts, stacks: "none")
    var limits = PlotAxis.Limits()
    (limits.softMin, limits.softMax) = (0, bars.bounds.max)
    let axis = PlotAxis([], field: Field("", .number, []), onRight: false, limits: limits)
    let axes = AxisFrame([axis], in: area, below: TimeAxis.height, panel)
    axes.draw(&canvas)
    bars.draw(in: axes.plot, axis.scale, colors, &canvas, gap: 0.04)
    drawBounds(first: first, size: size, buckets, fields[0], below: axes.plot, panel, &canvas)
    if let legendRect { legend.draw(in: legendRect, &canvas) }
  }

  /// As configured, else a round number that makes about thirty buckets.
  private static func size(_ low: Double, _ high: Double, _ panel: Panel) -> Double {
    let least = max((high - low) / Double(mostBuckets), abs(high) * 1e-12, 1e-12)
    if let size = panel.options["bucketSize"]?.finite, size > 0 { return max(size, least) }
    let count = panel.options["bucketCount"]?.bounded(1...Double(mostBuckets)) ?? 30
    let wanted = max((high - low) / count, least)
    let power = pow(10, log10(wanted).rounded(.down))
    return [1, 2, 2.5, 5, 10].map { $0 * power }.first { $0 >= wanted } ?? 10 * power
  }

  private static func drawBounds(
    first: Double, size: Double, _ buckets: Int, _ field: Field, below plot: Rect, _ panel: Panel,
    _ canvas: inout Canvas
  ) {
    let slot = plot.width / Double(buckets)
    let every = max(1, Int((70 / max(slot, 0.1)).rounded(.up)))
    for index in stride(from: 0, to: buckets, by: every) where Double(index) * slot + 70 <= plot.width + slot {
      let text = panel.display(.number((first + Double(index)) * size), in: field).text
      canvas.text(
        text, plot.x + Double(index) * slot, plot.bottom + 19, color: panel.theme.secondaryText,
        anchor: index == 0 ? .start : .middle, fitting: index == 0 ? 32 : 62)
    }
  }
}
