package import Diagnostics

/// Reads JSON (RFC 8259) into values that know their places. Stops at the first error: JSON cannot be read past one.
///
/// Time and memory grow with the length of the text; nesting is limited, so that no file can exhaust the stack.
package struct JSONReader {
  /// Deeper nesting is refused. Dashboards of nested rows and tabs stay below 60.
  package static let deepest = 256

  private let file: String
  private let bytes: [UInt8]
  private var at = 0
  private var line = 1
  private var lineStart = 0
  /// UTF-8 continuation bytes since the start of the line: they count no column.
  private var continuations = 0

  /// Parses the text of a file.
  package static func parse(_ text: String, file: String) throws(Finding) -> JSON {
    var reader = JSONReader(file: file, bytes: Array(text.utf8))
    if reader.bytes.starts(with: [0xEF, 0xBB, 0xBF]) {  // a byte order mark
      reader.at = 3
      reader.lineStart = 3
    }
    reader.skipBlanks()
    let value = try reader.value(depth: 0)
    reader.skipBlanks()
    guard reader.at == reader.bytes.count else { throw reader.unexpected("the end of the file") }
    return value
  }

  private init(file: String, bytes: [UInt8]) {
    self.file = file
    self.bytes = bytes
  }

  // MARK: - Values

  private mutating func value(depth: Int) throws(Finding) -> JSON {
    guard depth <= Self.deepest else {
      throw error("values are nested deeper than \(Self.deepest) levels")
    }
    let (line, column) = (line, column)
    return JSON(try kind(depth: depth), line: line, column: column)
  }

  private mutating func kind(depth: Int) throws(Finding) -> JSON.Kind {
    switch current {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t") where take("true"): return .bool(true)
    case UInt8(ascii: "f") where take("false"): return .bool(false)
    case UInt8(ascii: "n") where take("null"): return .null
    case UInt8(ascii: "-")?, (UInt8(ascii: "0")...UInt8(ascii: "9"))?: return try number()
    default: throw unexpected("a value")
    }
  }

  private mutating func object(depth: Int) throws(Finding) -> JSON.Kind {
    let opening = place
    at += 1
    skipBlanks()
    var members: [JSON.Member] = []
    if take("}") { return .object(members) }
    while true {
      guard current == UInt8(ascii: "\"") else { throw unexpected("a member's name in quotes", opened: opening) }
      let name = try string()
      skipBlanks()
      guard take(":") else { throw unexpected("`:` after the name `\(name)`", opened: opening) }
      skipBlanks()
      members.append(JSON.Member(name: name, value: try value(depth: depth + 1)))
      skipBlanks()
      if take("}") { return .object(members) }
      guard take(",") else { throw unexpected("`,` or `}`", opened: opening) }
      skipBlanks()
    }
  }

  private mutating func array(depth: Int) throws(Finding) -> JSON.Kind {
    let opening = place
    at += 1
    skipBlanks()
    var elements: [JSON] = []
    if take("]") { return .array(elements) }
    while true {
      elements.append(try value(depth: depth + 1))
      skipBlanks()
      if take("]") { return .array(elements) }
      guard take(",") else { throw unexpected("`,` or `]`", opened: opening) }
      skipBlanks()
    }
  }

  private mutating func number() throws(Finding) -> JSON.Kind {
    let start = at
    func isPart(_ byte: UInt8) -> Bool {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
        UInt8(ascii: "e"), UInt8(ascii: "E"):
        true
      default: false
      }
    }
    while let byte = current, isPart(byte) { at += 1 }
    let written = String(decoding: bytes[start..<at], as: UTF8.self)
    // Swift reads `1.` and `01` too; a reader of dashboards may.
    guard let number = Double(written) else {
      at = start
      throw error("`\(written)` is not a number")
    }
    return .number(number, written: written)
  }

  // MARK: - Strings

  private mutating func string() throws(Finding) -> String {
    let opening = place
    at += 1
    let start = at
    // Most strings hold no escape: they are copied whole.
    while let byte = current, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { advance(byte) }
    if current == UInt8(ascii: "\"") {
      defer { at += 1 }
      return String(decoding: bytes[start..<at], as: UTF8.self)
    }
    var text = Array(bytes[start..<at])
    while let byte = current {
      switch byte {
      case UInt8(ascii: "\""):
        at += 1
        return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): try escape(into: &text)
      case 0..<0x20:
        throw error("a text holds a line break or control character", advice: "write it as an escape such as `\\n`")
      default:
        text.append(byte)
        advance(byte)
      }
    }
    throw Finding(.error, "this is not JSON: the text that begins here has no closing quote", at: opening)
  }

  private mutating func escape(into text: inout [UInt8]) throws(Finding) {
    let start = at
    at += 1
    guard let byte = current else { return }
    at += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"):
      guard let scalar = unicodeEscape() else { throw unknownEscape(at: start) }
      text += Array(String(scalar).utf8)
    default: throw unknownEscape(at: start)
    }
  }

  private mutating func unknownEscape(at start: Int) -> Finding {
    at = start
    return error("this is no escape that JSON knows", advice: "a backslash is written `\\\\`")
  }

  /// The character of `\uXXXX`, or of a surrogate pair of them; half a pair becomes U+FFFD.
  private mutating func unicodeEscape() -> Unicode.Scalar? {
    guard let unit = hexDigits() else { return nil }
    guard (0xD800..<0xDC00).contains(unit) else { return Unicode.Scalar(unit) ?? "\u{FFFD}" }
    let after = at
    if take("\\u"), let low = hexDigits(), (0xDC00..<0xE000).contains(low) {
      return Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
    }
    at = after
    return "\u{FFFD}"
  }

  private mutating func hexDigits() -> UInt32? {
    guard at + 4 <= bytes.count else { return nil }
    guard bytes[at..<at + 4].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else { return nil }
    defer { at += 4 }
    return UInt32(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16)
  }

  // MARK: - Bytes and places

  private var current: UInt8? { at < bytes.count ? bytes[at] : nil }
  private var column: Int { at - lineStart - continuations + 1 }
  private var place: Place { Place(file: file, line: line, column: column) }

  private mutating func advance(_ byte: UInt8) {
    at += 1
    if byte & 0xC0 == 0x80 { continuations += 1 }
  }

  private mutating func take(_ word: StaticString) -> Bool {
    let matches = word.withUTF8Buffer { bytes[at...].starts(with: $0) }
    if matches { at += word.utf8CodeUnitCount }
    return matches
  }

  private mutating func skipBlanks() {
    while let byte = current {
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): at += 1
      case UInt8(ascii: "\n"):
        at += 1
        line += 1
        lineStart = at
        continuations = 0
      default: return
      }
    }
  }

  private func error(_ message: String, advice: String? = nil) -> Finding {
    Finding(.error, "this is not JSON: \(message)", at: place, advice: advice)
  }

  private func unexpected(_ expected: String, opened: Place? = nil) -> Finding {
    let opening = opened.map { " (inside of what begins at line \($0.line), column \($0.column))" } ?? ""
    guard let byte = current else { return error("the file ends where \(expected) should be\(opening)") }
    let rest = String(decoding: bytes[at..<min(at + 4, bytes.count)], as: UTF8.self)
    let found = byte < 0x20 ? "a control character" : "`\(rest.first.map(String.init) ?? "")`"
    return error("\(expected) should be here, not \(found)\(opening)")
  }
}
