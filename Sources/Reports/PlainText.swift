extension StringProtocol {
  /// Without terminal sequences and control characters but tab and newline; a carriage return becomes a newline.
  ///
  /// What foreign programs and files say may hold anything: XML allows no control character, and a terminal obeys them.
  var plain: String {
    var result = String.UnicodeScalarView()
    var rest = Substring(self).unicodeScalars
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\u{1B}": dropSequence(of: &rest)
      case "\r":
        if rest.first != "\n" { result.append("\n") }
      case "\t", "\n": result.append(scalar)
      case "\0"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": break
      // They reorder what stands around them: a name could pose as another.
      case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": break
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  /// ``plain``, on one line of at most 500 characters.
  var line: String {
    let line = plain.split { $0.isNewline || $0 == "\t" }.joined(separator: " ")
    // Bytes are counted first since that costs nothing.
    return line.utf8.count > 500 && line.count > 500 ? line.prefix(499) + "…" : line
  }
}

/// Drops what follows an escape: a control sequence (`[` up to a letter), a command (`]` up to BEL or ST), or a few characters.
private func dropSequence(of rest: inout Substring.UnicodeScalarView) {
  switch rest.first {
  case "[":
    rest.removeFirst()
    while let next = rest.first, ("\u{20}"..."\u{3F}").contains(next) { rest.removeFirst() }
    if let final = rest.first, ("\u{40}"..."\u{7E}").contains(final) { rest.removeFirst() }
  case "]":
    while let next = rest.popFirst() {
      if next == "\u{7}" { return }
      if next == "\u{1B}" {
        if rest.first == "\\" { rest.removeFirst() }
        return
      }
    }
  default:
    while let next = rest.first, ("\u{20}"..."\u{2F}").contains(next) { rest.removeFirst() }
    if let final = rest.first, ("\u{30}"..."\u{7E}").contains(final) { rest.removeFirst() }
  }
}

extension String {
  /// At most `limit` characters: the head and the tail of what is longer, with a note between them.
  func bounded(to limit: Int) -> String {
    guard utf8.count > limit, count > limit else { return self }
    let half = limit / 2
    return "\(prefix(half))\n… \(count - 2 * half) characters left out …\n\(suffix(half))"
  }

  /// Lower-case letters and digits of ASCII, all else as single hyphens: for names in links and class paths.
  var slug: String {
    let words = lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    return words.isEmpty ? "x" : String(words.joined(separator: "-").prefix(100))
  }
}

/// Gives every name it is asked for once: a namesake gets `-2`, `-3` and so on after it.
struct Uniquely {
  private var taken: Set<String> = []

  mutating func name(_ wanted: String, separator: String = "-") -> String {
    var name = wanted
    var number = 2
    while !taken.insert(name).inserted {
      name = "\(wanted)\(separator)\(number)"
      number += 1
    }
    return name
  }
}
