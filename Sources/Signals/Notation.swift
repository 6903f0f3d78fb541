/// A series in promtool's unit-test notation, expanded: one entry each step.
///
/// The grammar is Prometheus' `series_values` (promql/parser/generated_parser.y) as of 2.42, without native histograms.
public struct Notation: Hashable, Sendable {
  /// What is exposed during a step: a value, or nothing (`_` and `stale`).
  public var values: [Double?]

  /// Creates a notation from its values.
  public init(values: [Double?]) {
    self.values = values
  }

  /// More values than this are refused: 1,000,000 steps of a minute are almost two years.
  public static let largestCount = 1_000_000

  /// Parses `1 2 3`, `_x5`, `1+2x3`, `7x3`, `stale` and their like, separated by blanks.
  public static func parse(_ text: String) throws(NotationError) -> Notation {
    var values: [Double?] = []
    var offset = 0
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      if !word.isEmpty {
        try Word(word, offset: offset).expand(into: &values)
        guard values.count <= largestCount else {
          throw NotationError("the notation has more than \(largestCount) values", offset: offset, length: word.count)
        }
      }
      offset += word.count + 1
    }
    guard !values.isEmpty else { throw NotationError("the notation holds no value", advice: "write values: 1 2 3, or 0+1x10") }
    return Notation(values: values)
  }
}

/// One blank-separated word of a notation.
private struct Word {
  let text: Substring
  let offset: Int

  init(_ text: Substring, offset: Int) {
    self.text = text
    self.offset = offset
  }

  func expand(into values: inout [Double?]) throws(NotationError) {
    if text == "stale" { return values.append(nil) }
    if text.hasPrefix("stale") { throw error("`stale` cannot be repeated", advice: "write it as often as it is needed") }
    if text.hasPrefix("{{") { throw error("native histograms are not supported here") }
    let (head, times) = try splitRepetition()
    if head == "_" {
      // `_x5` is five, while `7x5` is six: Prometheus' own rule.
      return values.append(contentsOf: repeatElement(nil, count: times ?? 1))
    }
    guard let (start, increment) = startAndIncrement(head) else {
      throw error("`\(text)` is no value", advice: "write a number, `_`, `stale`, or a repetition: 1+2x3, 7x3, _x5")
    }
    guard let times else {
      guard increment == nil else { throw error("`\(text)` does not say how often", advice: "write \(text)x10") }
      return values.append(start)
    }
    values += (0...times).map { start + (increment ?? 0) * Double($0) }
  }

  /// The part before the repetition's `x`, and the count after it.
  private func splitRepetition() throws(NotationError) -> (Substring, Int?) {
    guard let x = text.lastIndex(of: "x") else { return (text, nil) }
    let digits = text[text.index(after: x)...]
    guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }), let count = Int(digits) else {
      throw error("`\(digits)` is no number of times")
    }
    guard count <= Notation.largestCount else { throw error("the notation has more than \(Notation.largestCount) values") }
    return (text[..<x], count)
  }

  /// `1+2`, `10-2`, `7`: a number and a signed one after it.
  private func startAndIncrement(_ head: Substring) -> (Double, Double?)? {
    if let start = goNumber(head) { return (start, nil) }
    var index = head.startIndex
    while index < head.endIndex {
      defer { index = head.index(after: index) }
      guard head[index] == "+" || head[index] == "-", index != head.startIndex else { continue }
      if let start = goNumber(head[..<index]), let increment = goNumber(head[index...]) { return (start, increment) }
    }
    return nil
  }

  private func error(_ message: String, advice: String? = nil) -> NotationError {
    NotationError(message, offset: offset, length: text.count, advice: advice)
  }
}

/// A number as Prometheus' lexer has it, without hexadecimals, whose `x` is the repetition's: `1`, `-2.5`, `1e3`, `NaN`, `Inf`, `+Inf`.
func goNumber(_ text: some StringProtocol) -> Double? {
  let unsigned = text.hasPrefix("+") || text.hasPrefix("-") ? text.dropFirst() : text[...]
  let sign: Double = text.hasPrefix("-") ? -1 : 1
  switch unsigned.lowercased() {
  case "nan": return .nan
  case "inf": return sign * .infinity
  default: break
  }
  guard let first = unsigned.first, first.isASCII, first.isNumber || first == ".", unsigned.allSatisfy({ "0123456789.eE+-".contains($0) })
  else { return nil }
  return Double(String(unsigned)).map { sign * $0 }
}
