/// Text of XML or HTML that is well formed: what is interpolated into it is escaped, unless it is markup itself.
///
/// No single text can make a document unwieldy: of a very long one the middle is left out.
struct Markup: ExpressibleByStringInterpolation {
  var source: String

  init(stringLiteral source: String) {
    self.source = source
  }

  init(stringInterpolation: Interpolation) {
    source = stringInterpolation.source
  }

  /// One after the other, a newline between them.
  init(_ parts: [Markup]) {
    source = parts.map(\.source).joined(separator: "\n")
  }

  struct Interpolation: StringInterpolationProtocol {
    var source = ""

    init(literalCapacity: Int, interpolationCount: Int) {
      source.reserveCapacity(literalCapacity + interpolationCount * 16)
    }

    mutating func appendLiteral(_ literal: String) { source += literal }
    mutating func appendInterpolation(_ text: String) { source += escape(text.bounded(to: 16_384)) }
    mutating func appendInterpolation(_ number: Int) { source += "\(number)" }
    mutating func appendInterpolation(_ markup: Markup) { source += markup.source }
    mutating func appendInterpolation(_ parts: [Markup]) { source += Markup(parts).source }
  }

  static let none: Markup = ""
}

/// Fit for content and for attributes in either kind of quotes; control characters are gone (``StringProtocol/plain``).
private func escape(_ text: String) -> String {
  var result = ""
  for scalar in text.plain.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}
