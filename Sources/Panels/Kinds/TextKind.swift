import Reading

/// `text`: what is written in it, as plain text; Markdown and HTML are not rendered.
enum TextKind {
  private static let lineHeight = 18.0
  private static let longest = 20_000

  static func draw(_ panel: Panel, _ rect: Rect, _ canvas: inout Canvas) {
    let content = panel.options["content"]?.text ?? panel.model["content"]?.text ?? ""
    let fits = max(0, Int(rect.height / lineHeight))
    let lines = wrapped(String(content.prefix(longest)), width: rect.width, most: fits + 1)
    for (index, line) in lines.prefix(fits).enumerated() {
      let isCut = index == fits - 1 && lines.count > fits
      canvas.text(
        isCut ? "\(line) …" : line, rect.x, rect.y + Double(index) * lineHeight + 13, fitting: rect.width)
    }
  }

  /// Broken between words.
  private static func wrapped(_ text: String, width: Double, most: Int) -> [String] {
    var lines: [String] = []
    for paragraph in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      guard lines.count < most else { break }
      var line = ""
      for word in paragraph.split(separator: " ") {
        let longer = line.isEmpty ? String(word) : "\(line) \(word)"
        if !line.isEmpty, TextWidth.of(longer) > width {
          lines.append(line)
          line = String(word)
        } else {
          line = longer
        }
      }
      lines.append(line)
    }
    return lines
  }
}
