import Reading
import Yams

/// Decodes texts that must be equal (`warning`) or match (`/warn.*/`).
struct PatternDecoder {
  let reader: YAMLReader

  func patterns(_ node: Node, _ what: String) -> [String: TextPattern] {
    guard let fields = reader.fields(node, what) else { return [:] }
    var patterns: [String: TextPattern] = [:]
    for entry in fields.entries { patterns[entry.name] = pattern(entry.value, "`\(entry.name)`") }
    return patterns
  }

  private func pattern(_ node: Node, _ what: String) -> TextPattern? {
    guard let text = reader.text(node, what) else { return nil }
    guard text.count >= 2, text.hasPrefix("/"), text.hasSuffix("/") else { return .exact(text) }
    let expression = String(text.dropFirst().dropLast())
    do {
      _ = try Regex(expression)
      return .regex(expression)
    } catch {
      reader.report("\(what) is no regular expression: \(error)", at: node)
      return nil
    }
  }
}
