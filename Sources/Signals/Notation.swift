/// A series in promtool's unit-test notation, expanded: one entry each step.
public struct Notation: Hashable, Sendable {
  /// What is exposed during a step: a value, or nothing (`_` and `stale`).
  public var values: [Double?]

  /// How many values a notation may stand for.
  public static let limit = 1_000_000

  /// Creates a notation from its values.
  public init(values: [Double?]) {
    self.values = values
  }

  /// Reads `1 2+3x4 _x2 stale`; sums are accumulated as promtool does, so that both give the same bits.
  public static func parse(_ text: String) throws(NotationError) -> Notation {
    var reader = NotationReader(text)
    return Notation(values: try reader.read())
  }
}

/// The grammar of promtool's series values.
private struct NotationReader {
  private var cursor: Cursor
  private var values: [Double?] = []

  init(_ text: String) {
    cursor = Cursor(text)
  }

  mutating func read() throws(NotationError) -> [Double?] {
    skipBlanks()
    while cursor.next != nil {
      try readItem()
      guard cursor.next?.isBlank ?? true else { throw unexpected() }
      skipBlanks()
    }
    guard !values.isEmpty else { throw NotationError("no values", offset: 0, advice: "write `1 2 3` or `0+1x10`") }
    return values
  }

  private mutating func skipBlanks() { _ = cursor.take { $0.isBlank } }

  private mutating func readItem() throws(NotationError) {
    let start = cursor.offset
    if cursor.next == "{" {
      throw NotationError(
        "native histograms are not supported", offset: start, length: cursor.characters.count - start,
        advice: "script a classic histogram with `observe:`")
    }
    if cursor.take("_") {
      let count = try readRepeat() ?? 1
      return try append(nil, increment: 0, count: count, from: start)
    }
    guard let first = try readSigned() else { return try append(nil, increment: 0, count: 1, from: start) }
    var increment = 0.0
    let hasStep = cursor.next == "+" || cursor.next == "-"
    if hasStep {
      // A word right after a sign is never `stale`, so this is always a number.
      increment = try readSigned() ?? 0
    }
    let count = try readRepeat()
    if hasStep, count == nil {
      throw NotationError("a step needs a count", offset: cursor.offset, advice: "write `1+2x3`")
    }
    try append(first, increment: increment, count: (count ?? 0) + 1, from: start)
  }

  private func number(of word: String, at start: Int) throws(NotationError) -> Double {
    switch word.lowercased() {
    case "inf": return .infinity
    case "nan": return .nan
    default:
      let advice =
        word.hasPrefix("stalex") ? "write `stale` as often as you need it" : "known here: numbers, NaN, Inf, stale, _"
      throw NotationError("`\(word)` is not a value", offset: start, length: word.count, advice: advice)
    }
  }

  /// A number with or without a sign, or nil for `stale`.
  private mutating func readSigned() throws(NotationError) -> Double? {
    let negative = cursor.next == "-"
    if negative || cursor.next == "+" { cursor.advance() }
    let start = cursor.offset
    if cursor.next?.isNameStart ?? false {
      let word = cursor.take { $0.isNamePart }
      if word == "stale", start == 0 || cursor.characters[start - 1].isBlank { return nil }
      let value = try number(of: word, at: start)
      return negative ? -value : value
    }
    let text = readDigits()
    guard let value = Double(text) else { throw unexpected() }
    if value.isInfinite { throw NotationError("the number is too large", offset: start, length: text.count) }
    return negative ? -value : value
  }

  private mutating func readDigits() -> String {
    var text = cursor.take { $0.isDigit }
    if cursor.take(".") {
      let fraction = cursor.take { $0.isDigit }
      guard !text.isEmpty || !fraction.isEmpty else { return "" }
      text = (text.isEmpty ? "0" : text) + "." + (fraction.isEmpty ? "0" : fraction)
    }
    guard !text.isEmpty else { return "" }
    guard cursor.take("e") || cursor.take("E") else { return text }
    text += "e"
    if cursor.take("-") { text += "-" } else if cursor.take("+") { text += "+" }
    return text + cursor.take { $0.isDigit }
  }

  private mutating func readRepeat() throws(NotationError) -> Int? {
    let start = cursor.offset
    guard cursor.take("x") else { return nil }
    let digits = cursor.take { $0.isDigit }
    guard !digits.isEmpty else {
      throw NotationError("a whole number must follow `x`", offset: cursor.offset)
    }
    guard let count = Int(digits), count <= Notation.limit else { throw tooMany(at: start, length: digits.count + 1) }
    return count
  }

  private mutating func append(_ first: Double?, increment: Double, count: Int, from start: Int) throws(NotationError) {
    guard values.count + count <= Notation.limit else { throw tooMany(at: start, length: cursor.offset - start) }
    guard var value = first else { return values.append(contentsOf: repeatElement(nil, count: count)) }
    for _ in 0..<count {
      values.append(value)
      value += increment
    }
  }

  private func tooMany(at offset: Int, length: Int) -> NotationError {
    NotationError("more than \(Notation.limit) values", offset: offset, length: length, advice: "use a longer step")
  }

  private func unexpected() -> NotationError {
    guard let next = cursor.next else { return NotationError("a value is missing", offset: cursor.offset) }
    let advice = next == "," ? "values are separated by blanks" : nil
    return NotationError("unexpected `\(next)` in the values", offset: cursor.offset, advice: advice)
  }
}
