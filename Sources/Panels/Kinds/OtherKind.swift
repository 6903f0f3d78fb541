/// Types of panels that are not drawn as themselves: their data as a table, and a word about it.
enum OtherKind {
  static func draw(_ panel: Panel, _ rect: Rect, _ canvas: inout Canvas) {
    let type = panel.type.isEmpty ? "without a name" : String(panel.type.prefix(60))
    let note = "panel type \(type) is drawn as a table"
    guard let frame = panel.frames.first(where: { $0.length > 0 }) else {
      return Notice.draw("No data", rect, &canvas)
    }
    TableKind.draw(frame, in: rect, panel, note: note, &canvas)
  }
}
