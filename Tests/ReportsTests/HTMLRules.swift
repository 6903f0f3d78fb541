import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// What must hold of the page whatever is in it.
final class HTMLRules: NSObject, XMLParserDelegate {
  private(set) var problems: [String] = []
  private(set) var text = ""
  private var ids: [String] = []
  private var links: [String] = []
  private var headings: [Int] = []
  private var counts: [String: Int] = [:]

  static func check(_ page: String) -> HTMLRules {
    let rules = HTMLRules()
    let parser = XMLParser(data: Data(page.utf8))
    parser.delegate = rules
    if !parser.parse() {
      rules.problems.append("line \(parser.lineNumber): not well formed: \(parser.parserError.map { "\($0)" } ?? "?")")
    }
    return rules
  }

  private static let elements: Set = [
    "html", "head", "meta", "link", "title", "style", "body", "header", "main", "footer", "section", "article", "a",
    "span", "div", "p", "h1", "h2", "h3", "dl", "dt", "dd", "ul", "ol", "li", "table", "caption", "thead", "tbody",
    "tr", "th", "td", "details", "summary", "pre", "code", "strong", "br", "button", "figure", "figcaption", "svg",
    "rect", "line", "path", "circle", "text", "g", "defs", "clipPath", "linearGradient", "stop", "script",
  ]

  private static let attributes: Set = [
    "lang", "charset", "name", "content", "http-equiv", "rel", "href", "class", "id", "role", "hidden", "type", "scope",
    "aria-label", "aria-hidden", "aria-pressed", "data-verdict", "data-label", "width", "height", "x", "y", "x1", "x2",
    "y1", "y2", "rx", "r", "cx", "cy", "d", "text-anchor", "overflow", "open", "xmlns", "viewBox", "fill",
    "fill-opacity",
    "stroke", "stroke-width", "stroke-dasharray", "font-family", "font-size", "font-weight", "clip-path",
  ]

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    counts[name, default: 0] += 1
    if !Self.elements.contains(name) { problems.append("element \(name)") }
    for key in attributes.keys where !Self.attributes.contains(key) { problems.append("attribute \(key)") }
    if let id = attributes["id"] { ids.append(id) }
    if let link = attributes["href"] { links.append(link) }
    if name.wholeMatch(of: /h[1-6]/) != nil, let level = Int(name.dropFirst()) { headings.append(level) }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

  func parserDidEndDocument(_ parser: XMLParser) {
    if Set(ids).count != ids.count { problems.append("an id is given twice") }
    for link in links where link != "data:," {
      if !link.hasPrefix("#") || !ids.contains(String(link.dropFirst())) {
        problems.append("link \(link) leads nowhere")
      }
    }
    for name in ["script", "style", "h1", "main"] where counts[name] != 1 {
      problems.append("\(counts[name] ?? 0) of \(name)")
    }
    for (before, after) in zip(headings, headings.dropFirst()) where after > before + 1 {
      problems.append("a heading of level \(after) after one of level \(before)")
    }
  }
}
