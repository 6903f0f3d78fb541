/// Renders findings for a terminal or a log: `file:line:column: severity: message`, the line, a caret, the advice.
///
/// This is the only place that turns a finding into text, so that every command speaks alike.
public struct FindingRenderer: Sendable {
  private let source: @Sendable (String) -> String?

  /// `source` gives a file's text, or nil where it cannot be shown; it is asked once a finding.
  public init(source: @escaping @Sendable (String) -> String?) {
    self.source = source
  }

  /// The finding as lines without a final newline.
  public func render(_ finding: Finding) -> String {
    var lines = [headline(of: finding)]
    if let place = finding.place, let line = sourceLine(at: place) {
      lines += excerpt(line, place: place, length: finding.length)
    }
    if let advice = finding.advice { lines.append("  help: \(advice)") }
    return lines.joined(separator: "\n")
  }

  private func headline(of finding: Finding) -> String {
    let prefix = finding.place.map { "\($0): " } ?? ""
    return "\(prefix)\(finding.severity.rawValue): \(finding.message)"
  }

  private func sourceLine(at place: Place) -> String? {
    guard place.line > 0, let text = source(place.file) else { return nil }
    let lines = text.split(separator: "\n", maxSplits: place.line, omittingEmptySubsequences: false)
    guard lines.count >= place.line else { return nil }
    return String(lines[place.line - 1].prefix { $0 != "\r" })
  }

  private func excerpt(_ line: String, place: Place, length: Int) -> [String] {
    // A one-line JSON file may be megabytes long: show the neighbourhood of the place only.
    let characters = Array(line)
    let column = min(max(place.column, 1), characters.count + 1)
    let width = 100
    let first = characters.count <= width ? 0 : max(0, min(column - 1 - width / 2, characters.count - width))
    let shown = characters[first..<min(characters.count, first + width)]
    let gutter = String(place.line)
    let blank = String(repeating: " ", count: gutter.count)
    // Tabs stay tabs, so that the caret lines up in any terminal.
    let lead = characters[first..<min(column - 1, characters.count)].map { $0 == "\t" ? "\t" : " " }.joined()
    let carets = String(repeating: "^", count: max(1, min(length, shown.endIndex - (column - 1))))
    return ["  \(gutter) | \(String(shown))", "  \(blank) | \(lead)\(carets)"]
  }
}
