/// Text for XML 1.0 and HTML: control characters and terminal sequences of foreign logs taken out, the rest escaped.
///
/// Everything outside the Char production of XML 1.0 is illegal even as a character reference, so it is replaced.
func escapedXML(_ text: String) -> String {
  var result = ""
  for scalar in withoutTerminalSequences(text).unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    case "\t", "\n": result.unicodeScalars.append(scalar)
    case "\u{0}"..."\u{1f}", "\u{7f}"..."\u{9f}", "\u{fffe}", "\u{ffff}": result += "\u{fffd}"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// An attribute's value: line feeds and tabs as references, or a parser makes them blanks.
func escapedAttribute(_ text: String) -> String {
  escapedXML(text).replacing("\n", with: "&#10;").replacing("\t", with: "&#9;")
}

/// Takes out CSI and OSC sequences (`ESC [ ... final`, `ESC ] ... BEL`).
private func withoutTerminalSequences(_ text: String) -> String {
  guard text.unicodeScalars.contains("\u{1b}") else { return text }
  var result = String.UnicodeScalarView()
  var rest = text.unicodeScalars[...]
  while let scalar = rest.popFirst() {
    guard scalar == "\u{1b}" else {
      result.append(scalar)
      continue
    }
    switch rest.popFirst() {
    case "[": while let next = rest.popFirst(), !("@"..."~").contains(next) {}
    case "]": while let next = rest.popFirst(), next != "\u{7}", next != "\\" {}
    default: break
    }
  }
  return String(result)
}
