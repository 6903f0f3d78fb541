/// Cuts a text into tokens as Prometheus' lexer does, its context included: words are plain labels inside of braces, and durations are read
/// differently inside of brackets. [Prometheus: promql/parser/lex.go]
struct Lexer {
  let bytes: [UInt8]
  private let dialect: Dialect
  private let keywords: Keywords
  private var at = 0
  private var tokens: [Token] = []
  private var parens = 0
  private var inBraces = false
  private var inBrackets = false
  private var colonSeen = false

  static func tokens(of bytes: [UInt8], _ dialect: Dialect) throws(ParseError) -> [Token] {
    var lexer = Lexer(bytes, dialect)
    lexer.tokens.reserveCapacity(bytes.count / 4 + 2)
    while try lexer.readToken() {}
    return lexer.tokens
  }

  private init(_ bytes: [UInt8], _ dialect: Dialect) {
    self.bytes = bytes
    self.dialect = dialect
    keywords = .of(dialect)
  }

  /// Reads one token; false at the end of the text.
  private mutating func readToken() throws(ParseError) -> Bool {
    skipBlanksAndComments()
    guard let byte = current else {
      try checkAllIsClosed()
      tokens.append(Token(kind: .end, range: at..<at))
      return false
    }
    let start = at
    if byte.isDigit || (byte == UInt8(ascii: ".") && next.isDigit) {
      guard !inBraces else { throw unexpected() }
      try readNumberOrDuration()
    } else if byte.isAlpha || (byte == UInt8(ascii: ":") && !inBrackets && !inBraces) {
      try readWord()
    } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "`") {
      try skipString(quote: byte)
      emit(.string, from: start)
    } else if inBraces {
      try readInsideBraces(byte)
    } else {
      try readSymbol(byte)
    }
    return true
  }

  private func checkAllIsClosed() throws(ParseError) {
    if inBraces { throw missing("}", for: .leftBrace) }
    if parens > 0 { throw missing(")", for: .leftParen) }
    if inBrackets { throw missing("]", for: .leftBracket) }
  }

  /// A bracket that is not closed is shown where it opens: of parentheses, the innermost that stays open.
  private func missing(_ closing: String, for kind: Token.Kind) -> ParseError {
    var open = 0
    let opening = tokens.last { token in
      if token.kind == .rightParen { open += 1 }
      if token.kind == .leftParen { open -= 1 }
      return token.kind == kind && (kind != .leftParen || open < 0)
    }
    return ParseError("`\(closing)` is missing: this is not closed", at: opening?.range ?? at..<at)
  }

  // MARK: - Symbols

  private mutating func readInsideBraces(_ byte: UInt8) throws(ParseError) {
    switch byte {
    case UInt8(ascii: ","): emit(.comma, length: 1)
    case UInt8(ascii: "}"):
      emit(.rightBrace, length: 1)
      inBraces = false
    case UInt8(ascii: "=") where next == UInt8(ascii: "~"): emit(.matchesRegex, length: 2)
    case UInt8(ascii: "="): emit(.equals, length: 1)
    case UInt8(ascii: "!") where next == UInt8(ascii: "~"): emit(.matchesNotRegex, length: 2)
    case UInt8(ascii: "!") where next == UInt8(ascii: "="): emit(.notEqual, length: 2)
    default: throw unexpected()
    }
  }

  private mutating func readSymbol(_ byte: UInt8) throws(ParseError) {
    let equalsNext = next == UInt8(ascii: "=")
    switch byte {
    case UInt8(ascii: ","): emit(.comma, length: 1)
    case UInt8(ascii: "+"): emit(.add, length: 1)
    case UInt8(ascii: "-"): emit(.subtract, length: 1)
    case UInt8(ascii: "*"): emit(.multiply, length: 1)
    case UInt8(ascii: "/"): emit(.divide, length: 1)
    case UInt8(ascii: "%"): emit(.modulo, length: 1)
    case UInt8(ascii: "^"): emit(.power, length: 1)
    case UInt8(ascii: "@"): emit(.at, length: 1)
    case UInt8(ascii: "=") where equalsNext: emit(.equal, length: 2)
    case UInt8(ascii: "!") where equalsNext: emit(.notEqual, length: 2)
    case UInt8(ascii: "<"): equalsNext ? emit(.lessOrEqual, length: 2) : emit(.less, length: 1)
    case UInt8(ascii: ">"): equalsNext ? emit(.greaterOrEqual, length: 2) : emit(.greater, length: 1)
    case UInt8(ascii: "="):
      throw ParseError("`=` stands only inside of braces", at: at..<at + 1, advice: "compare values with `==`")
    default: try readBracket(byte)
    }
  }

  private mutating func readBracket(_ byte: UInt8) throws(ParseError) {
    switch byte {
    case UInt8(ascii: "("):
      emit(.leftParen, length: 1)
      parens += 1
    case UInt8(ascii: ")"):
      guard parens > 0 else { throw ParseError("this `)` closes nothing", at: at..<at + 1) }
      emit(.rightParen, length: 1)
      parens -= 1
    case UInt8(ascii: "{"):
      emit(.leftBrace, length: 1)
      inBraces = true
    case UInt8(ascii: "["):
      guard !inBrackets else { throw ParseError("`[` stands inside of brackets", at: at..<at + 1) }
      emit(.leftBracket, length: 1)
      inBrackets = true
      colonSeen = false
      if dialect == .v2 { try readRangeOfVersion2() }
    case UInt8(ascii: "]"):
      guard inBrackets else { throw ParseError("this `]` closes nothing", at: at..<at + 1) }
      emit(.rightBracket, length: 1)
      inBrackets = false
    case UInt8(ascii: ":") where inBrackets && !colonSeen:
      emit(.colon, length: 1)
      colonSeen = true
    default: throw unexpected()
    }
  }

  /// Prometheus 2 takes nothing but a duration behind `[`.
  private mutating func readRangeOfVersion2() throws(ParseError) {
    while current.isBlank { at += 1 }
    let start = at
    guard current.isDigit else {
      throw ParseError("a duration such as `5m` should be here", at: start..<min(start + 1, bytes.count))
    }
    if skipNumberOfVersion2() {
      throw ParseError("the duration has no unit", at: start..<at, advice: "write `\(text(start..<at))s`, or m, h, d")
    }
    try readRestOfDuration(from: start)
  }

  // MARK: - Words

  private mutating func readWord() throws(ParseError) {
    let start = at
    if inBrackets, dialect == .v2 {
      // Any letter stands for the colon of a subquery here: `foo[5m x]` is `foo[5m:]`. [seen in 2.42]
      guard !colonSeen else { throw unexpected() }
      emit(.colon, length: 1)
      colonSeen = true
      return
    }
    var hasColon = false
    while let byte = current, byte.isAlpha || byte.isDigit || (byte == UInt8(ascii: ":") && !inBraces && !inBrackets) {
      if byte == UInt8(ascii: ":") { hasColon = true }
      at += 1
    }
    if inBraces { return emit(.identifier, from: start) }
    if hasColon { return emit(.metricIdentifier, from: start) }
    guard at - start <= keywords.longest, let kind = keywords.kinds[text(start..<at).lowercased()] else {
      return emit(.identifier, from: start)
    }
    switch kind {
    // Words of version 3 that name metrics already: they mean something only before parentheses.
    case .fill, .fillLeft, .fillRight, .minOf, .maxOf:
      emit(isFollowedByParenthesis ? kind : .identifier, from: start)
    default: emit(kind, from: start)
    }
  }

  private var isFollowedByParenthesis: Bool {
    bytes[at...].first { !Optional($0).isBlank } == UInt8(ascii: "(")
  }

  // MARK: - Numbers and durations

  private mutating func readNumberOrDuration() throws(ParseError) {
    let start = at
    if dialect == .v2 ? skipNumberOfVersion2() : skipNumber() { return emit(.number, from: start) }
    try readRestOfDuration(from: start)
  }

  private mutating func readRestOfDuration(from start: Int) throws(ParseError) {
    guard skipUnits(), !current.isAlpha, !current.isDigit else {
      while current.isAlpha || current.isDigit { at += 1 }
      throw ParseError(
        "`\(text(start..<at))` is neither a number nor a duration", at: start..<at,
        advice: "units are ms, s, m, h, d, w, y, the largest first, without fractions")
    }
    emit(.duration, from: start)
  }

  private mutating func skipUnits() -> Bool {
    guard skip(oneOf: "smhdwy") else { return false }
    _ = skip(oneOf: "s")
    while current.isDigit {
      while current.isDigit { at += 1 }
      guard skip(oneOf: "smhdw") else { return false }
      _ = skip(oneOf: "s")
    }
    return true
  }

  private mutating func skipNumberOfVersion2() -> Bool {
    let isHexadecimal = skip(oneOf: "0") && skip(oneOf: "xX")
    skipDigits(hexadecimal: isHexadecimal)
    if skip(oneOf: ".") { skipDigits(hexadecimal: isHexadecimal) }
    if skip(oneOf: "eE") {
      _ = skip(oneOf: "+-")
      skipDigits(hexadecimal: false)
    }
    return !current.isAlpha && !current.isDigit
  }

  private mutating func skipDigits(hexadecimal: Bool) {
    while current.isDigit || (hexadecimal && current.isHexDigit) { at += 1 }
  }

  /// Version 3 allows underscores between digits.
  private mutating func skipNumber() -> Bool {
    let isHexadecimal = skip(oneOf: "0") && skip(oneOf: "xX")
    var dotSeen = false
    var exponentSeen = false
    while let byte = current {
      if byte.isDigit || (isHexadecimal && Optional(byte).isHexDigit) {
        at += 1
      } else if byte == UInt8(ascii: "_"), next.isDigit || (isHexadecimal && next.isHexDigit) {
        at += 1
      } else if byte == UInt8(ascii: "."), !dotSeen, !exponentSeen, !isHexadecimal {
        dotSeen = true
        at += 1
      } else if byte | 0x20 == UInt8(ascii: "e"), !exponentSeen, !isHexadecimal {
        exponentSeen = true
        at += 1
        _ = skip(oneOf: "+-")
        guard current.isDigit else { return false }
      } else {
        break
      }
    }
    return !current.isAlpha && !current.isDigit && current != UInt8(ascii: ".")
  }

  // MARK: - Strings

  private mutating func skipString(quote: UInt8) throws(ParseError) {
    let start = at
    at += 1
    while let byte = current {
      if byte == quote {
        at += 1
        return
      }
      if byte == UInt8(ascii: "\\"), quote != UInt8(ascii: "`") {
        at += min(2, bytes.count - at)
      } else if byte == UInt8(ascii: "\n"), quote != UInt8(ascii: "`") {
        break
      } else {
        at += 1
      }
    }
    throw ParseError("the text that begins here has no closing quote", at: start..<start + 1)
  }

  // MARK: - Bytes

  private var current: UInt8? { at < bytes.count ? bytes[at] : nil }
  private var next: UInt8? { at + 1 < bytes.count ? bytes[at + 1] : nil }

  private mutating func skip(oneOf characters: StaticString) -> Bool {
    guard let byte = current, characters.withUTF8Buffer({ $0.contains(byte) }) else { return false }
    at += 1
    return true
  }

  private mutating func skipBlanksAndComments() {
    while let byte = current {
      if current.isBlank {
        at += 1
      } else if byte == UInt8(ascii: "#") {
        while let byte = current, byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\r") { at += 1 }
      } else {
        return
      }
    }
  }

  private mutating func emit(_ kind: Token.Kind, from start: Int) {
    tokens.append(Token(kind: kind, range: start..<at))
  }

  private mutating func emit(_ kind: Token.Kind, length: Int) {
    at += length
    emit(kind, from: at - length)
  }

  private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  private func unexpected() -> ParseError {
    let rest = String(decoding: bytes[at..<min(at + 4, bytes.count)], as: UTF8.self)
    let character = rest.first.map(String.init) ?? ""
    let place = inBraces ? " inside of braces" : inBrackets ? " inside of brackets" : ""
    // A typographic quote comes from a document that PromQL was pasted through.
    let advice = "\u{201C}\u{201D}\u{2018}\u{2019}".contains(character) ? "write plain quotes: \"" : nil
    return ParseError("`\(character)` cannot stand here\(place)", at: at..<at + character.utf8.count, advice: advice)
  }
}

extension UInt8 {
  var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
  /// A letter of ASCII or an underscore.
  var isAlpha: Bool {
    let lower = self | 0x20
    return (lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")) || self == UInt8(ascii: "_")
  }
}

extension UInt8? {
  var isDigit: Bool { self?.isDigit ?? false }
  var isAlpha: Bool { self?.isAlpha ?? false }
  var isHexDigit: Bool {
    guard let byte = self else { return false }
    let lower = byte | 0x20
    return byte.isDigit || (lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "f"))
  }
  var isBlank: Bool {
    switch self {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): true
    default: false
    }
  }
}
