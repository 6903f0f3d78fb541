import Diagnostics
import Reading
import Yams

/// Reads a rule file, rendering it where it is one of Scality's templates (a top-level `x-inputs`).
///
/// The rendering follows what their own test suites prove: keys are of any case, `expr` and annotations are substituted, labels are not, inputs
/// that nobody declares are accepted, and only `groups` is written out. `for` is substituted too: no shipped file shows it, and what is left
/// unsubstituted there could never load. A number keeps the text it was written in.
struct RuleFileReader {
  let reader: YAMLReader
  let inputs: [String: Located<String>]

  private static let ruleKeys = ["alert", "record", "expr", "for", "keep_firing_for", "labels", "annotations"]
  private static let groupKeys = ["name", "interval", "limit", "query_offset", "rules", "labels"]

  func ruleFile(_ root: Node, text: String) -> RuleFile? {
    guard let fields = reader.fields(root, "a rule file"), let groups = fields["groups"] else { return nil }
    var renderer = Renderer(reader: reader, values: fields["x-inputs"].map(values), rules: [])
    let rendered = renderer.groups(groups)
    guard fields["x-inputs"] != nil else {
      return RuleFile(file: reader.file, rendered: text, isVerbatim: true, rules: renderer.rules)
    }
    return RuleFile(
      file: reader.file, rendered: Bundles.text(of: yaml([("groups", rendered)])), isVerbatim: false,
      rules: renderer.rules)
  }

  /// The value of each declared input: the given one, else the default; nil where there is none.
  private func values(_ node: Node) -> [String: String?] {
    var values: [String: String?] = [:]
    for entry in reader.list(node, "`x-inputs`") ?? [] {
      guard let fields = reader.fields(entry, "an entry of `x-inputs`"),
        let nameNode = reader.required(fields, "name", of: "the input", example: "name: namespace"),
        let name = reader.text(nameNode, "`name`")
      else { continue }
      values[name] = .some(inputs[name]?.value ?? fields["value"]?.scalar?.string)
    }
    return values
  }

  /// Walks groups and rules, substitutes, and remembers where each rule was.
  private struct Renderer {
    let reader: YAMLReader
    /// nil: the file is no template.
    let values: [String: String?]?
    var rules: [Rule]

    mutating func groups(_ node: Node) -> Node {
      yaml((reader.list(node, "`groups`") ?? []).map { group($0) })
    }

    private mutating func group(_ node: Node) -> Node {
      guard let fields = reader.fields(node, "a group") else { return node }
      let name = fields.entries.first { $0.name.lowercased() == "name" }?.value.scalar?.string ?? ""
      return yaml(
        fields.entries.map { entry in
          let key = canonical(entry.name, groupKeys)
          return (key, key == "rules" ? rules(entry.value, group: name) : entry.value)
        })
    }

    private mutating func rules(_ node: Node, group: String) -> Node {
      let list = reader.list(node, "`rules`") ?? []
      return yaml(list.enumerated().map { rule($0.element, group: group, number: $0.offset + 1) })
    }

    private mutating func rule(_ node: Node, group: String, number: Int) -> Node {
      guard let fields = reader.fields(node, "a rule") else { return node }
      var rule = Rule(
        group: group, number: number, kind: .recording, name: "", expression: "", place: reader.place(of: node))
      let pairs = fields.entries.map { entry -> (String, Node) in
        let key = canonical(entry.name, ruleKeys)
        switch key {
        case "alert", "record":
          rule.kind = key == "alert" ? .alert : .recording
          rule.name = entry.value.scalar?.string ?? ""
        case "expr":
          let value = substituted(entry.value)
          rule.expression = value.scalar?.string ?? ""
          rule.place = reader.place(of: entry.key)
          return (key, value)
        case "for": return (key, substituted(entry.value))
        case "annotations": return (key, substitutedValues(entry.value))
        default: break
        }
        return (key, entry.value)
      }
      rules.append(rule)
      return yaml(pairs)
    }

    private func canonical(_ key: String, _ known: [String]) -> String {
      values != nil && known.contains(key.lowercased()) ? key.lowercased() : key
    }

    private func substitutedValues(_ node: Node) -> Node {
      guard case .mapping(let mapping) = node else { return node }
      return .mapping(Node.Mapping(mapping.map { ($0.key, substituted($0.value)) }))
    }

    private func substituted(_ node: Node) -> Node {
      guard let values, let scalar = node.scalar, scalar.string.contains("${") else { return node }
      let text = substitute(scalar.string, at: node, values)
      return .scalar(Node.Scalar(text, Tag(.str), text.contains("\n") ? .literal : .doubleQuoted))
    }

    /// Replaces `${name}`; `$1`, `$labels` and `{{ ... }}` are no placeholders and stay.
    private func substitute(_ text: String, at node: Node, _ values: [String: String?]) -> String {
      var result = ""
      var rest = text[...]
      var seen: [String: Int] = [:]
      while let open = rest.firstRange(of: "${"), let close = rest[open.upperBound...].firstIndex(of: "}") {
        let name = String(rest[open.upperBound..<close])
        let placeholder = String(rest[open.lowerBound...close])
        let place = { reader.place(of: placeholder, occurrence: seen[name, default: 0], in: node) }
        result += rest[..<open.lowerBound]
        switch values[name] {
        case .some(.some(let value)): result += value
        case .some(.none):
          reader.report(
            "the input `\(name)` has no value and no default", at: place(), length: placeholder.count,
            advice: "give it one: inputs: {\(name): ...}")
        case .none:
          reader.report(
            "`${\(name)}` is not declared in `x-inputs`", at: place(), length: placeholder.count,
            advice: suggestion(for: name, in: values.keys))
        }
        seen[name, default: 0] += 1
        rest = rest[rest.index(after: close)...]
      }
      return result + rest
    }
  }
}
