import PromQL
import Testing

@Suite struct ParserTests {
  /// The whole expression in parentheses that show what binds what.
  private func shape(_ text: String, _ dialect: Dialect = .v2) throws -> String {
    let expression = try PromQL.Expression(parsing: text, dialect: dialect)
    var texts: [PromQL.Expression.NodeID: String] = [:]
    for id in expression.subtree(of: expression.root) {
      let text = expression.print(id, replacing: texts)
      switch expression[id].kind {
      case .binary, .unary: texts[id] = "<\(text)>"
      default: texts[id] = text
      }
    }
    return texts[expression.root] ?? ""
  }

  @Test(arguments: [
    ("a + b * c", "<a + <b * c>>"),
    ("a - b - c", "<<a - b> - c>"),
    ("a ^ b ^ c", "<a ^ <b ^ c>>"),
    ("-a ^ b", "<-<a ^ b>>"),
    ("-a * b", "<<-a> * b>"),
    ("a ^ -b * c", "<<a ^ <-b>> * c>"),
    ("a or b and c unless d", "<a or <<b and c> unless d>>"),
    ("a == bool b + c", "<a == bool <b + c>>"),
    ("a atan2 b / c", "<<a atan2 b> / c>"),
    ("-1 ^ 2", "<-<1 ^ 2>>"),
    ("- -1", "1"),
    ("a + b offset 5m", "<a + b offset 5m>"),
    ("-a[5m:1m] offset 1m", nil),
    ("A AND B", "<A and B>"),
    ("sum BY (x, y,) (a) / ON (x) GROUP_LEFT (z) b", "<sum by (x, y) (a) / on (x) group_left (z) b>"),
  ])
  func bindsAsPrometheusDoes(text: String, expected: String?) throws {
    guard let expected else {
      #expect(throws: ParseError.self) { try shape(text) }
      return
    }
    #expect(try shape(text) == expected)
  }

  @Test func durationsOfVersion3BindLikeNumbers() throws {
    #expect(try shape("foo offset 1m + y", .v3) == "<foo offset 1m + y>")
    #expect(try shape("foo offset -2 ^ 2", .v3) == "<foo offset -2s ^ 2>")
    #expect(try shape("foo[1m + 2 * step()]", .v3) == "foo[1m + 2s * step()]")
    #expect(throws: ParseError.self) { try shape("foo[1m - 1m / 0]", .v3) }
  }

  @Test func findsSelectorsWithTheirMatchers() throws {
    let text = #"sum(rate(a{x="1",y!~"b.*"}[5m] offset 1h)) / ignoring(x) {__name__="c:d",z=~""}"#
    let expression = try PromQL.Expression(parsing: text)
    let selections = expression.selections
    #expect(selections.map(\.selector.metric) == ["a", "c:d"])
    #expect(selections.map(\.range) == [.seconds(300), nil])
    #expect(selections[0].selector.modifiers.offset == .seconds(3600))
    #expect(selections[0].selector.matchers.map(\.description) == [#"x="1""#, #"y!~"b.*""#])
    #expect(expression.type == .vector)
  }

  @Test func readsTextsAsGoDoes() throws {
    func value(_ literal: String) throws -> String? {
      guard case .string(let value) = try PromQL.Expression(parsing: literal)[0].kind else { return nil }
      return value
    }
    #expect(try value(#""a\"b\\\n\t\x41\u00e9\U0001F600\101""#) == "a\"b\\\n\tAé😀A")
    #expect(try value(#"'it\'s "x"'"#) == #"it's "x""#)
    #expect(try value(#"`\d"'`"#) == #"\d"'"#)
    for wrong in [#""\d""#, #""\'""#, #""\x4""#, #""\ud800""#, #""\400""#, "\"a\nb\"", "\"\u{FFFD}\""] {
      #expect(throws: ParseError.self, "\(wrong)") { try value(wrong) }
    }
  }

  @Test(arguments: [
    ("sum(foo", 3, "`)` is missing: this is not closed"),
    ("foo)", 3, "this `)` closes nothing"),
    ("foo{a=\"b}", 6, "the text that begins here has no closing quote"),
    ("foo{a=b}", 6, "a text in quotes should be here, not `b`"),
    ("foo{a b}", 6, "`=`, `!=`, `=~` or `!~` should be here, not `b`"),
    ("rate(foo)", 5, "`rate` needs a range vector here, not an instant vector"),
    ("foo[5]", 4, "the duration has no unit"),
    ("foo[1m30]", 4, "`1m30` is neither a number nor a duration"),
    ("foo[1m1h]", 6, "`h` is out of order"),
    ("(foo)[5m]", 5, "a range stands only behind a selector"),
    ("foo offset 5m[1m]", 13, "the range stands behind `offset`"),
    ("sum(foo) offset 5m", 9, "`offset` stands only behind a selector or a subquery"),
    ("foo offset 5m offset 5m", 14, "`offset` is given twice"),
    ("ä + foo", 0, "`ä` cannot stand here"),
    ("topk(foo)", 0, "`topk` takes 2 arguments, not 1"),
    ("round(foo, 1, 2)", 0, "`round` takes 1 to 2 arguments, not 3"),
    ("sum(foo,)", 7, "no argument follows this comma"),
    ("{a=~\".*\"}", 0, "the selector would select every series"),
    ("foo{a=~\"b(\"}", 7, "`b(` is not a regular expression: `)` is missing"),
    ("foo = bar", 4, "`=` stands only inside of braces"),
    ("1 == 1", 2, "two scalars are compared without `bool`"),
    ("foo and 1", 4, "`and` cannot work on scalars"),
    ("foo + on(a) group_left(a) bar", 4, "the label `a` stands in `on` and in `group_left`"),
    ("foo{__name__=\"bar\"}", 4, "the metric is named twice, `foo` and `bar`"),
    ("1e999", 0, "`1e999` is not a number that fits 64 bits"),
  ])
  func saysWhatIsWrongAndWhere(text: String, offset: Int, message: String) throws {
    let error = try #require(throws: ParseError.self) { try PromQL.Expression(parsing: text) }
    #expect(error.message == message)
    #expect(error.characterOffset(in: text) == offset)
  }

  @Test func columnsCountCharactersOfTheirLine() throws {
    let text = "foo{a=\"äöü\"} # ß\n  + \"é\" bar"
    let error = try #require(throws: ParseError.self) { try PromQL.Expression(parsing: text) }
    #expect(error.lineAndColumn(in: text) == (2, 9))
  }

  @Test func staysBoundedOnHostileTexts() throws {
    let deep = String(repeating: "(", count: 100_000)
    #expect(throws: ParseError.self) { try PromQL.Expression(parsing: deep + "x" + deep.replacing("(", with: ")")) }
    #expect(throws: ParseError.self) { try PromQL.Expression(parsing: String(repeating: "-", count: 100_000) + "x") }
    #expect(throws: ParseError.self) {
      try PromQL.Expression(parsing: "x[" + String(repeating: "1+", count: 100_000) + "1]", dialect: .v3)
    }
    let long = Array(repeating: "x", count: 100_000).joined(separator: " or ")
    #expect(try PromQL.Expression(parsing: long).selections.count == 100_000)
    #expect(try PromQL.Expression(parsing: long).description == long)
  }
}

@Suite struct PrinterTests {
  @Test(arguments: [
    "sum without () (rate(a{b=\"c\",d!~`\\d`}[5m:] @ end() offset -1h))", "count_values('x', foo) > bool 3",
    "a / ignoring (x) group_right () b", "-foo ^ (2)", "label_replace(up, 'a', '$1', 'b', \"(.*)\\n\")",
    "{__name__=~\"a|b\"}",
    "foo[1w2d] @ 1.5", "vector(-Inf) or vector(NaN)", "0x1F + 017 + .5e-7", "sum(x) by (y)", "a unless on () b",
    "quantile(0.9, x) atan2 1e30", "topk(5, -(a))", "sum without (a) (b) or group(c)",
  ])
  func printsWhatParsesToTheSame(text: String) throws {
    let printed = try PromQL.Expression(parsing: text).description
    let again = try PromQL.Expression(parsing: printed)
    #expect(again.description == printed)
  }

  @Test(arguments: [
    (#"{"my.metric","a b"="c"}[1m + step()]"#, #"{__name__="my.metric","a b"="c"}[1m + step()]"#),
    ("foo offset -(1m + 2m)", "foo offset -(1m + 2m)"),
    (#"sum by ("a.b", c) (rate(x[5m] anchored @ 3))"#, #"sum by ("a.b", c) (rate(x[5m] anchored @ 3))"#),
    ("a + on (x) fill_right (2) fill_left (1) b", "a + on (x) fill_left (1) fill_right (2) b"),
    ("x[max(60, range()):2 ^ 3]", "x[max_of(1m, range()):2s ^ 3s]"),
    ("5m + 0.1", "5m + 0.1"),
    ("limit_ratio(-0.5, x)", "limit_ratio(-0.5, x)"),
    (#"info(x, {a="b"})"#, #"info(x, {a="b"})"#),
  ])
  func printsVersion3(text: String, expected: String) throws {
    let printed = try PromQL.Expression(parsing: text, dialect: .v3).description
    #expect(printed == expected)
    #expect(try PromQL.Expression(parsing: printed, dialect: .v3).description == expected)
  }

  @Test func printsAPartWithAnotherPartReplaced() throws {
    let expression = try PromQL.Expression(parsing: "sum(rate(a{b=\"c\"}[5m])) / sum(d)")
    let first = try #require(expression.selections.first?.node)
    #expect(expression.print(expression.root, replacing: [first: "e[1m]"]) == "sum(rate(e[1m])) / sum(d)")
  }
}
