/// A JSON value that prints the same way always: keys sorted, two spaces, members that are nil left out.
indirect enum JSON {
  case object([String: JSON?])
  case array([JSON])
  case string(String)
  case integer(Int)
  case number(Double)
  case bool(Bool)

  static func strings(_ values: [String]) -> JSON { .array(values.map { .string($0) }) }
  static func map(_ values: [String: String]) -> JSON { .object(values.mapValues { .string($0) }) }

  /// The text, without a final newline.
  var text: String {
    var output = ""
    write(to: &output, indent: "\n")
    return output
  }

  private func write(to output: inout String, indent: String) {
    switch self {
    case .object(let members):
      let present = members.compactMapValues { $0 }.sorted { $0.key < $1.key }
      Self.list(present, "{", "}", to: &output, indent: indent) { member, output, indent in
        Self.quote(member.key, to: &output)
        output += ": "
        member.value.write(to: &output, indent: indent)
      }
    case .array(let values):
      Self.list(values, "[", "]", to: &output, indent: indent) { $0.write(to: &$1, indent: $2) }
    case .string(let text): Self.quote(text, to: &output)
    case .integer(let value): output += "\(value)"
    case .number(let value): output += Self.decimal(value)
    case .bool(let value): output += "\(value)"
    }
  }

  private static func list<Item>(
    _ items: [Item], _ open: String, _ close: String, to output: inout String, indent: String,
    each: (Item, inout String, String) -> Void
  ) {
    output += open
    for (number, item) in items.enumerated() {
      output += (number == 0 ? "" : ",") + indent + "  "
      each(item, &output, indent + "  ")
    }
    output += (items.isEmpty ? "" : indent) + close
  }

  /// To the microsecond, with as few digits as that takes; JSON has no infinity and no NaN: they are 0.
  private static func decimal(_ value: Double) -> String {
    let text = value.fixed(6)
    let short = text.reversed().drop { $0 == "0" }.reversed()
    return String(short.last == "." ? short.dropLast() : short[...])
  }

  private static func quote(_ text: String, to output: inout String) {
    output += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": output += "\\\""
      case "\\": output += "\\\\"
      case "\n": output += "\\n"
      case "\r": output += "\\r"
      case "\t": output += "\\t"
      case "\0"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
        let digits = String(scalar.value, radix: 16)
        output += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: output.unicodeScalars.append(scalar)
      }
    }
    output += "\""
  }
}
