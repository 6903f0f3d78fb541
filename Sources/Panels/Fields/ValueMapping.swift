import Reading

/// What stands for a value instead of its number. [Grafana: packages/grafana-data/src/utils/valueMappings.ts]
struct ValueMapping: Sendable {
  struct Result: Sendable {
    /// Nil: the value itself, in another colour.
    var text: String?
    var color: String?
  }

  private enum Test: Sendable {
    case value(String)
    case range(ClosedRange<Double>)
    case pattern(Pattern)
    case special(String)
  }

  private let test: Test
  private let result: Result

  /// `mappings`, also in the shape from before schema version 30.
  static func all(_ json: JSON) -> [ValueMapping] { json.elements.prefix(1000).flatMap(mappings) }

  /// What the first mapping that fits says.
  static func result(_ mappings: [ValueMapping], _ cell: Cell) -> Result? {
    for mapping in mappings {
      guard mapping.fits(cell) else { continue }
      if case .pattern(let pattern) = mapping.test, let template = mapping.result.text, case .text(let text) = cell {
        return Result(text: pattern.replacing(in: text, with: template, all: false), color: mapping.result.color)
      }
      return mapping.result
    }
    return nil
  }

  private static func mappings(_ json: JSON) -> [ValueMapping] {
    let options = json["options"]
    let result = Result(
      text: options?["result", "text"]?.text ?? json["text"]?.text,
      color: options?["result", "color"]?.string ?? json["color"]?.string)
    switch json["type"]?.text {
    case "value":
      return options?.members.map { member in
        let result = Result(text: member.value["text"]?.text, color: member.value["color"]?.string)
        return ValueMapping(test: .value(member.name), result: result)
      } ?? []
    case "range": return [range(options ?? json, result)]
    case "regex":
      guard let pattern = options?["pattern"]?.string.flatMap({ Pattern($0) }) else { return [] }
      return [ValueMapping(test: .pattern(pattern), result: result)]
    case "special": return [ValueMapping(test: .special(options?["match"]?.string ?? ""), result: result)]
    case "1":
      let value = json["value"]?.text ?? "null"
      return [ValueMapping(test: value == "null" ? .special("null") : .value(value), result: result)]
    case "2": return [range(json, result)]
    default: return []
    }
  }

  private static func range(_ json: JSON, _ result: Result) -> ValueMapping {
    let from = json["from"]?.number.flatMap { $0.isNaN ? nil : $0 } ?? -.infinity
    let to = json["to"]?.number.flatMap { $0.isNaN ? nil : $0 } ?? .infinity
    // A range that ends before it begins holds nothing.
    return ValueMapping(test: from <= to ? .range(from...to) : .special(""), result: result)
  }

  private func fits(_ cell: Cell) -> Bool {
    switch test {
    case .value(let value):
      if case .text(let text) = cell { return text == value }
      return cell.number.map { NumberText.javaScript($0) == value || Double(value) == $0 } ?? false
    case .range(let range): return cell.number.map(range.contains) ?? false
    case .pattern(let pattern):
      guard case .text(let text) = cell else { return false }
      return pattern.matches(text)
    case .special(let match): return fits(special: match, cell)
    }
  }

  private func fits(special match: String, _ cell: Cell) -> Bool {
    let isNaN = cell.number?.isNaN ?? false
    switch match {
    case "null": return cell.isNull
    case "nan": return isNaN
    case "null+nan": return cell.isNull || isNaN
    case "true", "false": return cell == .text(match)
    case "empty": return cell == .text("")
    default: return false
    }
  }
}
