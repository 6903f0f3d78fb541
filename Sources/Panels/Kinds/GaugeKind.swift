import Foundation
import Reading

/// `gauge`: three quarters of a circle. [Grafana: packages/grafana-ui/src/components/Gauge]
enum GaugeKind {
  /// Clockwise from the top, in radians.
  private static let start = -0.75 * Double.pi
  private static let sweep = 1.5 * Double.pi

  static func draw(_ panel: Panel, _ rect: Rect, _ canvas: inout Canvas) {
    let all = panel.reducedValues()
    guard !all.isEmpty else { return Notice.draw("No data", rect, &canvas) }
    let (cells, hidden) = Tiles.layout(all.count, in: rect, isVertical: rect.width > rect.height)
    for (value, cell) in zip(all, cells) {
      canvas.clipped(to: cell) { draw(value, in: cell, showsName: all.count > 1, panel, &$0) }
    }
    Tiles.drawHidden(hidden, rect, &canvas)
  }

  private static func draw(
    _ value: ReducedValue, in rect: Rect, showsName: Bool, _ panel: Panel, _ canvas: inout Canvas
  ) {
    let nameHeight = showsName ? 18.0 : 0
    let room = rect.inset(4, 4, 4, nameHeight)
    // The open quarter leaves room below the circle.
    let radius = max(10, min(room.width / 2, room.height / 1.75))
    let (x, y) = (room.midX, room.y + (room.height - radius * 1.72) / 2 + radius)
    let hasMarkers = panel.options["showThresholdMarkers"]?.truthy ?? true
    let (outer, width) = (hasMarkers ? radius * 0.9 : radius, radius * 0.18)
    func ring(_ from: Double, _ to: Double, _ outer: Double, _ width: Double, _ color: Color) {
      guard to > from else { return }
      canvas.path(arc(x, y, from: from, to: to, outer: outer, inner: outer - width), fill: color)
    }
    ring(0, 1, outer, width, panel.theme.track)
    let isNaN = value.cell.number?.isNaN ?? true
    ring(0, isNaN ? 0 : value.display.share ?? 0, outer, width, value.display.color)
    let range = value.field.range
    let steps = value.field.config.thresholds.absolute(in: range).prefix(100)
    func share(_ value: Double) -> Double {
      range.max > range.min ? min(max((value - range.min) / (range.max - range.min), 0), 1) : 0
    }
    if hasMarkers {
      for (index, step) in steps.enumerated() {
        let next = index + 1 < steps.count ? share(steps[index + 1].value) : 1
        ring(share(step.value), next, radius, radius * 0.06, panel.theme.color(step.color))
      }
    }
    let size = Tiles.fontSize(value.display.text, width: outer * 1.3, height: radius * 0.6, most: 48)
    canvas.text(
      value.display.text, x, y + size * 0.35, size: size,
      color: value.display.color.legible(on: panel.theme.ground, ratio: 3), anchor: .middle, bold: true,
      fitting: rect.width)
    if showsName { canvas.text(value.name, rect.midX, rect.bottom - 4, anchor: .middle, fitting: rect.width) }
  }

  private static func arc(
    _ x: Double, _ y: Double, from: Double, to: Double, outer: Double, inner: Double
  ) -> PathData {
    func point(_ share: Double, _ radius: Double) -> (Double, Double) {
      let angle = start + share * sweep
      return (x + sin(angle) * radius, y - cos(angle) * radius)
    }
    var path = PathData()
    let large = (to - from) * sweep > Double.pi
    let points = [point(from, outer), point(to, outer), point(to, inner), point(from, inner)]
    path.move(points[0].0, points[0].1)
    path.arc(radius: outer, large: large, clockwise: true, points[1].0, points[1].1)
    path.line(points[2].0, points[2].1)
    path.arc(radius: max(inner, 0.1), large: large, clockwise: false, points[3].0, points[3].1)
    path.close()
    return path
  }
}
