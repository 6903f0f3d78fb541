extension SeriesID: CustomStringConvertible {
  /// Reads `name{a="b", c='d'}` with the strings of PromQL, `"` `'` and backquotes.
  public static func parse(_ text: String) throws(NotationError) -> SeriesID {
    var reader = SeriesReader(cursor: Cursor(text))
    return try reader.read()
  }

  /// As PromQL spells it, labels in the order of their names.
  public var description: String {
    guard !labels.isEmpty else { return name }
    let pairs = labels.sorted { $0.key < $1.key }.map { "\($0.key)=\"\(escaped($0.value))\"" }
    return "\(name){\(pairs.joined(separator: ","))}"
  }

  private func escaped(_ value: String) -> String {
    var result = ""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case "\n": result += "\\n"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

private struct SeriesReader {
  var cursor: Cursor

  mutating func read() throws(NotationError) -> SeriesID {
    skipBlanks()
    let start = cursor.offset
    var name = ""
    if cursor.next.map({ $0.isNameStart || $0 == ":" }) ?? false {
      name = cursor.take { $0.isNamePart || $0 == ":" }
    }
    skipBlanks()
    var labels = cursor.take("{") ? try readLabels() : [:]
    skipBlanks()
    if cursor.next != nil { throw unexpected(expected: "the end of the series") }
    if let given = labels.removeValue(forKey: "__name__") {
      guard name.isEmpty else { throw NotationError("the name is given twice", offset: start, length: name.count) }
      name = given
    }
    guard !name.isEmpty else { throw NotationError("a metric name is missing", offset: start) }
    return SeriesID(name: name, labels: labels)
  }

  private mutating func readLabels() throws(NotationError) -> Labels {
    var labels: Labels = [:]
    while true {
      skipBlanks()
      if cursor.take("}") { return labels }
      let start = cursor.offset
      guard cursor.next?.isNameStart ?? false else { throw unexpected(expected: "a label name or `}`") }
      let name = cursor.take { $0.isNamePart }
      skipBlanks()
      guard cursor.take("=") else { throw unexpected(expected: "`=` after the label name") }
      if cursor.next == "~" { throw unexpected(expected: "a value: a series has labels, not matchers") }
      skipBlanks()
      let value = try readString()
      guard labels.updateValue(value, forKey: name) == nil else {
        throw NotationError("the label `\(name)` is given twice", offset: start, length: name.count)
      }
      skipBlanks()
      guard cursor.take(",") || cursor.next == "}" else { throw unexpected(expected: "`,` or `}`") }
    }
  }

  private mutating func readString() throws(NotationError) -> String {
    let start = cursor.offset
    guard let quote = cursor.next, quote == "\"" || quote == "'" || quote == "`" else {
      throw unexpected(expected: "a quoted value")
    }
    cursor.advance()
    var value = ""
    while let next = cursor.next {
      if cursor.take(quote) { return value }
      if next == "\\", quote != "`" {
        value.unicodeScalars.append(try readEscape())
      } else {
        value.append(next)
        cursor.advance()
      }
    }
    throw NotationError("the string has no end", offset: start, length: cursor.offset - start)
  }

  private mutating func readEscape() throws(NotationError) -> Unicode.Scalar {
    let start = cursor.offset
    cursor.advance()
    let kind = cursor.next
    cursor.advance()
    switch kind {
    case "a": return "\u{07}"
    case "b": return "\u{08}"
    case "f": return "\u{0C}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "v": return "\u{0B}"
    case "\\", "\"", "'": return kind?.unicodeScalars.first ?? "\\"
    case "0", "1", "2", "3", "4", "5", "6", "7": return try readOctal(from: start)
    case "x": return try readCode(2, from: start)
    case "u": return try readCode(4, from: start)
    case "U": return try readCode(8, from: start)
    default: throw NotationError("unknown escape", offset: start, length: 2, advice: "write `\\\\` for a backslash")
    }
  }

  /// `\101`, three digits, the first of which is already taken.
  private mutating func readOctal(from start: Int) throws(NotationError) -> Unicode.Scalar {
    cursor.advance()
    cursor.advance()
    let digits = cursor.characters[
      min(start + 1, cursor.characters.count)..<min(cursor.offset, cursor.characters.count)]
    guard digits.count == 3, let code = UInt8(String(digits), radix: 8) else {
      throw NotationError("no such character", offset: start, length: digits.count + 1)
    }
    return Unicode.Scalar(code)
  }

  private mutating func readCode(_ count: Int, from start: Int) throws(NotationError) -> Unicode.Scalar {
    var digits = ""
    while digits.count < count, let next = cursor.next, next.isHexDigit {
      digits.append(next)
      cursor.advance()
    }
    guard digits.count == count, let code = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(code) else {
      throw NotationError("no such character", offset: start, length: cursor.offset - start)
    }
    return scalar
  }

  private mutating func skipBlanks() { _ = cursor.take { $0.isBlank } }

  private func unexpected(expected: String) -> NotationError {
    let found = cursor.next.map { "`\($0)`" } ?? "the end"
    return NotationError("expected \(expected), found \(found)", offset: cursor.offset)
  }
}
