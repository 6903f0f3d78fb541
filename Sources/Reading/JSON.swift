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
    var text = ""
    write(to: &text)
    return text
  }

  private func write(to text: inout String) {
    switch kind {
    case .null: text += "null"
    case .bool(let flag): text += flag ? "true" : "false"
    case .number(_, let written): text += written
    case .string(let string): Self.write(string, to: &text)
    case .array(let elements):
      text += "["
      for (index, element) in elements.enumerated() {
        if index > 0 { text += "," }
        element.write(to: &text)
      }
      text += "]"
    case .object(let members):
      text += "{"
      for (index, member) in members.enumerated() {
        if index > 0 { text += "," }
        Self.write(member.name, to: &text)
        text += ":"
        member.value.write(to: &text)
      }
      text += "}"
    }
  }

  private static func write(_ string: String, to text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
