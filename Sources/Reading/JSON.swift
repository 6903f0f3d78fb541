package import Diagnostics

/// A value of a JSON or YAML file, with its place; what a decoder of foreign files asks.
///
/// Foreign files are forgiving with types (a number written as a text, say), so the questions are too: each answers nil where it has no answer.
package struct JSON: Sendable {
  package indirect enum Kind: Sendable {
    case null
    case bool(Bool)
    /// The number, and how it was written: `1.0` stays `1.0`.
    case number(Double, written: String)
    case string(String)
    case array([JSON])
    case object([Member])
  }

  package struct Member: Sendable {
    package let name: String
    package let value: JSON

    package init(name: String, value: JSON) {
      self.name = name
      self.value = value
    }
  }

  package let kind: Kind
  /// 1-based; counts characters.
  package let line: Int32
  package let column: Int32

  package init(_ kind: Kind, line: Int = 1, column: Int = 1) {
    self.kind = kind
    self.line = Int32(clamping: line)
    self.column = Int32(clamping: column)
  }

  package func place(in file: String) -> Place { Place(file: file, line: Int(line), column: Int(column)) }

  /// The member of an object; nil where there is none, where it is null, and in anything but an object. Of members given twice the last counts, as in JavaScript.
  package subscript(_ name: String) -> JSON? {
    guard let member = members.last(where: { $0.name == name }), !member.value.isNull else { return nil }
    return member.value
  }

  /// A member of members: `json["options", "legend", "calcs"]`.
  package subscript(_ first: String, _ rest: String...) -> JSON? {
    rest.reduce(self[first]) { value, name in value?[name] }
  }

  package var isNull: Bool { if case .null = kind { true } else { false } }
  package var members: [Member] { if case .object(let members) = kind { members } else { [] } }
  /// The values of an array; none where it is something else.
  package var elements: [JSON] { if case .array(let elements) = kind { elements } else { [] } }
  package var isArray: Bool { if case .array = kind { true } else { false } }
  package var isObject: Bool { if case .object = kind { true } else { false } }
  /// A text, and only a text.
  package var string: String? { if case .string(let text) = kind { text } else { nil } }

  /// A text, a number as it was written, or a boolean, as a text.
  package var text: String? {
    switch kind {
    case .string(let text): text
    case .number(_, let written): written
    case .bool(let flag): flag ? "true" : "false"
    default: nil
    }
  }

  /// A number, also where it is written as a text.
  package var number: Double? {
    switch kind {
    case .number(let number, _): number
    case .string(let text): Double(text)
    default: nil
    }
  }

  /// A whole number, also where it is written as a text.
  package var int: Int? { number.flatMap { Int(exactly: $0.rounded(.towardZero)) } }

  /// What JavaScript takes for true: not `false`, 0, `""` or null.
  package var truthy: Bool {
    switch kind {
    case .null: false
    case .bool(let flag): flag
    case .number(let number, _): number != 0 && !number.isNaN
    case .string(let text): !text.isEmpty
    case .array, .object: true
    }
  }

  /// What kind of value it is, in words for messages.
  package var description: String {
    switch kind {
    case .null: "null"
    case .bool(let flag): "`\(flag)`"
    case .number(_, let written): "the number `\(written)`"
    case .string(let text): "the text `\(text.prefix(40))`"
    case .array: "a list"
    case .object: "an object"
    }
  }
}

extension JSON: Equatable {
  /// Whether two values say the same, wherever they stand.
  package static func == (left: JSON, right: JSON) -> Bool {
    switch (left.kind, right.kind) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.number(let left, _), .number(let right, _)): left == right
    case (.string(let left), .string(let right)): left == right
    case (.array(let left), .array(let right)): left == right
    case (.object(let left), .object(let right)):
      left.elementsEqual(right) { $0.name == $1.name && $0.value == $1.value }
    default: false
    }
  }
}

extension JSON {
  /// The value as JSON text on one line, members in their order.
  package var written: String {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private func write(to bytes: inout [UInt8]) {
    switch kind {
    case .null: bytes += "null".utf8
    case .bool(let flag): bytes += (flag ? "true" : "false").utf8
    case .number(_, let written): bytes += written.utf8
    case .string(let string): Self.write(string, to: &bytes)
    case .array(let elements):
      bytes.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        element.write(to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        Self.write(member.name, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        member.value.write(to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  private static func write(_ string: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in string.utf8 {
      switch byte {
      case UInt8(ascii: "\""): bytes += "\\\"".utf8
      case UInt8(ascii: "\\"): bytes += "\\\\".utf8
      case UInt8(ascii: "\n"): bytes += "\\n".utf8
      case UInt8(ascii: "\r"): bytes += "\\r".utf8
      case UInt8(ascii: "\t"): bytes += "\\t".utf8
      case 0..<0x20:
        let digits = String(byte, radix: 16)
        bytes += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
