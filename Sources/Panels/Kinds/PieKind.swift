import Foundation
import Reading

/// `piechart`, and `grafana-piechart-panel`. [Grafana: public/app/plugins/panel/piechart]
enum PieKind {
  /// Slices beyond are too thin to be seen.
  private static let most = 100

  private struct Slice {
    var value: ReducedValue
    var share: Double
  }

  static func draw(_ panel: Panel, _ rect: Rect, _ canvas: inout Canvas) {
    let isOld = panel.type != "piechart"
    let slices = slices(panel)
    guard !slices.isEmpty else { return Notice.draw("No data", rect, &canvas) }
    let shown = Array(slices.prefix(most))
    let (area, legendRect, legend) = legend(shown, panel, isOld, rect)
    let radius = max(4, min(area.width, area.height) / 2 - 4)
    let type = isOld ? panel.model["pieType"]?.string : panel.options["pieType"]?.string
    let inner = type == "donut" ? radius * 0.62 : 0
    let labels = Set(panel.options["displayLabels"]?.elements.compactMap(\.string) ?? [])
    var from = 0.0
    for slice in shown {
      let to = from + slice.share
      canvas.path(
        wedge(area.midX, area.midY, from: from, to: to, outer: radius, inner: inner), fill: slice.value.display.color,
        stroke: panel.theme.ground, title: slice.value.name)
      draw(labels, slice, at: (from + to) / 2, radius: radius, inner: inner, area, panel, &canvas)
      from = to
    }
    if let legendRect { legend.draw(in: legendRect, &canvas) }
    if slices.count > most { Notice.note("\(slices.count - most) slices are not drawn", rect, &canvas) }
  }

  /// Values above 0, sorted as asked for, with their shares of all.
  private static func slices(_ panel: Panel) -> [Slice] {
    let values = panel.reducedValues().filter { $0.cell.number.map { $0 > 0 && $0.isFinite } ?? false }
    let sum = values.compactMap(\.cell.number).reduce(0, +)
    guard sum > 0, sum.isFinite else { return [] }
    let all = values.map { Slice(value: $0, share: ($0.cell.number ?? 0) / sum) }
    let sort = panel.options["sort"]?.string ?? "desc"
    guard sort != "none" else { return all }
    return all.enumerated().sorted { left, right in
      let (a, b) = (left.element.share, right.element.share)
      return a == b ? left.offset < right.offset : sort == "asc" ? a < b : a > b
    }.map(\.element)
  }

  private static func legend(
    _ slices: [Slice], _ panel: Panel, _ isOld: Bool, _ rect: Rect
  ) -> (Rect, Rect?, LegendBlock) {
    var options = LegendBlock.Options(panel.options["legend"])
    var values = Set(panel.options["legend", "values"]?.elements.compactMap(\.string) ?? [])
    if isOld {
      options.isShown = panel.model["legend", "show"]?.truthy ?? true
      options.onRight = panel.model["legendType"]?.string?.hasPrefix("Right") ?? false
      values = Set(
        ["values": "value", "percentage": "percent"].filter {
          panel.model["legend", $0.key]?.truthy ?? false
        }.values)
    }
    options.calcs = ["value", "percent"].filter(values.contains)
    let items = slices.map { slice in
      let texts = ["value": slice.value.display.text, "percent": percent(slice)]
      return LegendBlock.Item(
        name: slice.value.name, color: slice.value.display.color, values: options.calcs.compactMap { texts[$0] })
    }
    options.calcs = options.calcs.map { $0 == "value" ? "Value" : "Percent" }
    let legend = LegendBlock(items, options)
    let (area, legendRect) = legend.layout(in: rect)
    return (area, legendRect, legend)
  }

  private static func percent(_ slice: Slice) -> String { Unit("percent").text((slice.share * 100).rounded()) }

  /// Inside of its slice, where it has room there.
  private static func draw(
    _ labels: Set<String>, _ slice: Slice, at middle: Double, radius: Double, inner: Double, _ area: Rect,
    _ panel: Panel, _ canvas: inout Canvas
  ) {
    let texts = [
      labels.contains("name") ? slice.value.name : nil, labels.contains("value") ? slice.value.display.text : nil,
      labels.contains("percent") ? percent(slice) : nil,
    ].compactMap { $0 }
    let distance = (max(inner, radius * 0.35) + radius) / 2
    let room = min(slice.share * 2 * Double.pi * distance, inner > 0 ? radius - inner : radius * 0.65) * 0.85
    guard !texts.isEmpty, slice.share > 0.06, room > 24 else { return }
    let (x, y) = point(area.midX, area.midY, middle, distance)
    let ink = slice.value.display.color.on(panel.theme.ground).ink
    for (index, text) in texts.enumerated() {
      let line = Double(index) - Double(texts.count - 1) / 2
      canvas.text(text, x, y + 4 + line * 15, size: 11, color: ink, anchor: .middle, fitting: room)
    }
  }

  private static func point(_ x: Double, _ y: Double, _ share: Double, _ radius: Double) -> (Double, Double) {
    (x + sin(share * 2 * Double.pi) * radius, y - cos(share * 2 * Double.pi) * radius)
  }

  private static func wedge(
    _ x: Double, _ y: Double, from: Double, to: Double, outer: Double, inner: Double
  ) -> PathData {
    // A whole turn ends where it begins, and an arc between one point and itself is none.
    let to = min(to, from + 0.9999)
    let large = to - from > 0.5
    var path = PathData()
    let (first, last) = (point(x, y, from, outer), point(x, y, to, outer))
    path.move(first.0, first.1)
    path.arc(radius: outer, large: large, clockwise: true, last.0, last.1)
    let (back, end) = (point(x, y, to, inner), point(x, y, from, inner))
    path.line(back.0, back.1)
    if inner > 0 { path.arc(radius: inner, large: large, clockwise: false, end.0, end.1) }
    path.close()
    return path
  }
}
