import Diagnostics
import Reading

/// The options of a custom variable. [Scenes: variables/variants/CustomVariable.tsx]
enum CustomOptions {
  /// Of a list with commas: `\,` is a comma, `text : value` an option that is shown otherwise than it is used.
  static func list(_ text: String) -> [Variable.Option] {
    var parts: [String] = []
    var part = ""
    var rest = text[...]
    while let next = rest.popFirst() {
      if next == "\\", rest.first == "," {
        part.append(",")
        rest = rest.dropFirst()
      } else if next == "," {
        if !part.isEmpty { parts.append(part) }
        part = ""
      } else {
        part.append(next)
      }
    }
    if !part.isEmpty { parts.append(part) }
    return parts.map(option)
  }

  /// The last colon with blanks on both sides divides.
  private static func option(_ part: String) -> Variable.Option {
    let characters = Array(part)
    for index in characters.indices.reversed() where characters[index] == ":" {
      guard index > 0, index + 1 < characters.count else { continue }
      guard characters[index - 1].isWhitespace, characters[index + 1].isWhitespace else { continue }
      let text = String(characters[..<index]).trimmingBlanks
      let value = String(characters[(index + 1)...]).trimmingBlanks
      if !text.isEmpty, !value.isEmpty { return Variable.Option(String(value), text: String(text)) }
    }
    return Variable.Option(String(part.trimmingBlanks))
  }

  /// Of a JSON array of `{text, value, ...}`; nil where it is none.
  static func json(_ text: String) -> [Variable.Option]? {
    guard let json = try? JSONReader.parse(text, file: ""), json.isArray else { return nil }
    return json.elements.compactMap { element in
      if let text = element.text { return Variable.Option(text) }
      guard let value = element["value"]?.text ?? element["text"]?.text else { return nil }
      return Variable.Option(value, text: element["text"]?.text, properties: Normalizer.properties(element))
    }
  }
}
