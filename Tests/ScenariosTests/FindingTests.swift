import Diagnostics
import Scenarios
import Testing

/// A bad input, the one finding that it must give (where the text says `👉`), and the advice in it.
struct BadInput: Sendable, CustomTestStringConvertible {
  let text: String
  let message: String
  let advice: String?

  init(_ text: String, _ message: String, _ advice: String? = nil) {
    self.text = text
    self.message = message
    self.advice = advice
  }

  var testDescription: String { message }
}

@Suite struct FindingTests {
  /// Exactly one finding: nothing follows from another, nothing is said twice.
  @Test(arguments: badFrames + badServices + badScripts + badTimelines + badExpectations)
  func placesTheFinding(_ input: BadInput) {
    let marked = MarkedText(input.text)
    let found = findings(in: completed(marked.text))
    #expect(found.map(\.message) == [input.message])
    #expect(found.first?.place == marked.place)
    #expect(found.first?.advice == input.advice)
  }

  @Test(
    arguments: [
      BadInput("👉", "the file is empty"),
      BadInput("👉# nothing but a comment", "the file is empty"),
      BadInput("👉- a list", "a scenario must be a mapping (`key: value`), not a list"),
      BadInput("scenario: \"without an end\n👉", "this is not YAML: found unexpected end of stream"),
      BadInput("👉scenario", "a scenario must be a mapping (`key: value`), not the text `scenario`"),
    ])
  func placesTheFindingInAFileAsItIs(_ input: BadInput) {
    let marked = MarkedText(input.text)
    let found = findings(in: marked.text)
    #expect(found.map(\.message) == [input.message])
    #expect(found.first?.place == marked.place)
  }

  @Test func collectsEverythingInTheOrderOfTheFile() {
    let text = """
      tgas: []
      clock: {start: noon, strat: 1}
      services: {a: {profile: nothing, replicas: 0}, b: {profile: generic}}
      timeline: [{at: soon, b: {fault: dwon}}]
      expect: [{query: up}]
      """
    let places = findings(in: text).compactMap(\.place)
    #expect(places.map(\.line) == [1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5])
    #expect(places == places.sorted())
  }

  @Test func underlinesTheWholeWord() {
    #expect(findings(in: completed("durations: 5m")).map(\.length) == ["durations".count])
  }

  @Test func aFileThatCannotBeReadIsAFinding() {
    struct Refusal: Error {}
    let loader = ScenarioLoader(profiles: [:]) { _ in throw Refusal() }
    let found = #expect(throws: Findings.self) { try loader.load("nowhere.yaml") }
    #expect(found?.all.map(\.message) == ["cannot read nowhere.yaml: Refusal()"])
  }

  @Test func windowsLineEndsCountAsOne() {
    let found = findings(in: completed("tags: []\nclock: {strat: 1}").replacing("\n", with: "\r\n"))
    #expect(found.map(\.place) == [Place(file: "scenario.yaml", line: 2, column: 9)])
  }

  @Test func aBrokenProfileIsReportedOnceAndAtItsOwnPlace() {
    let loader = ScenarioLoader(profiles: ["p": "p.yaml"]) { file in
      file == "p.yaml"
        ? "profile: p\nspeaks: htpp\n"
        : "scenario: S\nbundle: b\nservices: {a: {profile: p}, b: {profile: p}}\nexpect: [{query: up, at: 1m, value: 1}]"
    }
    let found = #expect(throws: Findings.self) { try loader.load("s.yaml") }
    #expect(found?.all.map(\.place) == [Place(file: "p.yaml", line: 2, column: 9)])
    #expect(found?.all.map(\.advice) == ["did you mean `http`?"])
  }

  /// Ten levels of ten aliases each are ten thousand million values, which nobody may walk.
  @Test(.timeLimit(.minutes(1)), arguments: ["inputs: ", "tags: ", "services: ", "timeline: ", "x: "])
  func aliasesThatMultiplyAreRefused(key: String) {
    let levels = (1...10).map { level in
      "  - &a\(level) [" + repeatElement("*a\(level - 1)", count: 10).joined(separator: ", ") + "]"
    }
    let text = (["\(key)", "  - &a0 [lol]"] + levels).joined(separator: "\n")
    #expect(
      findings(in: completed(text)).map(\.message) == [
        "the file holds more than 1000000 values, its aliases written out"
      ])
  }

  @Test func aFileThatNobodyWroteByHandIsRefused() {
    let found = findings(in: completed("# " + String(repeating: "x", count: 4 << 20)))
    #expect(found.map(\.message) == ["the file is larger than 4 MiB"])
  }

  @Test(.timeLimit(.minutes(1)), arguments: ["[", "{a: ", "- "])
  func nestingWithoutEndIsRefused(opening: String) {
    let text = String(repeating: opening, count: 100_000)
    #expect(findings(in: text).map(\.message).map { $0.prefix(16) } == ["this is not YAML"])
  }
}
