import Diagnostics
import Signals

/// Reads the text format line by line and gathers families; keeps on after a fault.
struct TextReader {
  let file: String
  private var findings: [Finding] = []
  private var families: [MetricFamily] = []
  private var index: [String: Int] = [:]
  private var typed: Set<String> = []
  private var helped: Set<String> = []
  private var seen: Set<SeriesID> = []
  private var current: String?
  /// What a report shows; more would be noise.
  private let maximumFindings = 100

  init(file: String) {
    self.file = file
  }

  mutating func read(_ text: String) throws(Findings) -> [MetricFamily] {
    guard text.utf8.count <= TextFormat.limits.bytes else {
      throw Findings("the exposition is larger than 256 MiB", at: place(1, 0))
    }
    // By scalars: to a Character, CR LF is one, but here only LF ends a line.
    let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { Substring($0) }
    for (number, line) in lines.enumerated() where findings.count < maximumFindings {
      if number == TextFormat.limits.lines {
        findings.append(Finding(.error, "more than a million lines", at: place(number + 1, 0)))
        break
      }
      do throws(LineError) {
        try read(line: line, number: number + 1)
      } catch {
        findings.append(
          Finding(
            .error, error.message, at: place(number + 1, error.offset), length: error.length, advice: error.advice))
      }
    }
    if let last = lines.last, !last.isEmpty {
      findings.append(Finding(.error, "the last line must end with a line feed", at: place(lines.count, last.count)))
    }
    guard findings.isEmpty else { throw Findings(findings) }
    return families
  }

  private func place(_ line: Int, _ offset: Int) -> Place { Place(file: file, line: line, column: offset + 1) }

  private mutating func read(line: Substring, number: Int) throws(LineError) {
    var cursor = LineCursor(line)
    cursor.skipBlanks()
    guard let next = cursor.next else { return }
    if next == "#" { return try readComment(&cursor) }
    let start = cursor.offset
    let sample = try cursor.readSample()
    guard seen.insert(SeriesID(name: sample.name, labels: sample.labels)).inserted else {
      throw LineError("the series is exposed twice", offset: start, length: sample.name.count)
    }
    try add(sample, at: start)
  }

  private mutating func readComment(_ cursor: inout LineCursor) throws(LineError) {
    cursor.advance()
    cursor.skipBlanks()
    let keyword = cursor.takeWord()
    guard keyword == "HELP" || keyword == "TYPE" else { return }
    cursor.skipBlanks()
    let start = cursor.offset
    let name = try cursor.readName(colons: true)
    cursor.skipBlanks()
    if keyword == "HELP" {
      guard helped.insert(name).inserted else {
        throw LineError("a second HELP for `\(name)`", offset: start, length: name.count)
      }
      families[try enter(name, at: start)].help = cursor.readHelp()
    } else {
      try readType(of: name, at: start, &cursor)
    }
  }

  private mutating func readType(of name: String, at start: Int, _ cursor: inout LineCursor) throws(LineError) {
    let typeStart = cursor.offset
    let word = cursor.takeWord()
    guard let type = MetricType(rawValue: word) else {
      let advice = suggestion(for: word, in: MetricType.allCases.map(\.rawValue))
      throw LineError("`\(word)` is not a metric type", offset: typeStart, length: word.count, advice: advice)
    }
    guard typed.insert(name).inserted else {
      throw LineError("a second TYPE for `\(name)`", offset: start, length: name.count)
    }
    let family = try enter(name, at: start)
    guard families[family].samples.isEmpty else {
      throw LineError("TYPE comes after the first sample of `\(name)`", offset: start, length: name.count)
    }
    families[family].type = type
  }

  private mutating func add(_ sample: MetricFamily.Sample, at offset: Int) throws(LineError) {
    let name = familyName(of: sample.name)
    let family = try enter(name, at: offset)
    let type = families[family].type
    let isBucket = type == .histogram && sample.name == name + "_bucket"
    if isBucket, sample.labels["le"] == nil {
      throw LineError("a bucket without the label `le`", offset: offset, length: sample.name.count)
    }
    if type == .histogram, sample.name == name {
      throw LineError(
        "a histogram has no sample of its bare name", offset: offset, length: name.count,
        advice: "write `\(name)_bucket`, `\(name)_sum` or `\(name)_count`")
    }
    families[family].samples.append(sample)
  }

  /// `foo` for `foo_bucket` of a histogram, and so on; the name itself for all else.
  private func familyName(of name: String) -> String {
    for (suffix, types) in [
      ("_bucket", [MetricType.histogram]), ("_sum", [.histogram, .summary]), ("_count", [.histogram, .summary]),
    ] where name.hasSuffix(suffix) {
      let base = String(name.dropLast(suffix.count))
      if typed.contains(base), let family = index[base], types.contains(families[family].type) { return base }
    }
    return name
  }

  /// The family's index; all its lines must stand together.
  private mutating func enter(_ name: String, at offset: Int) throws(LineError) -> Int {
    defer { current = name }
    if let known = index[name] {
      guard current == name else {
        throw LineError("the lines of `\(name)` do not stand together", offset: offset, length: name.count)
      }
      return known
    }
    families.append(MetricFamily(name: name, type: .untyped, help: ""))
    index[name] = families.count - 1
    return families.count - 1
  }
}
