/// Translates a regular expression of JavaScript to the dialect of ICU, which matches it here.
///
/// Named groups become numbered ones; what the two dialects read differently is written so that ICU reads it as
/// JavaScript does.
struct JavaScriptPattern {
  private(set) var translated = ""
  /// The number of each named group.
  private(set) var groups: [String: Int] = [:]
  private(set) var groupCount = 0

  /// Why a pattern is none.
  struct Refusal: Error {
    var reason: String
  }

  private var rest: Substring
  private let isMultiline: Bool
  /// `\k<name>` before all groups are known.
  private var names: [String] = []

  init(_ pattern: String, isMultiline: Bool) throws(Refusal) {
    rest = pattern[...]
    self.isMultiline = isMultiline
    while let next = rest.first { try translate(next) }
    for name in names {
      guard let number = groups[name] else {
        throw Refusal(reason: "it refers to the group `\(name)`, which it does not have")
      }
      translated = translated.replacing("\u{0}\(name)\u{0}", with: "\\\(number)")
    }
  }

  private mutating func translate(_ next: Character) throws(Refusal) {
    switch next {
    case "\\": try escape(inSet: false)
    case "[": try set()
    case "(": try group()
    case "{": brace()
    case "}", "]": emit("\\" + String(next), dropping: 1)
    // ICU's `$` also matches before a final line break.
    case "$" where !isMultiline: emit("\\z", dropping: 1)
    // Possessive quantifiers are ICU's own.
    case "+" where translated.last.map { "*+?".contains($0) } == true && !endsInEscape:
      throw Refusal(reason: "nothing to repeat before `+`")
    case "\0": throw Refusal(reason: "it holds a NUL character")
    default: emit(String(next), dropping: 1)
    }
  }

  private var endsInEscape: Bool {
    let slashes = translated.dropLast().reversed().prefix { $0 == "\\" }.count
    return slashes % 2 == 1
  }

  private mutating func emit(_ text: String, dropping count: Int) {
    translated += text
    rest = rest.dropFirst(count)
  }

  // MARK: - Groups and quantifiers

  private mutating func group() throws(Refusal) {
    if rest.hasPrefix("(?<"), !rest.hasPrefix("(?<="), !rest.hasPrefix("(?<!") {
      let name = rest.dropFirst(3).prefix { $0 != ">" }
      guard !name.isEmpty, name.allSatisfy({ $0.isWord || $0 == "$" }), rest.dropFirst(3 + name.count).first == ">"
      else {
        throw Refusal(reason: "a group has no proper name")
      }
      groupCount += 1
      groups[String(name)] = groupCount
      return emit("(", dropping: name.count + 4)
    }
    if rest.hasPrefix("(?") {
      guard let known = ["(?:", "(?=", "(?!", "(?<=", "(?<!"].first(where: { rest.hasPrefix($0) }) else {
        throw Refusal(reason: "`\(rest.prefix(3))` is no group that JavaScript knows")
      }
      return emit(known, dropping: known.count)
    }
    groupCount += 1
    emit("(", dropping: 1)
  }

  /// A brace that is no quantifier stands for itself.
  private mutating func brace() {
    let inside = rest.dropFirst().prefix { $0.isASCII && $0.isNumber || $0 == "," }
    let isQuantifier =
      inside.first?.isNumber == true && inside.count { $0 == "," } <= 1 && inside.count < 12
      && rest.dropFirst(inside.count + 1).first == "}"
    if isQuantifier { emit("{\(inside)}", dropping: inside.count + 2) } else { emit("\\{", dropping: 1) }
  }

  // MARK: - Sets and escapes

  private mutating func set() throws(Refusal) {
    if rest.hasPrefix("[^]") { return emit("[\\s\\S]", dropping: 3) }
    if rest.hasPrefix("[]") { return emit("(?!)", dropping: 2) }
    emit("[", dropping: 1)
    if rest.first == "^" { emit("^", dropping: 1) }
    while let next = rest.first {
      switch next {
      case "]": return emit("]", dropping: 1)
      case "\\": try escape(inSet: true)
      case "-": emit("-", dropping: 1)
      // ICU reads `[`, `&&`, `{` and others inside of a set as operators.
      case _ where next.isASCII && !next.isWord: emit("\\" + String(next), dropping: 1)
      default: emit(String(next), dropping: 1)
      }
    }
    throw Refusal(reason: "a `[` is not closed")
  }

  private mutating func escape(inSet: Bool) throws(Refusal) {
    guard let letter = rest.dropFirst().first else { throw Refusal(reason: "it ends in a backslash") }
    switch letter {
    // JavaScript's are ASCII only.
    case "d": emit(inSet ? "0-9" : "[0-9]", dropping: 2)
    case "w": emit(inSet ? "A-Za-z0-9_" : "[A-Za-z0-9_]", dropping: 2)
    case "D": emit("[^0-9]", dropping: 2)
    case "W": emit("[^A-Za-z0-9_]", dropping: 2)
    case "v": emit("\\x0B", dropping: 2)
    case "0": emit("\\x00", dropping: 2)
    case "b" where inSet: emit("\\x08", dropping: 2)
    case "k" where rest.hasPrefix("\\k<"):
      let name = rest.dropFirst(3).prefix { $0 != ">" }
      names.append(String(name))
      emit("\u{0}\(name)\u{0}", dropping: name.count + 4)
    case "s", "S", "n", "r", "t", "f", "c", "x", "u", "p", "P", "1"..."9": emit("\\\(letter)", dropping: 2)
    case "b", "B": emit("\\\(letter)", dropping: 2)
    // Of other letters the backslash means nothing.
    case _ where letter.isWord: emit(String(letter), dropping: 2)
    default: emit("\\\(letter)", dropping: 2)
    }
  }
}
