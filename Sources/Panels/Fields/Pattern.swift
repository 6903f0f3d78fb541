import Foundation

/// A regular expression of a dashboard: JavaScript's, plain or as `/pattern/flags`.
///
/// Foreign patterns may take for ever: each search is given up after a number of steps, and then finds nothing.
struct Pattern: Sendable {
  private let expression: NSRegularExpression
  private static let longest = 2000

  /// Nil where it is no regular expression.
  init?(_ text: String) {
    var (body, options) = (text, NSRegularExpression.Options())
    if text.hasPrefix("/"), let end = text.lastIndex(of: "/"), end > text.startIndex {
      let flags = text[text.index(after: end)...]
      body = String(text[text.index(after: text.startIndex)..<end])
      if flags.contains("i") { options.insert(.caseInsensitive) }
      if flags.contains("m") { options.insert(.anchorsMatchLines) }
      if flags.contains("s") { options.insert(.dotMatchesLineSeparators) }
    }
    guard body.utf8.count <= Self.longest, let expression = try? NSRegularExpression(pattern: body, options: options)
    else { return nil }
    self.expression = expression
  }

  func matches(_ text: String) -> Bool { first(in: text) != nil }

  /// The text with its first match, or all of them, replaced by a template (`$1` is the first group).
  func replacing(in text: String, with template: String, all: Bool) -> String {
    var result = ""
    var end = 0
    let whole = text as NSString
    search(text) { match in
      result += whole.substring(with: NSRange(location: end, length: match.range.location - end))
      result += expression.replacementString(for: match, in: text, offset: 0, template: template)
      end = match.range.location + match.range.length
      return all
    }
    return result + whole.substring(from: end)
  }

  private func first(in text: String) -> NSTextCheckingResult? {
    var found: NSTextCheckingResult?
    search(text) { match in
      found = match
      return false
    }
    return found
  }

  /// Calls `visit` with one match after the other while it says so.
  private func search(_ text: String, _ visit: (NSTextCheckingResult) -> Bool) {
    guard text.utf8.count <= 10 * Self.longest else { return }
    var reports = 0
    let range = NSRange(location: 0, length: (text as NSString).length)
    withoutActuallyEscaping(visit) { visit in
      expression.enumerateMatches(in: text, options: .reportProgress, range: range) { match, _, stop in
        reports += match == nil ? 1 : 0
        if reports > 100 || !(match.map(visit) ?? true) { stop.pointee = true }
      }
    }
  }
}
