import Signals

/// What is wrong with one line of an exposition.
struct LineError: Error {
  var message: String
  var offset: Int
  var length: Int
  var advice: String?

  init(_ message: String, offset: Int, length: Int = 1, advice: String? = nil) {
    self.message = message
    self.offset = offset
    self.length = length
    self.advice = advice
  }
}

/// Reads one line of the text format.
struct LineCursor {
  private let characters: [Character]
  private(set) var offset = 0

  init(_ line: Substring) {
    characters = Array(line)
  }

  var next: Character? { offset < characters.count ? characters[offset] : nil }

  mutating func advance() { offset += 1 }

  mutating func skipBlanks() {
    while next == " " || next == "\t" { offset += 1 }
  }

  /// All up to the next blank.
  mutating func takeWord() -> String {
    let start = offset
    while let next, next != " ", next != "\t" { offset += 1 }
    return String(characters[start..<offset])
  }

  mutating func readName(colons: Bool) throws(LineError) -> String {
    let start = offset
    while let next, isNamePart(next, colons: colons), offset > start || !next.isWholeNumber { offset += 1 }
    guard offset > start else { throw unexpected(expected: colons ? "a metric name" : "a label name or `}`") }
    return String(characters[start..<offset])
  }

  private func isNamePart(_ character: Character, colons: Bool) -> Bool {
    character.isASCII && (character.isLetter || character.isWholeNumber) || character == "_"
      || colons && character == ":"
  }

  mutating func readHelp() -> String {
    var text = ""
    while let next {
      offset += 1
      guard next == "\\", self.next == "\\" || self.next == "n" else {
        text.append(next)
        continue
      }
      text.append(self.next == "n" ? "\n" : "\\")
      offset += 1
    }
    return text
  }

  mutating func readSample() throws(LineError) -> MetricFamily.Sample {
    let name = try readName(colons: true)
    skipBlanks()
    var labels: Labels = [:]
    if next == "{" {
      advance()
      labels = try readLabels()
      skipBlanks()
    }
    let value = try readValue()
    skipBlanks()
    try readTimestamp()
    return MetricFamily.Sample(name: name, labels: labels, value: value)
  }

  private mutating func readLabels() throws(LineError) -> Labels {
    var labels: Labels = [:]
    while true {
      skipBlanks()
      if next == "}" {
        advance()
        return labels
      }
      let start = offset
      let name = try readName(colons: false)
      skipBlanks()
      try expect("=")
      skipBlanks()
      let value = try readString()
      if name == "__name__" { throw LineError("the label `__name__` is reserved", offset: start, length: name.count) }
      guard labels.updateValue(value, forKey: name) == nil else {
        throw LineError("the label `\(name)` is given twice", offset: start, length: name.count)
      }
      skipBlanks()
      if next != "}" { try expect(",") }
    }
  }

  private mutating func readString() throws(LineError) -> String {
    let start = offset
    try expect("\"")
    var value = ""
    while let next {
      offset += 1
      if next == "\"" { return value }
      guard next == "\\" else {
        value.append(next)
        continue
      }
      switch self.next {
      case "n": value.append("\n")
      case "\\", "\"": value.append(self.next ?? "\\")
      default: throw LineError("unknown escape", offset: offset - 1, length: 2, advice: "known here: \\\\ \\\" \\n")
      }
      offset += 1
    }
    throw LineError("the label's value has no end", offset: start, length: offset - start)
  }

  private mutating func readValue() throws(LineError) -> Double {
    let start = offset
    let word = takeWord()
    guard let value = Double(goText: word) else {
      let message = word.isEmpty ? "the value is missing" : "`\(word)` is not a value"
      throw LineError(message, offset: start, length: max(1, word.count))
    }
    return value
  }

  private mutating func readTimestamp() throws(LineError) {
    guard next != nil else { return }
    let start = offset
    let word = takeWord()
    guard Int64(word) != nil else {
      throw LineError(
        "`\(word)` is not a timestamp", offset: start, length: word.count, advice: "whole milliseconds since 1970")
    }
    skipBlanks()
    if next != nil { throw unexpected(expected: "the end of the line") }
  }

  private mutating func expect(_ character: Character) throws(LineError) {
    guard next == character else { throw unexpected(expected: "`\(character)`") }
    advance()
  }

  private func unexpected(expected: String) -> LineError {
    LineError("expected \(expected), found \(next.map { "`\($0)`" } ?? "the end of the line")", offset: offset)
  }
}

extension Double {
  /// Reads what Go's `ParseFloat` and the text format allow.
  init?(goText text: String) {
    switch text.lowercased() {
    case "nan": self = .nan
    case "inf", "+inf", "infinity", "+infinity": self = .infinity
    case "-inf", "-infinity": self = -.infinity
    default:
      // Swift reads `nan(0x1)` too, Go does not.
      guard !text.contains("("), let value = Double(text) else { return nil }
      self = value
    }
  }
}
