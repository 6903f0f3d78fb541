import Foundation
import Reports
import Results
import Testing

/// The report and its published schema say the same: the part of JSON Schema that it uses, and no member that it lacks.
@Suite struct JSONSchemaTests {
  let schema: [String: Any]

  init() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let text = try Data(contentsOf: root.appending(path: "docs/schemas/run.schema.json"))
    schema = try #require(try JSONSerialization.jsonObject(with: text) as? [String: Any])
  }

  @Test(arguments: [Sample.run, Sample.cutOff, Sample.nothing, Hostile.run("y")])
  func everyReportIsValid(_ run: StoredRun) throws {
    let report = try JSONSerialization.jsonObject(with: Data(JSONReport.render(run).utf8))
    #expect(problems(of: report, schema, at: "$") == [])
  }

  @Test(arguments: ["verdict", "wall_seconds", "planned_scenarios", "started_at"])
  func whatIsMissingOrWrongIsFound(_ member: String) throws {
    let report = try JSONSerialization.jsonObject(with: Data(JSONReport.render(Sample.run).utf8))
    var altered = try #require(report as? [String: Any])
    var run = try #require(altered["run"] as? [String: Any])
    run[member] = nil
    altered["run"] = run
    #expect(problems(of: altered, schema, at: "$") == ["$.run lacks \(member)"])
    run[member] = ["no"]
    altered["run"] = run
    #expect(problems(of: altered, schema, at: "$").count == 1)
  }

  private func problems(of value: Any, _ rule: [String: Any], at place: String) -> [String] {
    if let reference = rule["$ref"] as? String {
      let all = schema["$defs"] as? [String: Any]
      guard let target = all?[reference.replacing("#/$defs/", with: "")] as? [String: Any] else {
        return ["\(reference) leads nowhere"]
      }
      return problems(of: value, target, at: place)
    }
    if let words = rule["enum"] as? [String] {
      return words.contains { $0 == value as? String } ? [] : ["\(place) is none of \(words)"]
    }
    if let constant = rule["const"] as? Int { return constant == value as? Int ? [] : ["\(place) is not \(constant)"] }
    switch rule["type"] as? String {
    case "string":
      guard let text = value as? String else { return ["\(place) is no string"] }
      guard let pattern = rule["pattern"] as? String else { return [] }
      return text.range(of: pattern, options: .regularExpression) != nil ? [] : ["\(place) is not \(pattern)"]
    case "number": return value is Double ? [] : ["\(place) is no number"]
    case "integer": return value is Int ? [] : ["\(place) is no integer"]
    case "boolean": return value is Bool ? [] : ["\(place) is no boolean"]
    case "array":
      guard let items = value as? [Any], let each = rule["items"] as? [String: Any] else {
        return ["\(place) is no list"]
      }
      return items.enumerated().flatMap { problems(of: $1, each, at: "\(place)[\($0)]") }
    case "object":
      guard let members = value as? [String: Any] else { return ["\(place) is no object"] }
      return problems(ofMembers: members, rule, at: place)
    case let type: return ["the schema has a type \(type ?? "-") at \(place)"]
    }
  }

  private func problems(ofMembers members: [String: Any], _ rule: [String: Any], at place: String) -> [String] {
    let known = rule["properties"] as? [String: [String: Any]] ?? [:]
    let missing = (rule["required"] as? [String] ?? []).filter { members[$0] == nil }.map { "\(place) lacks \($0)" }
    return missing
      + members.sorted { $0.key < $1.key }.flatMap { key, value in
        guard let each = known[key] ?? rule["additionalProperties"] as? [String: Any] else {
          return ["\(place).\(key) is not in the schema"]
        }
        return problems(of: value, each, at: "\(place).\(key)")
      }
  }
}
