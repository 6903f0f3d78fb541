import Foundation
import Reading

/// `heatmap`: a row for each bucket, a colour for each count. [Grafana: public/app/plugins/panel/heatmap]
enum HeatmapKind {
  static func draw(_ panel: Panel, _ rect: Rect, _ canvas: inout Canvas) {
    let rows = HeatmapRow.all(panel)
    guard !rows.isEmpty else { return Notice.draw("No data", rect, &canvas) }
    let labels = rows.map { label($0.name, panel) }
    let width = min((labels.map { TextWidth.of($0) }.max() ?? 0) + 10, rect.width / 3)
    let plot = rect.inset(width, 8, 0, TimeAxis.height)
    let height = plot.height / Double(rows.count)
    panel.time.draw(below: plot, grid: false, left: rect.x, right: rect.right, &canvas)
    let every = max(1, Int((18 / max(height, 0.1)).rounded(.up)))
    for (index, text) in labels.enumerated() where index % every == 0 {
      // A label stands at the upper end of its bucket, which is what `le` says.
      let y = plot.bottom - (Double(index) + 0.5) * height
      canvas.text(text, plot.x - 8, y + 4, color: panel.theme.secondaryText, anchor: .end, fitting: width - 8)
    }
    let highest = rows.flatMap(\.cells).compactMap(\.value).max() ?? 0
    let step = rows.compactMap(\.step).min() ?? (panel.time.to - panel.time.from)
    canvas.clipped(to: plot) { canvas in
      for (index, row) in rows.enumerated() {
        let band = Rect(x: plot.x, y: plot.bottom - Double(index + 1) * height, width: plot.width, height: height)
        drawRow(row, in: band, plot, highest: highest, step: step, panel, &canvas)
      }
    }
  }

  private static func label(_ name: String, _ panel: Panel) -> String {
    guard let bound = Double(name) else { return name }
    let axis = panel.options["yAxis"] ?? panel.model["yAxis"]
    let unit = Unit(axis?["unit"]?.text ?? axis?["format"]?.text ?? panel.numberFields.first?.config.unit.id ?? "")
    return unit.text(bound, decimals: axis?["decimals"]?.int.map { min(max($0, 0), 20) })
  }

  /// Neighbours that fall into one column of px become one cell, of the highest count.
  private static func drawRow(
    _ row: HeatmapRow, in band: Rect, _ plot: Rect, highest: Double, step: Double, _ panel: Panel,
    _ canvas: inout Canvas
  ) {
    let width = min(max(step / (panel.time.to - panel.time.from) * plot.width, 1), plot.width)
    let gap = width > 4 && band.height > 4 ? 1.0 : 0
    let scale = scale(panel)
    var pending: (column: Double, x: Double, value: Double)?
    func flush() {
      guard let cell = pending else { return }
      let share = highest > 0 ? cell.value / highest : 0
      canvas.rect(
        Rect(x: cell.x - width, y: band.y, width: width - gap, height: band.height - gap),
        fill: color(share, scale, panel))
      pending = nil
    }
    for case (let time, let value?) in row.cells {
      let x = panel.time.x(time, in: plot)
      guard x >= plot.x, x <= plot.right + width else { continue }
      if let last = pending, last.column == x.rounded(.down) {
        pending?.value = max(last.value, value)
      } else {
        flush()
        pending = (x.rounded(.down), x, value)
      }
    }
    flush()
  }

  private static func scale(_ panel: Panel) -> ColorScale {
    let color = panel.options["color"] ?? panel.model["color"]
    let old = color?["colorScheme"]?.string.map { $0.replacing("interpolate", with: "") }
    return ColorScale(
      scheme: color?["scheme"]?.string ?? old ?? "Oranges", reversed: color?["reverse"]?.truthy ?? false, panel.theme)
  }

  /// By the scheme, or one colour as opaque as the count is high.
  private static func color(_ share: Double, _ scale: ColorScale, _ panel: Panel) -> Color {
    let color = panel.options["color"] ?? panel.model["color"]
    let exponent = color?["exponent"]?.bounded(0.01...100) ?? 0.5
    guard color?["mode"]?.string == "opacity" else { return scale.color(at: pow(share, exponent)) }
    let fill = panel.theme.color(color?["fill"]?.string ?? color?["cardColor"]?.string ?? "dark-orange")
    return fill.with(alpha: max(0.05, pow(share, exponent)))
  }
}
