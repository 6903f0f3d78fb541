import Testing

@testable import Dashboards

@Suite struct RegexTests {
  @Test(arguments: [
    ("foo", "foo", true), ("foo", "foobar", false), ("/foo/", "xfoobar", true), ("/FOO/i", "foo", true),
    ("/^a$/m", "b\na", true), ("/^a$/", "b\na", false), ("/a.b/", "a\nb", false), ("/a.b/s", "a\nb", true),
    ("/a\\/b/", "a/b", true), ("/a/b/", "a/b", true), ("/(?<=x)a/", "xa", true), ("/(?<!x)a/", "xa", false),
    ("/[^]/", "\n", true), ("/[]/", "a", false), ("/[[]/", "[", true), ("/[a&&b]/", "&", true), ("/{x}/", "{x}", true),
    ("/a{2}/", "aa", true), ("/a{,2}/", "a{,2}", true), ("/\\d/", "٣", false), ("/\\w/", "é", false),
    ("/\\e/", "e", true),
    ("/\\v/", "\u{0B}", true), ("/a$/", "a\n", false), ("/(?<n_1>a)\\k<n_1>/", "aa", true), ("/]/", "]", true),
    ("/[\\w-]+$/", "a-b", true), ("/\\$x/", "$x", true), ("/[^\\s]/", " ", false), ("/a|b/y", "xa", false),
  ])
  func matchesAsJavaScriptDoes(pattern: String, text: String, expected: Bool) throws {
    let regex = try JavaScriptRegex(grafana: pattern)
    var budget = JavaScriptRegex.Budget()
    #expect(try !regex.matches(in: text, within: &budget).isEmpty == expected)
  }

  @Test(arguments: [
    "/a/x", "/a", "/", "/a/ig", "/a\nb/", "(", "/(?i)a/", "/a++/", "/(?<1-x>a)/", "/\\k<no>/", "/[a/", "/a\\/",
    "/(?<=a*)b/",
  ])
  func refuses(pattern: String) {
    #expect(throws: JavaScriptRegex.Failure.self) { try JavaScriptRegex(grafana: pattern) }
  }

  @Test func givesUpOnExplosions() throws {
    let regex = try JavaScriptRegex(grafana: "/^(a+)+$/")
    let text = String(repeating: "a", count: 5000) + "b"
    var budget = JavaScriptRegex.Budget()
    #expect(throws: JavaScriptRegex.Failure.self) { try regex.matches(in: text, within: &budget) }
  }

  /// Each takes some time, but not too much: all of them together do.
  @Test func givesUpOnManySmallExplosions() throws {
    let options = VariableOptions(
      regex: try JavaScriptRegex(grafana: "/^(a+)+$/"), regexAppliesToText: false, sort: 0)
    let text = String(repeating: "a", count: 15) + "b"
    #expect(try options.options(of: [Variable.Option(text)]).isEmpty)
    let many = (0..<100_000).map { Variable.Option(text + "\($0)") }
    #expect(throws: JavaScriptRegex.Failure.self) { try options.options(of: many) }
  }

  /// The options that a regex makes of `a-1`, `b-2`, `c`.
  @Test(arguments: [
    ("", "a-1 b-2 c"), ("/-/", "a-1 b-2"), ("/(.)-/", "a b"), ("/.*-(?<value>.)/", "1 2"),
    ("/(?<text>.)-(?<value>.)/", "a=1 b=2"), ("/(?<text>.)-/", "a b"), ("/(\\w)/g", "a 1 b 2 c"), ("/(\\w)/", "a b c"),
    ("a-1", "a-1"),
    ("/x/", ""),
  ])
  func cutsOptions(pattern: String, expected: String) throws {
    let options = VariableOptions(
      regex: pattern.isEmpty ? nil : try JavaScriptRegex(grafana: pattern), regexAppliesToText: false, sort: 0)
    let found = try options.options(of: ["a-1", "b-2", "c"].map { Variable.Option($0) })
    #expect(found.map { $0.text == $0.value ? $0.value : "\($0.text)=\($0.value)" }.joined(separator: " ") == expected)
  }

  @Test(arguments: [
    (0, "b10 a2 B1 a x9"), (1, "B1 a a2 b10 x9"), (2, "x9 b10 a2 a B1"), (3, "a B1 a2 x9 b10"), (4, "b10 x9 a2 B1 a"),
    (5, "a a2 B1 b10 x9"), (6, "x9 b10 B1 a2 a"), (7, "a a2 B1 b10 x9"), (8, "x9 b10 B1 a2 a"),
  ])
  func sorts(sort: Int, expected: String) {
    let options = ["b10", "a2", "B1", "a", "x9"].map { Variable.Option($0) }
    let sorted = VariableOptions(regex: nil, regexAppliesToText: false, sort: sort).sorted(options)
    #expect(sorted.map(\.value).joined(separator: " ") == expected)
  }

  @Test func keepsTheFirstOfAValue() throws {
    let regex = try JavaScriptRegex(grafana: "/(.)-(?:.)/")
    let options = VariableOptions(regex: regex, regexAppliesToText: false, sort: 0)
    #expect(try options.options(of: ["b-1", "a-2", "b-3"].map { Variable.Option($0) }).map(\.value) == ["b", "a"])
  }

  @Test func sortsNaturally() {
    let options = ["node-10", "node-9", "Node-9", "node-009", "node"].map { Variable.Option($0) }
    let sorted = VariableOptions(regex: nil, regexAppliesToText: false, sort: 7).sorted(options)
    #expect(sorted.first?.value == "node")
    #expect(sorted.last?.value == "node-10")
  }
}
