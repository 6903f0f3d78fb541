/// Words that stand in a panel instead of, or beside, its data.
enum Notice {
  /// In the middle, as Grafana's "No data".
  static func draw(_ text: String, _ rect: Rect, _ canvas: inout Canvas) {
    canvas.text(
      text, rect.midX, rect.midY + 5, size: 14, color: canvas.theme.secondaryText, anchor: .middle, fitting: rect.width)
  }

  /// Small, at the upper right of a plot.
  static func note(_ text: String, _ rect: Rect, _ canvas: inout Canvas) {
    canvas.text(
      text, rect.right - 4, rect.y + 12, size: 10, color: canvas.theme.secondaryText, anchor: .end,
      fitting: rect.width - 8)
  }
}
