/// Writes SVG: presentation attributes only, no styles, no scripts, and no references beyond the picture.
///
/// What must not leave a rectangle goes into an `svg` of its own there, which clips: that needs no ids.
struct Canvas {
  private(set) var source = ""
  let theme: Theme
  /// Begins the ids of this picture, so that several can stand in one page.
  private let prefix: String
  private var gradients = 0

  enum Anchor: String {
    case start
    case middle
    case end
  }

  init(theme: Theme, prefix: String) {
    self.theme = theme
    self.prefix = prefix
  }

  static let fonts = "Inter, Helvetica, Arial, sans-serif"

  // MARK: - Shapes

  mutating func rect(_ rect: Rect, fill: Color?, stroke: Color? = nil, radius: Double = 0, title: String? = nil) {
    guard rect.width > 0, rect.height > 0 else { return }
    source += "<rect x=\"\(coordinate(rect.x))\" y=\"\(coordinate(rect.y))\""
    source += " width=\"\(coordinate(rect.width))\" height=\"\(coordinate(rect.height))\""
    if radius > 0 { source += " rx=\"\(coordinate(radius))\"" }
    paint(fill: fill, stroke: stroke)
    close("rect", title: title)
  }

  mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ color: Color, dash: String? = nil) {
    source +=
      "<line x1=\"\(coordinate(x1))\" y1=\"\(coordinate(y1))\" x2=\"\(coordinate(x2))\" y2=\"\(coordinate(y2))\""
    paint(fill: nil, stroke: color, dash: dash)
    source += "/>"
  }

  mutating func circle(_ x: Double, _ y: Double, radius: Double, fill: Color) {
    source += "<circle cx=\"\(coordinate(x))\" cy=\"\(coordinate(y))\" r=\"\(coordinate(radius))\""
    paint(fill: fill, stroke: nil)
    source += "/>"
  }

  mutating func path(
    _ data: PathData, fill: Color? = nil, stroke: Color? = nil, width: Double = 1, dash: String? = nil,
    title: String? = nil
  ) {
    guard !data.text.isEmpty else { return }
    source += "<path d=\"\(data.text)\""
    paint(fill: fill, stroke: stroke, width: width, dash: dash)
    if stroke != nil { source += " stroke-linejoin=\"round\" stroke-linecap=\"\(dash == nil ? "round" : "butt")\"" }
    close("path", title: title)
  }

  /// A rectangle whose colour changes from left to right, or from the bottom to the top.
  mutating func gradient(_ rect: Rect, _ stops: [Color], upwards: Bool) {
    guard rect.width > 0, rect.height > 0, stops.count > 1 else { return self.rect(rect, fill: stops.first) }
    let id = "\(prefix)g\(gradients)"
    gradients += 1
    let ends = upwards ? "x1=\"0\" y1=\"1\" x2=\"0\" y2=\"0\"" : "x1=\"0\" y1=\"0\" x2=\"1\" y2=\"0\""
    source += "<linearGradient id=\"\(escaped(id))\" \(ends)>"
    for (index, color) in stops.enumerated() {
      source += "<stop offset=\"\(coordinate(Double(index) / Double(stops.count - 1)))\" stop-color=\"\(color.hex)\""
      if color.alpha < 1 { source += " stop-opacity=\"\(coordinate(color.alpha))\"" }
      source += "/>"
    }
    source += "</linearGradient><rect x=\"\(coordinate(rect.x))\" y=\"\(coordinate(rect.y))\""
    source +=
      " width=\"\(coordinate(rect.width))\" height=\"\(coordinate(rect.height))\" fill=\"url(#\(escaped(id)))\"/>"
  }

  // MARK: - Text

  /// One line whose baseline is at `y`; cut with an ellipsis where it is wider than `fitting` px.
  mutating func text(
    _ text: String, _ x: Double, _ y: Double, size: Double = 12, color: Color? = nil, anchor: Anchor = .start,
    bold: Bool = false, fitting width: Double = .infinity
  ) {
    let shown = TextWidth.cut(text, size: size, bold: bold, to: width)
    guard !shown.isEmpty else { return }
    source += "<text x=\"\(coordinate(x))\" y=\"\(coordinate(y))\" font-size=\"\(coordinate(size))\""
    paint(fill: color ?? theme.text, stroke: nil)
    if anchor != .start { source += " text-anchor=\"\(anchor.rawValue)\"" }
    if bold { source += " font-weight=\"500\"" }
    source += ">"
    if shown != text { source += "<title>\(escaped(String(text.prefix(1000))))</title>" }
    source += escaped(shown) + "</text>"
  }

  // MARK: - Groups

  /// What `draw` draws is cut at the edges of a rectangle.
  mutating func clipped(to rect: Rect, _ draw: (inout Canvas) -> Void) {
    guard rect.width > 0, rect.height > 0 else { return }
    let place = "\(coordinate(rect.x)) \(coordinate(rect.y)) \(coordinate(rect.width)) \(coordinate(rect.height))"
    source += "<svg x=\"\(coordinate(rect.x))\" y=\"\(coordinate(rect.y))\" width=\"\(coordinate(rect.width))\""
    source += " height=\"\(coordinate(rect.height))\" viewBox=\"\(place)\">"
    draw(&self)
    source += "</svg>"
  }

  /// Markup that is well formed.
  mutating func append(_ markup: String) { source += markup }

  // MARK: - Attributes

  private mutating func paint(fill: Color?, stroke: Color?, width: Double = 1, dash: String? = nil) {
    source += " fill=\"\(fill?.hex ?? "none")\""
    if let fill, fill.alpha < 1 { source += " fill-opacity=\"\(coordinate(fill.alpha))\"" }
    guard let stroke else { return }
    source += " stroke=\"\(stroke.hex)\""
    if stroke.alpha < 1 { source += " stroke-opacity=\"\(coordinate(stroke.alpha))\"" }
    if width != 1 { source += " stroke-width=\"\(coordinate(width))\"" }
    if let dash { source += " stroke-dasharray=\"\(escaped(dash))\"" }
  }

  private mutating func close(_ element: String, title: String?) {
    source += title.map { "><title>\(escaped(String($0.prefix(1000))))</title></\(element)>" } ?? "/>"
  }
}
