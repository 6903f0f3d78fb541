/// Reads a text character by character, for the parsers of this room.
struct Cursor {
  let characters: [Character]
  private(set) var offset = 0

  init(_ text: String) {
    characters = Array(text)
  }

  var next: Character? { offset < characters.count ? characters[offset] : nil }

  mutating func advance() { offset += 1 }

  /// Skips `character` if it comes next.
  mutating func take(_ character: Character) -> Bool {
    guard next == character else { return false }
    offset += 1
    return true
  }

  /// Takes all that follows and satisfies `condition`.
  mutating func take(while condition: (Character) -> Bool) -> String {
    let start = offset
    while let next, condition(next) { offset += 1 }
    return String(characters[start..<offset])
  }
}

extension Character {
  var isDigit: Bool { "0" <= self && self <= "9" }
  var isBlank: Bool { self == " " || self == "\t" || self == "\n" || self == "\r" || self == "\r\n" }
  var isNameStart: Bool { isASCII && isLetter || self == "_" }
  var isNamePart: Bool { isNameStart || isDigit }
}
