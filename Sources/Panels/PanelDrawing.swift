import Reading

/// A panel as SVG, in the look of Grafana: one `svg` element, `width` by `height` px, that stands by itself.
///
/// Same input, same bytes. It has no styles, scripts or references beyond itself, so that it can be read under any
/// Content-Security-Policy. What a model says in a wrong shape is as if it were not said; nothing is thrown.
///
/// - Parameter idPrefix: begins every id; give each picture of one page another.
public func svg(
  of picture: PanelPicture, theme: PanelTheme = .dark, width: Double, height: Double, idPrefix: String = "panel-"
) -> String {
  var canvas = Canvas(theme: Theme(theme), prefix: idPrefix)
  let size = Rect(x: 0, y: 0, width: bounded(width), height: bounded(height))
  canvas.draw(Panel(picture, canvas.theme), badge: picture.badge, in: size)
  return Document.svg(canvas.source, size, label: picture.title)
}

/// A length that a picture may have, in px.
private func bounded(_ length: Double) -> Double { length.isFinite ? min(max(length, 40), 10_000) : 400 }

extension Canvas {
  /// The panel with its frame, its title and the words about it.
  mutating func draw(_ panel: Panel, badge: String?, in rect: Rect) {
    if panel.model["transparent"]?.truthy ?? false {
      // The ground that colours are chosen for, without its edge.
      self.rect(rect, fill: theme.ground, radius: 3)
    } else {
      self.rect(rect.inset(0.5, 0.5, 0.5, 0.5), fill: theme.ground, stroke: theme.border, radius: 3)
    }
    var inner = rect.inset(8, 8, 8, 8)
    let badge = badge.flatMap { $0.isEmpty ? nil : $0 }
    if !panel.title.isEmpty || badge != nil {
      drawHead(panel.title, badge, inner)
      inner = inner.inset(0, 26)
    }
    // Where other queries answer, their data are shown, as in Grafana.
    let errors = panel.isEmpty ? [] : panel.errors.map { "a query failed: \($0)" }
    if !(panel.notes + errors).isEmpty {
      text(
        (errors + panel.notes).joined(separator: " · "), inner.x, inner.bottom - 2, size: 10,
        color: theme.secondaryText,
        fitting: inner.width)
      inner = inner.inset(0, 0, 0, 16)
    }
    let kind = PanelKind.of(panel.type)
    clipped(to: inner) { canvas in
      if panel.isEmpty, let error = panel.errors.first {
        canvas.text(
          error, inner.midX, inner.midY + 4, color: canvas.theme.error, anchor: .middle, fitting: inner.width)
      } else if kind.needsData && panel.isEmpty {
        Notice.draw(panel.noValue, inner, &canvas)
      } else {
        kind.draw(panel, inner, &canvas)
      }
    }
  }

  /// The title on the left, the badge on the right in what the title leaves, but at least a third.
  private mutating func drawHead(_ title: String, _ badge: String?, _ inner: Rect) {
    let titleWidth = TextWidth.of(title, size: 14, bold: true)
    var room = inner.width
    if let badge {
      let most = max(inner.width / 3, inner.width - titleWidth - 24)
      let width = min(TextWidth.of(badge, size: 11) + 12, most)
      room -= width + 8
      self.rect(
        Rect(x: inner.right - width, y: inner.y, width: width, height: 17), fill: theme.track, radius: 8)
      text(
        badge, inner.right - width / 2, inner.y + 12.5, size: 11, color: theme.secondaryText.legible(on: theme.track),
        anchor: .middle, fitting: width - 10)
    }
    text(title, inner.x, inner.y + 14, size: 14, bold: true, fitting: room)
  }
}

extension Panel {
  /// What Grafana says where there is nothing.
  fileprivate var noValue: String { model["fieldConfig", "defaults", "noValue"]?.text ?? "No data" }
}

/// The outermost element.
enum Document {
  static func svg(_ content: String, _ size: Rect, label: String) -> String {
    let (width, height) = (coordinate(size.width), coordinate(size.height))
    return """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" viewBox="0 0 \(width) \(height)" \
      role="figure" aria-label="\(escaped(String(label.prefix(500))))" font-family="\(Canvas.fonts)" font-size="12">\
      \(content)</svg>
      """
  }
}
