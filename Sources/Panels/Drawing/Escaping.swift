/// Text as content or attribute of XML. Control characters and what XML does not allow are dropped.
func escaped(_ text: String) -> String {
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result.append(contentsOf: "&amp;".unicodeScalars)
    case "<": result.append(contentsOf: "&lt;".unicodeScalars)
    case ">": result.append(contentsOf: "&gt;".unicodeScalars)
    case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
    case "'": result.append(contentsOf: "&#39;".unicodeScalars)
    case "\t", "\n", "\r": result.append(" ")
    case "\0"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": break
    // They reorder what stands around them: a name could pose as another.
    case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": break
    default: result.append(scalar)
    }
  }
  return String(result)
}
