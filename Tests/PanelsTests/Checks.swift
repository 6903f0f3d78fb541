import Foundation
import TestSupport
import Testing

/// Compares a text with the file of that name in `Tests/Goldens/Panels`; `FIREDRILL_UPDATE_GOLDENS=1` rewrites it.
func expectGolden(_ text: String, _ name: String, _ location: SourceLocation = #_sourceLocation) throws {
  #expect(try goldenDifference(text, "Panels/\(name)") == nil, sourceLocation: location)
}

/// Whether every element is closed in its turn, every attribute quoted and given once, and every `&` a reference.
func expectWellFormed(_ text: String, _ location: SourceLocation = #_sourceLocation) {
  #expect(Markup.fault(of: text) == nil, "\(text.prefix(300))", sourceLocation: location)
}

/// Well formed, and without numbers that are none.
func expectPlausible(_ text: String, _ location: SourceLocation = #_sourceLocation) {
  expectWellFormed(text, location)
  let fault = text.firstMatch(
    of: /\ (?:x|y|x1|x2|y1|y2|width|height|rx|cx|cy|r|d|offset|font-size)="[^"]*(?:nan|inf|e[+-])[^"]*"/)
  #expect(fault == nil, sourceLocation: location)
  #expect(text.utf8.count < 3_000_000, sourceLocation: location)
}

/// A small reader of XML, so that hundreds of pictures can be checked without a program.
enum Markup {
  /// What is wrong, with what stands there; nil where all is well.
  static func fault(of text: String) -> String? {
    var rest = Substring(text).utf8[...]
    var open: [Substring] = []
    while let byte = rest.first {
      switch byte {
      case UInt8(ascii: "<"):
        guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return "no end of a tag" }
        let tag = Substring(rest[rest.index(after: rest.startIndex)..<end])
        rest = rest[rest.index(after: end)...]
        if tag.hasPrefix("/") {
          guard open.popLast() == tag.dropFirst() else { return "</\(tag.dropFirst())> closes nothing" }
          continue
        }
        let isEmpty = tag.hasSuffix("/")
        guard let name = name(of: isEmpty ? tag.dropLast() : tag) else { return "<\(tag)>" }
        if !isEmpty { open.append(name) }
      case UInt8(ascii: "&"):
        guard let end = rest.prefix(8).firstIndex(of: UInt8(ascii: ";")) else { return "a bare ampersand" }
        guard ["&amp", "&lt", "&gt", "&quot", "&#39"].contains(Substring(rest[..<end])) else {
          return "\(rest[..<end])"
        }
        rest = rest[end...]
      case 0..<0x20 where byte != 0x0A: return "a control character"
      default: rest = rest.dropFirst()
      }
    }
    return open.isEmpty ? nil : "<\(open.joined(separator: "><"))> is open"
  }

  /// The name of a start tag whose attributes are in order.
  private static func name(of tag: Substring) -> Substring? {
    let name = tag.prefix { $0.isLetter }
    var seen: Set<Substring> = []
    var rest = tag.dropFirst(name.count)
    while let space = rest.first {
      guard space == " ", let quote = rest.firstRange(of: "=\"") else { return nil }
      let attribute = rest[rest.index(after: rest.startIndex)..<quote.lowerBound]
      guard attribute.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" }), seen.insert(attribute).inserted,
        let end = rest[quote.upperBound...].firstIndex(of: "\"")
      else { return nil }
      guard !rest[quote.upperBound..<end].contains("<") else { return nil }
      rest = rest[rest.index(after: end)...]
    }
    return name.isEmpty ? nil : name
  }
}
