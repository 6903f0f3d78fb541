/// A reference to a variable in a text. [Scenes: variables/constants.ts]
struct Reference {
  var name: String
  /// `path` of `${name.path}`, `key` of `${name["key"]}`.
  var path: String?
  /// `fmt:arg` of `${name:fmt:arg}`.
  var format: String?
  /// As written, from `$` or `[[` to its end.
  var written: Substring
}

/// Splits a text into what stands for itself and references: `$name`, `[[name]]`, `[[name:fmt]]`, `${name}`,
/// `${name.path:fmt:arg}`.
struct ReferenceScanner {
  enum Piece {
    case text(Substring)
    case reference(Reference)
  }

  static func scan(_ text: String) -> [Piece] {
    guard text.utf8.contains(where: { $0 == UInt8(ascii: "$") || $0 == UInt8(ascii: "[") }) else {
      return text.isEmpty ? [] : [.text(text[...])]
    }
    var pieces: [Piece] = []
    var plain = text.startIndex
    var at = text.startIndex
    let bytes = text.utf8
    while at < text.endIndex {
      let byte = bytes[at]
      guard byte == UInt8(ascii: "$") || byte == UInt8(ascii: "["), let reference = reference(in: text[at...]) else {
        at = bytes.index(after: at)
        continue
      }
      if plain < at { pieces.append(.text(text[plain..<at])) }
      pieces.append(.reference(reference))
      at = reference.written.endIndex
      plain = at
    }
    if plain < at { pieces.append(.text(text[plain..<at])) }
    return pieces
  }

  /// The names that a text refers to.
  static func names(in text: String) -> [String] {
    scan(text).compactMap { if case .reference(let reference) = $0 { reference.name } else { nil } }
  }

  private static func reference(in text: Substring) -> Reference? {
    if text.utf8.starts(with: "${".utf8) { return braced(text) }
    if text.utf8.starts(with: "[[".utf8) { return bracketed(text) }
    guard text.utf8.first == UInt8(ascii: "$") else { return nil }
    let name = word(text.dropUTF8(1))
    return name.isEmpty ? nil : Reference(name: String(name), written: text[..<name.endIndex])
  }

  private static func bracketed(_ text: Substring) -> Reference? {
    let name = word(text.dropUTF8(2))
    guard !name.isEmpty else { return nil }
    var rest = text[name.endIndex...]
    var format: Substring?
    if rest.utf8.first == UInt8(ascii: ":") {
      let written = word(rest.dropUTF8(1))
      guard !written.isEmpty else { return nil }
      format = written
      rest = text[written.endIndex...]
    }
    guard rest.utf8.starts(with: "]]".utf8) else { return nil }
    return Reference(name: String(name), format: format.map(String.init), written: text[..<rest.dropUTF8(2).startIndex])
  }

  private static func braced(_ text: Substring) -> Reference? {
    let name = word(text.dropUTF8(2))
    guard !name.isEmpty else { return nil }
    var rest = text[name.endIndex...]
    var path: Substring?
    var format: Substring?
    if rest.utf8.first == UInt8(ascii: "."), let part = part(rest.dropUTF8(1), until: ":^}") {
      path = part
      rest = text[part.endIndex...]
    } else if rest.utf8.first == UInt8(ascii: "["), let part = part(rest.dropUTF8(1), until: "]}") {
      path = Substring(part.filter { $0 != "\"" && $0 != "'" })
      rest = text[part.endIndex...]
      guard rest.utf8.first == UInt8(ascii: "]") else { return nil }
      rest = rest.dropUTF8(1)
    }
    if rest.utf8.first == UInt8(ascii: ":"), let part = part(rest.dropUTF8(1), until: "}") {
      format = part
      rest = text[part.endIndex...]
    }
    guard rest.utf8.first == UInt8(ascii: "}") else { return nil }
    return Reference(
      name: String(name), path: path.map(String.init), format: format.map(String.init),
      written: text[..<rest.dropUTF8(1).startIndex])
  }

  private static func word(_ text: Substring) -> Substring {
    let end = text.utf8.firstIndex { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
        false
      default: true
      }
    }
    return text[..<(end ?? text.endIndex)]
  }

  /// One or more characters before one of `ends`; references are short, so a missing end is not sought through the
  /// whole text.
  private static func part(_ text: Substring, until ends: String) -> Substring? {
    var at = text.utf8.startIndex
    for _ in 0..<400 {
      guard at < text.endIndex else { return nil }
      if ends.utf8.contains(text.utf8[at]) { return at == text.startIndex ? nil : text[..<at] }
      at = text.utf8.index(after: at)
    }
    return nil
  }
}

extension Substring {
  fileprivate func dropUTF8(_ count: Int) -> Substring {
    self[(utf8.index(startIndex, offsetBy: count, limitedBy: endIndex) ?? endIndex)...]
  }
}
