/// Checks a regular expression as Go's RE2 reads it, and whether it, anchored at both ends, matches the empty text. Runs nothing.
/// [Go: regexp/syntax/parse.go with the flags Perl]
struct RegexSyntax {
  struct Problem: Error {
    var message: String
    var advice: String?
  }

  /// Repetitions, one inside the other, may multiply to this at most.
  private static let mostRepetitions = 1000
  private static let deepest = 1000

  /// What was read last and can be repeated.
  private struct Atom {
    var matchesEmpty: Bool
    /// The product of the repetitions inside.
    var repetitions = 1
  }

  /// A group that is open: what its finished alternatives and its current one match.
  private struct Group {
    var alternativeMatchesEmpty = false
    var matchesEmpty = true
    var repetitions = 1
    var last: Atom?

    mutating func push(_ atom: Atom?) {
      if let last {
        matchesEmpty = matchesEmpty && last.matchesEmpty
        repetitions = max(repetitions, last.repetitions)
      }
      last = atom
    }

    mutating func endAlternative() {
      push(nil)
      alternativeMatchesEmpty = alternativeMatchesEmpty || matchesEmpty
      matchesEmpty = true
    }

    mutating func close() -> Atom {
      endAlternative()
      return Atom(matchesEmpty: alternativeMatchesEmpty, repetitions: repetitions)
    }
  }

  private let characters: [Unicode.Scalar]
  private let allowsShortGroupNames: Bool
  private var at = 0
  private var groups = [Group()]
  private var names: Set<String> = []

  /// Whether the expression matches the empty text; throws where it is not one. `(?<name>...)` is known since Go 1.22.
  static func matchesEmpty(_ pattern: String, allowsShortGroupNames: Bool) throws(Problem) -> Bool {
    // Most are words and alternatives.
    if pattern.utf8.allSatisfy({ $0.isAlpha || $0.isDigit || $0 == UInt8(ascii: "-") }) { return pattern.isEmpty }
    var syntax = RegexSyntax(pattern, allowsShortGroupNames)
    return try syntax.parse()
  }

  private init(_ pattern: String, _ allowsShortGroupNames: Bool) {
    characters = Array(pattern.unicodeScalars)
    self.allowsShortGroupNames = allowsShortGroupNames
  }

  private mutating func parse() throws(Problem) -> Bool {
    var wasRepetition = false
    while let character = current {
      let isRepetition = try parseRepetition(character, afterRepetition: wasRepetition)
      if !isRepetition { try parseOther(character) }
      wasRepetition = isRepetition
    }
    guard groups.count == 1 else { throw Problem(message: "`)` is missing") }
    return groups[0].close().matchesEmpty
  }

  private mutating func parseOther(_ character: Unicode.Scalar) throws(Problem) {
    switch character {
    case "(": try openGroup()
    case ")":
      guard groups.count > 1, var group = groups.popLast() else {
        throw Problem(
          message: "a `)` closes nothing", advice: "for the character itself write `\\\\)` in double quotes")
      }
      at += 1
      push(group.close())
    case "|":
      at += 1
      groups[groups.count - 1].endAlternative()
    case "[": try parseClass()
    case "\\": try parseEscape()
    case "^", "$":
      at += 1
      push(Atom(matchesEmpty: true))
    default:
      at += 1
      push(Atom(matchesEmpty: false))
    }
  }

  // MARK: - Repetitions

  /// Reads `*`, `+`, `?` or `{n,m}`; false where there is none, as for a `{` that begins no count.
  private mutating func parseRepetition(_ character: Unicode.Scalar, afterRepetition: Bool) throws(Problem) -> Bool {
    let start = at
    let range: (least: Int, most: Int?)
    switch character {
    case "*": range = (0, nil)
    case "+": range = (1, nil)
    case "?": range = (0, 1)
    case "{":
      guard let counts = parseCounts() else { return false }
      range = counts
    default: return false
    }
    if character != "{" { at += 1 }
    _ = take("?")
    let written = text(start..<at)
    if afterRepetition { throw Problem(message: "`\(written)` repeats a repetition") }
    guard var atom = groups[groups.count - 1].last else { throw Problem(message: "nothing stands before `\(written)`") }
    if range.least == 0 { atom.matchesEmpty = true }
    if character == "{" {
      let limit = Self.mostRepetitions
      let most = range.most ?? range.least
      guard range.least <= limit, most <= limit, range.least <= most, atom.repetitions * max(most, 1) <= limit else {
        throw Problem(message: "the count `\(written)` is not allowed", advice: "\(limit) repetitions are the most")
      }
      atom.repetitions *= max(most, 1)
    }
    groups[groups.count - 1].last = atom
    return true
  }

  /// Reads `{n}`, `{n,}` or `{n,m}`; nil, and nothing read, where it is only a brace.
  private mutating func parseCounts() -> (least: Int, most: Int?)? {
    let start = at
    at += 1
    if let least = parseCount() {
      if take("}") { return (least, least) }
      if take(",") {
        if take("}") { return (least, nil) }
        if let most = parseCount(), take("}") { return (least, most) }
      }
    }
    at = start
    return nil
  }

  private mutating func parseCount() -> Int? {
    let start = at
    while let character = current, character.isDigit { at += 1 }
    let digits = text(start..<at)
    guard !digits.isEmpty, digits.count == 1 || !digits.hasPrefix("0") else { return nil }
    return Int(digits) ?? .max
  }

  // MARK: - Groups

  private mutating func openGroup() throws(Problem) {
    at += 1
    guard take("?") else { return try push() }
    if take("P<") || (allowsShortGroupNames && take("<")) {
      let start = at
      while let character = current, character.isWord { at += 1 }
      let name = text(start..<at)
      guard take(">"), !name.isEmpty, names.insert(name).inserted else {
        throw Problem(message: "the name of a group is missing, wrong or given twice")
      }
      return try push()
    }
    try parseFlags()
  }

  /// `(?i)` or `(?i-s:...)`.
  private mutating func parseFlags() throws(Problem) {
    var isNegative = false
    var flagSeen = false
    while let character = current {
      at += 1
      switch character {
      case "i", "m", "s", "U": flagSeen = true
      case "-" where !isNegative:
        isNegative = true
        flagSeen = false
      case ":" where !isNegative || flagSeen: return try push()
      case ")" where !isNegative || flagSeen: return
      default:
        throw Problem(
          message: "`(?\(character)` is not known to Prometheus' expressions (RE2)",
          advice: "look-ahead, look-behind and back-references do not exist there")
      }
    }
    throw Problem(message: "`)` is missing")
  }

  private mutating func push() throws(Problem) {
    guard groups.count < Self.deepest else { throw Problem(message: "groups are nested too deeply") }
    groups.append(Group())
  }

  private mutating func push(_ atom: Atom) { groups[groups.count - 1].push(atom) }

  // MARK: - Escapes

  private mutating func parseEscape() throws(Problem) {
    guard let next = peek(1) else { throw Problem(message: "a `\\` stands at the end") }
    switch next {
    case "A", "z", "B":
      at += 2
      push(Atom(matchesEmpty: true))
    case "b":
      at += 2
      push(Atom(matchesEmpty: false))
    case "Q":
      at += 2
      while !take("\\E") {
        // Prometheus puts the expression into a group, whose end would be quoted too.
        guard current != nil else { throw Problem(message: "a `\\Q` has no `\\E`") }
        at += 1
        push(Atom(matchesEmpty: false))
      }
    default:
      if try !parseNamedClass() { _ = try parseEscapedCharacter() }
      push(Atom(matchesEmpty: false))
    }
  }

  /// `\d` and its kin, `\pL`, `\p{Greek}`.
  private mutating func parseNamedClass() throws(Problem) -> Bool {
    guard current == "\\", let kind = peek(1) else { return false }
    switch kind {
    case "d", "D", "s", "S", "w", "W":
      at += 2
      return true
    case "p", "P":
      let start = at
      at += 2
      if take("{") {
        while let character = current, character != "}" {
          _ = character
          at += 1
        }
        guard take("}") else { throw Problem(message: "`}` is missing behind `\(text(start..<at))`") }
      } else if current != nil {
        at += 1
      }
      let name = text(start + 2..<at).filter { !"{}^".contains($0) }
      guard UnicodeClasses.names.contains(name) else {
        throw Problem(message: "there is no class `\(text(start..<at))` of characters")
      }
      return true
    default: return false
    }
  }

  private mutating func parseEscapedCharacter() throws(Problem) -> Unicode.Scalar {
    let start = at
    at += 1
    guard let character = current else { throw Problem(message: "a `\\` stands at the end") }
    at += 1
    switch character {
    case "1"..."7" where !(current.map { ("0"..."7").contains($0) } ?? false): break
    case "0"..."7":
      var code = character.value - 48
      var digits = 1
      while digits < 3, let digit = current, ("0"..."7").contains(digit) {
        code = code * 8 + digit.value - 48
        at += 1
        digits += 1
      }
      return Unicode.Scalar(code) ?? "\u{FFFD}"
    case "x": if let code = parseHexadecimal() { return code }
    case "a": return "\u{7}"
    case "f": return "\u{C}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "v": return "\u{B}"
    case _ where character.isASCII && !(character.isWord && character != "_"): return character
    default: break
    }
    throw Problem(message: "`\(text(start..<min(at, characters.count)))` is no escape")
  }

  private mutating func parseHexadecimal() -> Unicode.Scalar? {
    let isLong = take("{")
    let start = at
    while let character = current, character.properties.isASCIIHexDigit, isLong || at - start < 2 { at += 1 }
    guard at > start, isLong ? take("}") : at - start == 2 else { return nil }
    return UInt32(text(start..<(isLong ? at - 1 : at)), radix: 16).flatMap(Unicode.Scalar.init)
  }

  // MARK: - Classes

  private mutating func parseClass() throws(Problem) {
    at += 1
    _ = take("^")
    var isFirst = true
    while current != "]" || isFirst {
      isFirst = false
      guard current != nil else { throw Problem(message: "`]` is missing") }
      if try parseNamedClass() { continue }
      if try parsePOSIXClass() { continue }
      let low = try parseClassCharacter()
      guard current == "-", let next = peek(1), next != "]" else { continue }
      at += 1
      let high = try parseClassCharacter()
      guard low <= high else { throw Problem(message: "the range `\(low)-\(high)` runs backwards") }
    }
    at += 1
    push(Atom(matchesEmpty: false))
  }

  private mutating func parseClassCharacter() throws(Problem) -> Unicode.Scalar {
    guard let character = current else { throw Problem(message: "`]` is missing") }
    if character == "\\" { return try parseEscapedCharacter() }
    at += 1
    return character
  }

  /// `[:alpha:]`, inside of a class.
  private mutating func parsePOSIXClass() throws(Problem) -> Bool {
    guard current == "[", peek(1) == ":" else { return false }
    guard let end = (at + 2..<characters.count).first(where: { characters[$0] == ":" && character($0 + 1) == "]" })
    else { return false }
    let name = text(at + 2..<end)
    guard UnicodeClasses.posix.contains(name.hasPrefix("^") ? String(name.dropFirst()) : name) else {
      throw Problem(message: "there is no class `[:\(name):]` of characters")
    }
    at = end + 2
    return true
  }

  // MARK: - Characters

  private var current: Unicode.Scalar? { character(at) }
  private func peek(_ distance: Int) -> Unicode.Scalar? { character(at + distance) }
  private func character(_ index: Int) -> Unicode.Scalar? { index < characters.count ? characters[index] : nil }

  private mutating func take(_ word: String) -> Bool {
    guard characters[min(at, characters.count)...].starts(with: word.unicodeScalars) else { return false }
    at += word.unicodeScalars.count
    return true
  }

  private func text(_ range: Range<Int>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: characters[range.clamped(to: 0..<characters.count)])
    return String(text)
  }
}

extension Unicode.Scalar {
  fileprivate var isDigit: Bool { ("0"..."9").contains(self) }
  fileprivate var isWord: Bool {
    ("a"..."z").contains(self) || ("A"..."Z").contains(self) || isDigit || self == "_"
  }
}

/// The names of classes of characters that Go knows. [Go: unicode/tables.go, regexp/syntax/perl_groups.go]
enum UnicodeClasses {
  static let posix: Set<String> = [
    "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space", "upper", "word",
    "xdigit",
  ]

  static let names = Set(categories + scripts)

  private static let categories = [
    "Any", "C", "Cc", "Cf", "Co", "Cs", "L", "Ll", "Lm", "Lo", "Lt", "Lu", "M", "Mc", "Me", "Mn", "N", "Nd", "Nl", "No",
    "P", "Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "S", "Sc", "Sk", "Sm", "So", "Z", "Zl", "Zp", "Zs",
  ]

  private static let scripts = [
    "Adlam", "Ahom", "Anatolian_Hieroglyphs", "Arabic", "Armenian", "Avestan", "Balinese", "Bamum", "Bassa_Vah",
    "Batak",
    "Bengali", "Bhaiksuki", "Bopomofo", "Brahmi", "Braille", "Buginese", "Buhid", "Canadian_Aboriginal", "Carian",
    "Caucasian_Albanian", "Chakma", "Cham", "Cherokee", "Chorasmian", "Common", "Coptic", "Cuneiform", "Cypriot",
    "Cyrillic", "Deseret", "Devanagari", "Dives_Akuru", "Dogra", "Duployan", "Egyptian_Hieroglyphs", "Elbasan",
    "Elymaic", "Ethiopic", "Georgian", "Glagolitic", "Gothic", "Grantha", "Greek", "Gujarati", "Gunjala_Gondi",
    "Gurmukhi", "Han", "Hangul", "Hanifi_Rohingya", "Hanunoo", "Hatran", "Hebrew", "Hiragana", "Imperial_Aramaic",
    "Inherited", "Inscriptional_Pahlavi", "Inscriptional_Parthian", "Javanese", "Kaithi", "Kannada", "Katakana",
    "Kayah_Li", "Kharoshthi", "Khitan_Small_Script", "Khmer", "Khojki", "Khudawadi", "Lao", "Latin", "Lepcha", "Limbu",
    "Linear_A", "Linear_B", "Lisu", "Lycian", "Lydian", "Mahajani", "Makasar", "Malayalam", "Mandaic", "Manichaean",
    "Marchen", "Masaram_Gondi", "Medefaidrin", "Meetei_Mayek", "Mende_Kikakui", "Meroitic_Cursive",
    "Meroitic_Hieroglyphs", "Miao", "Modi", "Mongolian", "Mro", "Multani", "Myanmar", "Nabataean", "Nandinagari",
    "New_Tai_Lue", "Newa", "Nko", "Nushu", "Nyiakeng_Puachue_Hmong", "Ogham", "Ol_Chiki", "Old_Hungarian", "Old_Italic",
    "Old_North_Arabian", "Old_Permic", "Old_Persian", "Old_Sogdian", "Old_South_Arabian", "Old_Turkic", "Oriya",
    "Osage",
    "Osmanya", "Pahawh_Hmong", "Palmyrene", "Pau_Cin_Hau", "Phags_Pa", "Phoenician", "Psalter_Pahlavi", "Rejang",
    "Runic", "Samaritan", "Saurashtra", "Sharada", "Shavian", "Siddham", "SignWriting", "Sinhala", "Sogdian",
    "Sora_Sompeng", "Soyombo", "Sundanese", "Syloti_Nagri", "Syriac", "Tagalog", "Tagbanwa", "Tai_Le", "Tai_Tham",
    "Tai_Viet", "Takri", "Tamil", "Tangut", "Telugu", "Thaana", "Thai", "Tibetan", "Tifinagh", "Tirhuta", "Ugaritic",
    "Vai", "Wancho", "Warang_Citi", "Yezidi", "Yi", "Zanabazar_Square",
  ]
}
