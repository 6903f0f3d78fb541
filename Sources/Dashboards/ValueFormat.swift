import Reading

/// The formats of `${name:format:arguments}`. [Scenes: variables/interpolation/formatRegistry.ts]
struct ValueFormat {
  let name: String
  let value: VariableValue
  let calendar: ZonedCalendar

  /// `format` with its arguments, as `join:;`; an unknown one is `glob`.
  func format(_ format: String) -> String {
    let parts = format.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    let arguments = Array(parts.dropFirst())
    switch parts.first ?? "" {
    case "raw", "csv": return list { $0.joined(separator: ",") }
    case "join": return list { $0.joined(separator: arguments.first ?? ",") }
    case "pipe": return list { $0.joined(separator: "|") }
    case "regex": return regex
    case "json": return json
    case "distributed": return list { $0.enumerated().map { $0 == 0 ? $1 : "\(name)=\($1)" }.joined(separator: ",") }
    case "lucene": return lucene
    case "percentencode": return Self.percentEncode(glob)
    case "uriencode": return Self.uriEncode(glob)
    case "queryparam": return query(name: "var-\(name)", prefix: "")
    case "customqueryparam": return customQuery(arguments)
    case "singlequote": return quoted("'") { $0.replacing("'", with: #"\'"#) }
    case "doublequote": return quoted("\"") { $0.replacing("\"", with: #"\""#) }
    case "sqlstring": return quoted("'") { $0.replacing("'", with: "''").replacing("\"", with: #"\""#) }
    case "html": return list { $0.map(Self.htmlEscape).joined(separator: ", ") }
    case "date": return value.values.first.map { date($0, arguments) } ?? "NaN"
    case "text": return value.texts.joined(separator: " + ")
    default: return glob
    }
  }

  private func list(_ join: ([String]) -> String) -> String { join(value.values) }

  private var isList: Bool { if case .list = value.content { true } else { false } }

  private var glob: String {
    let values = value.values
    return values.count == 1 ? values[0] : "{" + values.joined(separator: ",") + "}"
  }

  private var regex: String {
    let values = value.values.map(Self.regexEscape)
    return values.count == 1 ? values[0] : "(" + values.joined(separator: "|") + ")"
  }

  static func regexEscape(_ text: String) -> String {
    text.escaping(#"\^$*+?.()[]{}/|"#)
  }

  private var json: String {
    guard isList else { return value.values.first ?? "" }
    return "[" + value.values.map { JSON(.string($0)).written }.joined(separator: ",") + "]"
  }

  private var lucene: String {
    guard isList else { return value.values.first.map(Self.luceneEscape) ?? "" }
    if value.values.isEmpty { return "__empty__" }
    return "(" + value.values.map { "\"" + Self.luceneEscape($0) + "\"" }.joined(separator: " OR ") + ")"
  }

  private static func luceneEscape(_ text: String) -> String { text.escaping(#"+-=&|><!(){}[]^"~*?:\/"#) }

  private func query(name: String, prefix: String) -> String {
    value.values.map { "\(name)=\(prefix)\(Self.uriEncode($0))" }.joined(separator: "&")
  }

  private func customQuery(_ arguments: [String]) -> String {
    let name = arguments.first.flatMap { $0.isEmpty ? nil : $0 } ?? self.name
    return query(name: Self.uriEncode(name), prefix: arguments.dropFirst().first ?? "")
  }

  private func quoted(_ quote: String, _ escape: (String) -> String) -> String {
    list { $0.map { quote + escape($0) + quote }.joined(separator: ",") }
  }

  private func date(_ text: String, _ arguments: [String]) -> String {
    guard let number = Double(text), let milliseconds = Int64(exactly: number.rounded()),
      abs(milliseconds) < 8_640_000_000_000_000
    else { return "NaN" }
    let pattern = arguments.joined(separator: ":")
    switch pattern {
    case "ms": return text
    case "seconds": return String(Int64((number / 1000).rounded()))
    case "", "iso": return DatePattern.iso(milliseconds)
    default: return DatePattern(calendar: calendar).format(milliseconds, pattern)
    }
  }

  // MARK: - Encodings

  static func percentEncode(_ text: String) -> String { encode(text, unreserved: "-_.~") }

  /// What `encodeURI` leaves alone, but for `!'()*`.
  static func uriEncode(_ text: String) -> String { encode(text, unreserved: "-_.~;/?:@&=+$,#") }

  private static func encode(_ text: String, unreserved: String) -> String {
    var result = ""
    for byte in text.utf8 {
      let scalar = Unicode.Scalar(byte)
      if byte < 0x80, Character(scalar).isWord || unreserved.utf8.contains(byte) {
        result.unicodeScalars.append(scalar)
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        result += "%" + (digits.count == 1 ? "0" : "") + digits
      }
    }
    return result
  }

  private static func htmlEscape(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.append(character)
      }
    }
    return result
  }
}

extension String {
  /// The text with a backslash before each of the given characters.
  func escaping(_ special: String) -> String {
    let special = Set(special.unicodeScalars)
    var result = ""
    for scalar in unicodeScalars {
      if special.contains(scalar) { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
    return result
  }
}
