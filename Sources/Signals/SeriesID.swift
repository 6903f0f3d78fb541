extension SeriesID: CustomStringConvertible {
  /// `name{a="b",c="d"}`, labels sorted, as Prometheus prints it.
  public var description: String {
    guard !labels.isEmpty else { return name }
    let pairs = labels.sorted { $0.key < $1.key }.map { "\($0.key)=\"\(escaped($0.value))\"" }
    return "\(name){\(pairs.joined(separator: ","))}"
  }

  /// Parses `name{a="b", c='d'}`; a comma after the last label is allowed, as in PromQL.
  public static func parse(_ text: String) throws(NotationError) -> SeriesID {
    var parser = SeriesParser(Array(text))
    return try parser.series()
  }
}

/// Escapes a label value for the text format: backslash, quote, line feed.
public func escaped(_ value: String) -> String {
  guard value.contains(where: { $0 == "\\" || $0 == "\"" || $0.isNewline }) else { return value }
  return value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
}

private struct SeriesParser {
  private let text: [Character]
  private var index = 0

  init(_ text: [Character]) {
    self.text = text
  }

  mutating func series() throws(NotationError) -> SeriesID {
    let name = word { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == ":") }
    guard let first = name.first, !first.isNumber else { throw error("a metric name must come first", advice: "name{label=\"value\"}") }
    var id = SeriesID(name: name)
    skipBlanks()
    if take("{") { id.labels = try labels() }
    skipBlanks()
    guard index == text.count else { throw error("nothing may follow the series") }
    return id
  }

  private mutating func labels() throws(NotationError) -> Labels {
    var labels: Labels = [:]
    while true {
      skipBlanks()
      if take("}") { return labels }
      let start = index
      let name = word { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
      guard let first = name.first, !first.isNumber else { throw error("a label name must come here") }
      skipBlanks()
      guard take("=") else { throw error("`=` must follow the label `\(name)`") }
      skipBlanks()
      let value = try quoted()
      guard labels.updateValue(value, forKey: name) == nil else {
        throw NotationError("the label `\(name)` is given twice", offset: start, length: name.count)
      }
      skipBlanks()
      guard take(",") || peek == "}" else { throw error("`,` or `}` must come here") }
    }
  }

  private mutating func quoted() throws(NotationError) -> String {
    guard let quote = peek, quote == "\"" || quote == "'" else { throw error("a value in quotes must come here") }
    index += 1
    var value = ""
    while let character = peek {
      index += 1
      if character == quote { return value }
      guard character == "\\" else {
        value.append(character)
        continue
      }
      guard let next = peek, let plain = ["n": "\n", "t": "\t", "r": "\r", "\\": "\\", "\"": "\"", "'": "'"][next] else {
        throw error("this escape is not known")
      }
      index += 1
      value += plain
    }
    throw error("the value does not end")
  }

  private var peek: Character? { index < text.count ? text[index] : nil }

  private mutating func take(_ character: Character) -> Bool {
    guard peek == character else { return false }
    index += 1
    return true
  }

  private mutating func skipBlanks() { while peek == " " || peek == "\t" { index += 1 } }

  private mutating func word(_ belongs: (Character) -> Bool) -> String {
    let start = index
    while let character = peek, belongs(character) { index += 1 }
    return String(text[start..<index])
  }

  private func error(_ message: String, advice: String? = nil) -> NotationError { NotationError(message, offset: index, advice: advice) }
}
