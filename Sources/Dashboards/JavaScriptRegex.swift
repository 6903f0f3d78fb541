import Foundation

/// A regular expression of JavaScript, matched in bounded time.
struct JavaScriptRegex {
  private let expression: NSRegularExpression
  private let groups: [String: Int]
  private let isGlobal: Bool
  private let isSticky: Bool

  /// Groups of one match; 0 is all of it, nil a group that took no part.
  struct Match {
    var groups: [String?]
    var named: [String: String]
  }

  /// Why an expression cannot be used, in a sentence.
  struct Failure: Error {
    var reason: String
  }

  /// What matching may cost, in calls of the matcher's progress report: each stands for some thousands of its steps.
  struct Budget {
    var reports = 400
  }

  /// `/body/flags` is found anywhere, any other text must match as a whole. [Grafana:
  /// packages/grafana-data/src/text/string.ts]
  init(grafana text: String) throws(Failure) {
    guard text.hasPrefix("/") else {
      try self.init(pattern: "^\(text)$", flags: "")
      return
    }
    let end = text.dropFirst().lastIndex(of: "/") ?? text.startIndex
    let flags = text[text.index(after: end)...]
    var order = "gimys"[...]
    let areOrdered = flags.allSatisfy { flag in
      guard let index = order.firstIndex(of: flag) else { return false }
      order = order[order.index(after: index)...]
      return true
    }
    guard end > text.startIndex, areOrdered, !text.contains(where: \.isNewline) else {
      throw Failure(reason: "`\(text)` is not `/expression/` with flags out of g, i, m, y, s in this order")
    }
    try self.init(pattern: String(text[text.index(after: text.startIndex)..<end]), flags: String(flags))
  }

  init(pattern: String, flags: String) throws(Failure) {
    guard pattern.utf8.count <= 10_000 else { throw Failure(reason: "it is longer than 10000 bytes") }
    var options: NSRegularExpression.Options = []
    if flags.contains("i") { options.insert(.caseInsensitive) }
    if flags.contains("m") { options.insert(.anchorsMatchLines) }
    if flags.contains("s") { options.insert(.dotMatchesLineSeparators) }
    isGlobal = flags.contains("g")
    isSticky = flags.contains("y")
    do {
      let translation = try JavaScriptPattern(pattern, isMultiline: flags.contains("m"))
      groups = translation.groups
      expression = try NSRegularExpression(pattern: translation.translated, options: options)
    } catch let refusal as JavaScriptPattern.Refusal {
      throw Failure(reason: "`\(pattern)` is no regular expression: \(refusal.reason)")
    } catch {
      throw Failure(reason: "`\(pattern)` is no regular expression that can be read here")
    }
  }

  /// All matches with the flag `g`, up to the first empty one; else the first. [Scenes:
  /// variables/variants/query/utils.ts]
  func matches(in text: String, within budget: inout Budget) throws(Failure) -> [Match] {
    var found: [Match] = []
    var left = budget.reports
    var isExhausted = false
    let whole = NSRange(location: 0, length: text.utf16.count)
    let options: NSRegularExpression.MatchingOptions =
      isSticky ? [.reportProgress, .reportCompletion, .anchored] : [.reportProgress, .reportCompletion]
    expression.enumerateMatches(in: text, options: options, range: whole) { result, flags, stop in
      guard let result else {
        if flags.contains(.progress) { left -= 1 }
        // The matcher has limits of its own, of stack for one.
        isExhausted = isExhausted || left < 0 || flags.contains(.internalError)
        if isExhausted { stop.pointee = true }
        return
      }
      found.append(match(result, in: text))
      if !isGlobal || result.range.length == 0 || found.count > 10_000 { stop.pointee = true }
    }
    budget.reports = left
    if isExhausted { throw Failure(reason: "`\(expression.pattern)` takes too long on `\(text.prefix(60))`") }
    return found
  }

  private func match(_ result: NSTextCheckingResult, in text: String) -> Match {
    let values = (0..<result.numberOfRanges).map { index in
      Range(result.range(at: index), in: text).map { String(text[$0]) }
    }
    let named = groups.compactMapValues { values.indices.contains($0) ? values[$0] : nil }
    return Match(groups: values, named: named)
  }
}
