import Signals

// Numbers, texts, and lengths of time.
extension Parser {
  /// A number, or (version 3) a duration as its seconds.
  mutating func number() throws(ParseError) -> Double {
    let place = token.range
    if current == .duration { return try durationLiteral() }
    guard current == .number else { throw unexpected("a number") }
    advance()
    let written = text(place)
    guard let number = Self.number(written) else {
      throw ParseError("`\(written)` is not a number that fits 64 bits", at: place)
    }
    return number
  }

  mutating func signedNumber() throws(ParseError) -> Double {
    let isNegative = current == .subtract
    if isNegative || current == .add { advance() }
    guard current == .number || (current == .duration && expression.dialect == .v3) else {
      throw unexpected("a number")
    }
    let number = try number()
    return isNegative ? -number : number
  }

  /// Reads a number as Go does: 0x is hexadecimal, a leading 0 octal where it can be. [Go: strconv.ParseInt with base 0, then ParseFloat]
  static func number(_ written: String) -> Double? {
    let plain = written.contains("_") ? written.replacing("_", with: "") : written
    if plain.hasPrefix("0x") || plain.hasPrefix("0X") { return Int64(plain.dropFirst(2), radix: 16).map(Double.init) }
    if plain.hasPrefix("0"), plain.count > 1, let octal = Int64(plain, radix: 8) { return Double(octal) }
    switch plain.lowercased() {
    case "inf": return .infinity
    case "nan": return .nan
    default:
      guard let number = Double(plain), number.isFinite else { return nil }
      return number
    }
  }

  // MARK: - Lengths of time

  private mutating func durationLiteral() throws(ParseError) -> Double {
    let place = token.range
    guard current == .duration else { throw unexpected("a duration such as `5m`") }
    advance()
    let seconds: Double
    do throws(NotationError) {
      seconds = try PrometheusDuration.parse(text(place)) / .milliseconds(1) / 1000
    } catch {
      let start = place.lowerBound + error.offset
      throw ParseError(error.message, at: start..<min(start + error.length, place.upperBound), advice: error.advice)
    }
    guard seconds > 0 || expression.dialect == .v3 else {
      throw ParseError("the duration must be longer than 0", at: place)
    }
    return seconds
  }

  /// What stands in brackets.
  mutating func positiveSpan() throws(ParseError) -> Span {
    let place = token.range
    let span = expression.dialect == .v2 ? .seconds(try durationLiteral()) : try span(precedence: 0)
    if let seconds = span.literal, !(seconds > 0) {
      throw ParseError("the duration must be longer than 0", at: place)
    }
    return span
  }

  /// What stands behind `offset`: in version 3 a literal ends it, so that `x offset 1m + y` is a sum.
  mutating func offsetSpan() throws(ParseError) -> Span {
    let isNegative = current == .subtract
    if isNegative || (current == .add && expression.dialect == .v3) { advance() }
    let span = expression.dialect == .v2 ? .seconds(try durationLiteral()) : try spanOperand()
    guard isNegative else { return span }
    return span.literal.map { .seconds(-$0) } ?? .negated(span)
  }

  /// A duration expression. [Prometheus: generated_parser.y, duration_expr]
  private mutating func span(precedence: Int) throws(ParseError) -> Span {
    try nested { parser throws(ParseError) in
      var left = try parser.signedSpan()
      var length = 0
      while let operation = parser.current.binaryOperator, operation.isArithmetic, operation.precedence >= precedence {
        let place = parser.advance()
        let right = try parser.span(precedence: operation.precedenceOfRightSide)
        if operation == .divide || operation == .modulo, right.literal == 0 {
          throw ParseError("this divides by 0", at: place)
        }
        left = .binary(left, operation, right)
        length += 1
        guard length <= Self.deepest else {
          throw ParseError("the duration has more than \(Self.deepest) operators", at: place)
        }
      }
      return left
    }
  }

  private mutating func signedSpan() throws(ParseError) -> Span {
    guard current == .subtract || current == .add else { return try spanOperand() }
    let isNegative = current == .subtract
    advance()
    let operand = try span(precedence: BinaryOperator.power.precedence)
    guard isNegative else { return operand }
    return operand.literal.map { .seconds(-$0) } ?? .negated(operand)
  }

  private mutating func spanOperand() throws(ParseError) -> Span {
    switch current {
    case .number, .duration:
      let place = token.range
      let seconds = try number()
      guard seconds.magnitude <= 0x1p63 / 1e9 else { throw ParseError("the duration is too long", at: place) }
      return .seconds(seconds)
    case .step, .range:
      let isStep = current == .step
      advance()
      try expect(.leftParen, "`()`")
      try expect(.rightParen, "`)`")
      return isStep ? .step : .range
    case .minOf, .maxOf: return try extreme()
    case .aggregator where isMinimumOrMaximum: return try extreme()
    case .leftParen:
      advance()
      let inner = try span(precedence: 0)
      try expect(.rightParen, "an operator or `)`")
      return .parentheses(inner)
    default: throw unexpected("a duration such as `5m`")
    }
  }

  private var isMinimumOrMaximum: Bool { ["min", "max"].contains(text(token.range).lowercased()) }

  private mutating func extreme() throws(ParseError) -> Span {
    let isMinimum = text(advance()).lowercased().hasPrefix("min")
    try expect(.leftParen, "`(`")
    let first = try span(precedence: 0)
    try expect(.comma, "`,`")
    let second = try span(precedence: 0)
    try expect(.rightParen, "`)`")
    return isMinimum ? .minimum(first, second) : .maximum(first, second)
  }

  // MARK: - Texts

  /// The value of a text in quotes, by Go's rules of escaping. [Prometheus: util/strutil/quote.go]
  mutating func string() throws(ParseError) -> String {
    let range = advance()
    let inner = bytes[range.lowerBound + 1..<range.upperBound - 1]
    let quote = bytes[range.lowerBound]
    // U+FFFD stands for a byte that is no UTF-8, and is refused as such. [Prometheus: lex.go, lexString]
    if inner.contains(0xEF), text(range).unicodeScalars.contains("\u{FFFD}") {
      throw ParseError("the text holds bytes that are not UTF-8", at: range)
    }
    guard quote != UInt8(ascii: "`"), inner.contains(UInt8(ascii: "\\")) else {
      return String(decoding: inner, as: UTF8.self)
    }
    var value: [UInt8] = []
    var at = inner.startIndex
    while at < inner.endIndex {
      guard inner[at] == UInt8(ascii: "\\") else {
        value.append(inner[at])
        at += 1
        continue
      }
      let start = at
      guard let escaped = unescaped(inner, quote: quote, at: &at) else {
        let end = min(max(at, start + 1) + 1, inner.endIndex)
        let written = text(start..<end)
        throw ParseError(
          "`\(written)` is no escape", at: start..<end,
          advice: "for a backslash write two, or put the text in back-quotes")
      }
      value += escaped
    }
    return String(decoding: value, as: UTF8.self)
  }

  /// The bytes of the escape that begins at `at`, which is moved behind it; nil where it is none.
  private func unescaped(_ bytes: ArraySlice<UInt8>, quote: UInt8, at: inout Int) -> [UInt8]? {
    at += 1
    guard at < bytes.endIndex else { return nil }
    let simple: [Character: UInt8] = ["a": 7, "b": 8, "f": 12, "n": 10, "r": 13, "t": 9, "v": 11, "\\": 92]
    let byte = bytes[at]
    if byte == quote || simple[Character(Unicode.Scalar(byte))] != nil {
      at += 1
      return [byte == quote ? byte : simple[Character(Unicode.Scalar(byte))] ?? byte]
    }
    let (digits, radix): (Int, Int)
    switch byte {
    case UInt8(ascii: "x"): (digits, radix) = (2, 16)
    case UInt8(ascii: "u"): (digits, radix) = (4, 16)
    case UInt8(ascii: "U"): (digits, radix) = (8, 16)
    case UInt8(ascii: "0")...UInt8(ascii: "7"): (digits, radix) = (3, 8)
    default: return nil
    }
    let first = radix == 8 ? at : at + 1
    guard first + digits <= bytes.endIndex else { return nil }
    let written = String(decoding: bytes[first..<first + digits], as: UTF8.self)
    guard written.utf8.first != UInt8(ascii: "+"), let code = UInt32(written, radix: radix) else { return nil }
    at = first + digits
    if radix == 8 || digits == 2 { return UInt8(exactly: code).map { [$0] } }
    return Unicode.Scalar(code).map { Array(String($0).utf8) }
  }
}

extension BinaryOperator {
  /// Whether durations can be reckoned with it.
  fileprivate var isArithmetic: Bool {
    switch self {
    case .add, .subtract, .multiply, .divide, .modulo, .power: true
    default: false
    }
  }
}
