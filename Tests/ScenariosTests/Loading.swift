import Diagnostics
import Foundation
import Scenarios
import Testing

/// A scenario's text in which `👉` stands where a finding must point.
struct MarkedText {
  static let marker = "👉"

  let text: String
  let place: Place?

  init(_ marked: String) {
    text = marked.replacing(Self.marker, with: "")
    place = marked.firstRange(of: Self.marker).map { found in
      let before = marked[..<found.lowerBound].split(separator: "\n", omittingEmptySubsequences: false)
      return Place(file: "scenario.yaml", line: before.count, column: (before.last?.count ?? 0) + 1)
    }
  }
}

/// What every scenario needs, for those that are about something else.
private let rest = [
  "scenario": "scenario: S",
  "bundle": "bundle: bundles/zenko",
  "services": """
  services:
    s3: {profile: cloudserver, replicas: 3}
    redis: {profile: redis}
    any: {profile: generic}
  """,
  "expect": """
  expect:
    - {query: up, at: 1m, value: 1}
  """,
]

/// The text with the keys that it lacks after it, so that its own lines keep their numbers.
func completed(_ text: String) -> String {
  let lacking = rest.filter { key, _ in !"\n\(text)".contains("\n\(key):") }
  return ([text] + lacking.sorted { $0.key < $1.key }.map(\.value)).joined(separator: "\n") + "\n"
}

/// Loads a text as `scenario.yaml`, against the profiles that the project ships.
func load(_ text: String) throws(Findings) -> Scenario {
  let folder = URL(filePath: #filePath).appending(path: "../../../fixtures/profiles").standardized.path()
  let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
  let files = names.map { (String($0.dropLast(".yaml".count)), "\(folder)/\($0)") }
  let loader = ScenarioLoader(profiles: Dictionary(uniqueKeysWithValues: files)) { file in
    file == "scenario.yaml" ? text : try String(contentsOfFile: file, encoding: .utf8)
  }
  return try loader.load("scenario.yaml")
}

/// Everything that is wrong with a text.
func findings(in text: String) -> [Finding] {
  do {
    _ = try load(text)
    return []
  } catch {
    return error.all
  }
}
