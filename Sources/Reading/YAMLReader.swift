package import Diagnostics
package import Signals
package import Yams

/// Reads one YAML file node by node and collects everything that is wrong with it.
///
/// Decoders ask for what they expect; what is missing or of another shape becomes a finding at its place, and nil.
package final class YAMLReader {
  package let file: String
  package private(set) var findings: [Finding] = []
  /// The lines of the text that was composed, for places inside of scalars.
  package private(set) var lines: [Substring] = []

  package init(file: String) {
    self.file = file
  }

  /// Stands for `end`, the end of a scenario, until its length is known: later than any moment.
  package static let end = Duration.seconds(1 << 40)

  /// Larger files are refused: nobody writes one by hand.
  package static let largestFile = 4 << 20

  /// How many values a file may hold once its aliases are written out; a few lines of them can stand for billions.
  package static let mostValues = 1_000_000

  /// Parses a document; a syntax error is the only finding then.
  package func compose(_ text: String) -> Node? {
    guard text.utf8.count <= Self.largestFile else {
      report("the file is larger than \(Self.largestFile >> 20) MiB", at: Place(file: file, line: 1, column: 1))
      return nil
    }
    lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    do {
      guard let node = try Yams.compose(yaml: text) else {
        report("the file is empty", at: Place(file: file, line: 1, column: 1))
        return nil
      }
      guard node.holdsAtMost(Self.mostValues) else {
        report("the file holds more than \(Self.mostValues) values, its aliases written out", at: node)
        return nil
      }
      return node
    } catch let error as YamlError {
      report(error)
    } catch {
      report("\(error)", at: Place(file: file, line: 1, column: 1))
    }
    return nil
  }

  private func report(_ error: YamlError) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      report("this is not YAML: \(problem)", at: Place(file: file, line: mark.line, column: mark.column))
    case .duplicatedKeysInMapping(let duplicates, let context):
      let mark = context.mark
      report(
        "the key \(duplicates.map { "`\($0)`" }.joined(separator: ", ")) is given twice",
        at: Place(file: file, line: mark.line, column: mark.column))
    default:
      report("this is not YAML: \(error)", at: Place(file: file, line: 1, column: 1))
    }
  }

  // MARK: - Findings

  package func place(of node: Node) -> Place {
    Place(file: file, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
  }

  package func report(_ message: String, at place: Place, length: Int = 1, advice: String? = nil) {
    findings.append(Finding(.error, message, at: place, length: length, advice: advice))
  }

  package func report(_ message: String, at node: Node, advice: String? = nil) {
    report(message, at: place(of: node), length: node.scalar?.string.count ?? 1, advice: advice)
  }

  /// Reports an error inside a scalar's text, at its own character.
  package func report(_ error: NotationError, in node: Node) {
    report(error.message, at: place(at: error.offset, in: node), length: error.length, advice: error.advice)
  }

  // MARK: - Shapes

  /// A mapping with text keys, each of which must be `known`.
  package func fields(_ node: Node, _ what: String, known: [String]) -> Fields? {
    guard var fields = fields(node, what) else { return nil }
    for entry in fields.entries where !known.contains(entry.name) {
      fields.unknown.append(entry.name)
      report("unknown key `\(entry.name)` in \(what)", at: entry.key, advice: suggestion(for: entry.name, in: known))
    }
    return fields
  }

  /// A mapping with text keys of any name.
  package func fields(_ node: Node, _ what: String) -> Fields? {
    guard case .mapping(let mapping) = node else {
      report("\(what) must be a mapping (`key: value`), not \(describe(node))", at: node)
      return nil
    }
    var entries: [Fields.Entry] = []
    for (key, value) in mapping {
      guard let name = key.scalar?.string else {
        report("a key of \(what) must be a text", at: key)
        continue
      }
      entries.append(Fields.Entry(name: name, key: key, value: value))
    }
    return Fields(entries: entries, place: place(of: node))
  }

  package func list(_ node: Node, _ what: String) -> [Node]? {
    guard case .sequence(let sequence) = node else {
      report("\(what) must be a list (`- item`), not \(describe(node))", at: node)
      return nil
    }
    return Array(sequence)
  }

  package func text(_ node: Node, _ what: String) -> String? {
    guard let scalar = node.scalar, !scalar.isNothing else {
      report("\(what) must be a text, not \(describe(node))", at: node)
      return nil
    }
    return scalar.string
  }

  package func located(_ node: Node, _ what: String) -> Located<String>? {
    text(node, what).map { Located($0, at: place(of: node)) }
  }

  /// The one entry of those that exclude each other; a second one is reported.
  package func choice(_ fields: Fields, of keys: [String]) -> Fields.Entry? {
    let chosen = fields.entries.filter { keys.contains($0.name) }
    if chosen.count > 1 {
      report(
        "`\(chosen[1].name)` cannot stand beside `\(chosen[0].name)`", at: chosen[1].key, advice: "keep one of them")
    }
    return chosen.first
  }

  package func required(_ fields: Fields, _ key: String, of what: String, example: String) -> Node? {
    if let node = fields[key] { return node }
    // Where it is misspelt, that has been said.
    if fields.unknown.contains(where: { nearest(to: $0, in: [key]) != nil }) { return nil }
    report("\(what) has no `\(key)`", at: fields.place, advice: "give it one: \(example)")
    return nil
  }

  package func texts(_ node: Node, _ what: String) -> [String: String]? {
    guard let fields = fields(node, what) else { return nil }
    var result: [String: String] = [:]
    for entry in fields.entries { result[entry.name] = text(entry.value, "`\(entry.name)` of \(what)") }
    return result
  }

  package func whole(_ node: Node, _ what: String, in range: ClosedRange<Int>) -> Int? {
    guard let text = text(node, what) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      report("\(what) must be a whole number from \(range.lowerBound) to \(range.upperBound), not `\(text)`", at: node)
      return nil
    }
    return number
  }

  package func flag(_ node: Node, _ what: String) -> Bool? {
    switch text(node, what) {
    case "true"?: return true
    case "false"?: return false
    case let other?:
      report("\(what) must be `true` or `false`, not `\(other)`", at: node)
      return nil
    case nil: return nil
    }
  }

  /// A word out of a closed set.
  package func word<W: RawRepresentable & CaseIterable>(_ node: Node, _ what: String) -> W? where W.RawValue == String {
    guard let text = text(node, what) else { return nil }
    if let word = W(rawValue: text) { return word }
    report("\(what) cannot be `\(text)`", at: node, advice: suggestion(for: text, in: W.allCases.map(\.rawValue)))
    return nil
  }

  /// A length of time, `1h30m`.
  package func duration(_ node: Node, _ what: String) -> Duration? {
    guard let text = text(node, what) else { return nil }
    do { return try PrometheusDuration.parse(text) } catch { report(error, in: node) }
    return nil
  }

  /// A length of time that is not none.
  package func positive(_ node: Node, _ what: String) -> Duration? {
    guard let duration = duration(node, what) else { return nil }
    if duration > .zero { return duration }
    report("\(what) must be longer than 0", at: node)
    return nil
  }

  /// A moment of the scenario: an offset from its start, or `end`.
  package func time(_ node: Node, _ what: String) -> Duration? {
    if node.scalar?.string == "end" { return Self.end }
    return duration(node, what)
  }

  package func number(_ node: Node, _ what: String) -> Double? {
    guard let text = text(node, what) else { return nil }
    do { return try parseSize(text) } catch { report(error, in: node) }
    return nil
  }

  private func describe(_ node: Node) -> String {
    switch node {
    case .mapping: "a mapping"
    case .sequence: "a list"
    case .scalar(let scalar): scalar.isNothing ? "nothing" : "the text `\(scalar.string.prefix(40))`"
    default: "an alias"
    }
  }
}
