import Diagnostics
import Reading
import Testing

@Suite struct JSONReaderTests {
  @Test func readsEveryKindOfValueInItsOrder() throws {
    let json = try JSONReader.parse(
      #"{"b": [1, -2.5e3, "x", true, false, null], "a": {"n": {}}, "e": []}"#, file: "x.json")
    #expect(json.members.map(\.name) == ["b", "a", "e"])
    #expect(json["b"]?.elements.compactMap(\.number) == [1, -2500])
    #expect(json["b"]?.elements.map(\.truthy) == [true, true, true, true, false, false])
    #expect(json["a", "n"]?.isObject == true)
    #expect(json["e"]?.elements.isEmpty == true)
    #expect(json.written == #"{"b":[1,-2.5e3,"x",true,false,null],"a":{"n":{}},"e":[]}"#)
  }

  @Test func readsEscapes() throws {
    let json = try JSONReader.parse(#""a\"\\\/\b\f\n\r\té\u00e9\ud83d\ude00\ud83dx""#, file: "x.json")
    #expect(json.string == "a\"\\/\u{8}\u{c}\n\r\té\u{e9}😀\u{fffd}x")
    #expect(try JSONReader.parse(json.written, file: "x.json") == json)
  }

  @Test func answersForgivingly() throws {
    let json = try JSONReader.parse(#"{"n": "100", "b": 7, "z": null, "d": 1, "d": 2}"#, file: "x.json")
    #expect(json["n"]?.int == 100)
    #expect(json["b"]?.text == "7")
    #expect(json["z"] == nil)
    #expect(json["d"]?.int == 2)
    #expect(json["n", "x"] == nil)
  }

  @Test func knowsPlacesInCharacters() throws {
    let text = "\u{feff}{\n  \"ä\": \"öü\", \"expr\": \"a\\n\\u0041ä + b\"\n}"
    let json = try JSONReader.parse(text, file: "x.json")
    #expect(json["expr"]?.place(in: "x.json") == Place(file: "x.json", line: 2, column: 22))
  }

  @Test(arguments: [
    ("", "1:1: the file ends where a value should be"),
    ("{\"a\": [1, 2", "1:12: the file ends where `,` or `]` should be (inside of what begins at line 1, column 7)"),
    ("{\"a\" 1}", "1:6: `:` after the name `a` should be here, not `1` (inside of what begins at line 1, column 1)"),
    ("{a: 1}", "1:2: a member's name in quotes should be here, not `a` (inside of what begins at line 1, column 1)"),
    ("[1,]", "1:4: a value should be here, not `]`"),
    ("[\n 1-2]", "2:2: `1-2` is not a number"),
    ("\"abc", "1:1: the text that begins here has no closing quote"),
    ("\"a\\x\"", "1:3: this is no escape that JSON knows"),
    ("\"a\\ud8\"", "1:3: this is no escape that JSON knows"),
    ("\"a\nb\"", "1:3: a text holds a line break or control character"),
    ("{} {}", "1:4: the end of the file should be here, not `{`"),
    ("nul", "1:1: a value should be here, not `n`"),
  ])
  func saysWhereItIsNotJSON(text: String, expected: String) throws {
    let finding = try #require(throws: Finding.self) { try JSONReader.parse(text, file: "x") }
    #expect("\(finding.place.map { "\($0.line):\($0.column)" } ?? ""): " + finding.message.dropFirst(18) == expected)
  }

  @Test func refusesNestingThatWouldExhaustTheStack() {
    let deep = String(repeating: "[", count: 5_000_000)
    #expect(throws: Finding.self) { try JSONReader.parse(deep, file: "x") }
  }
}
