import Diagnostics
import Testing

@Suite struct RenderTests {
  let renderer = FindingRenderer { $0 == "a.yaml" ? "one: 1\n\ttow: 2\n" : nil }

  @Test func showsLineCaretAndAdvice() {
    let finding = Finding(
      .error, "unknown key `tow`", at: Place(file: "a.yaml", line: 2, column: 2), length: 3,
      advice: "did you mean `two`?")
    #expect(
      renderer.render(finding) == """
        a.yaml:2:2: error: unknown key `tow`
          2 | \ttow: 2
            | \t^^^
          help: did you mean `two`?
        """)
  }

  @Test(arguments: [Place(file: "b.yaml", line: 1, column: 1), Place(file: "a.yaml", line: 9, column: 1)])
  func leavesOutWhatCannotBeShown(place: Place) {
    #expect(renderer.render(Finding(.warning, "odd", at: place)) == "\(place): warning: odd")
  }

  @Test func trimsLongLinesAroundThePlace() {
    let long = FindingRenderer { _ in String(repeating: "x", count: 5000) + "!" + String(repeating: "y", count: 5000) }
    let text = long.render(Finding(.error, "here", at: Place(file: "f", line: 1, column: 5001)))
    let lines = text.split(separator: "\n")
    #expect(lines[1].count < 120)
    let caret = lines[2].distance(from: lines[2].startIndex, to: lines[2].firstIndex(of: "^") ?? lines[2].endIndex)
    #expect(Array(lines[1])[caret] == "!")
  }

  @Test func suggestsTheNearestWord() {
    #expect(suggestion(for: "firng", in: ["firing", "pending"]) == "did you mean `firing`?")
    #expect(suggestion(for: "zzz", in: ["b", "a"]) == "known here: a, b")
    #expect(editDistance("ab", "ba") == 1)
    #expect(editDistance("", "abc") == 3)
    #expect(editDistance("abc", "") == 3)
  }
}
