import Diagnostics
import Testing

@testable import Dashboards

@Suite struct VariableTests {
  private func resolved(
    _ members: String, overrides: [String: [String]] = [:], source: (any VariableSource)? = nil
  ) async throws -> ResolvedVariable {
    let dashboard = try #require(Given.panel(target: "", variables: #"{"name": "v", \#(members)}"#))
    return try #require(await dashboard.variable("v", overrides: overrides, source: source))
  }

  /// The options, `*` before the selected ones, and `text=value` where they differ.
  private func described(_ variable: ResolvedVariable) -> String {
    let options = variable.options.map { option in
      (variable.selected.contains(option) ? "*" : "") + (option.text == option.value ? "" : option.text + "=")
        + option.value
    }
    return options.joined(separator: " ") + (variable.isAll ? " all" : "")
  }

  @Test(arguments: [
    (#""query": "a,b,c""#, "*a b c"), (#""query": "a, b ,c""#, "*a b c"), (#""query": "a\\,b,c""#, "*a,b c"),
    (#""query": "One : 1,Two : 2""#, "*One=1 Two=2"), (#""query": "a:b,http://x""#, "*a:b http://x"),
    (#""query": "a : b : c""#, "*a : b=c"), (#""query": "a,b", "current": {"value": "b", "text": "b"}"#, "a *b"),
    (#""query": "One : 1,Two : 2", "current": {"value": "x", "text": "Two"}"#, "One=1 *Two=2"),
    (#""query": "a,b", "current": {"value": "gone", "text": "gone"}"#, "*a b"),
    (#""query": "a,b", "current": {}"#, "*a b"),
    (#""query": "a,b", "includeAll": true"#, "*a *b all"),
    (#""query": "a,b", "includeAll": true, "current": {"value": "$__all", "text": "All"}"#, "*a *b all"),
    (
      #""query": "a,b", "includeAll": true, "current": {"value": ["$__all"], "text": ["All"]}, "multi": true"#,
      "*a *b all"
    ),
    (#""query": "a,b", "includeAll": true, "current": {"value": "All", "text": "All"}"#, "*a *b all"),
    (#""query": "a,b", "current": {"value": "$__all", "text": "All"}"#, "*a b"),
    (#""query": "a,b,c", "multi": true, "current": {"value": ["a", "c", "x"]}"#, "*a b *c"),
    (#""query": "a,b", "multi": true, "current": {"value": ["x"]}"#, "*a b"),
    (#""query": "a,b", "multi": "true", "current": {"value": "b"}"#, "a *b"),
    (#""query": "a,b", "current": {"value": ["b"]}"#, "a *b"), (#""query": "", "current": {"value": "kept"}"#, "*kept"),
    (
      #""valuesFormat": "json", "query": "[{\"text\": \"One\", \"value\": \"1\", \"z\": \"q\"}, \"two\"]""#,
      "*One=1 two"
    ),
  ])
  func readsCustomVariables(members: String, expected: String) async throws {
    #expect(described(try await resolved(#""type": "custom", \#(members)"#)) == expected)
  }

  @Test(arguments: [
    (#""type": "constant", "query": "k", "current": {"value": "$__all"}"#, "k"),
    (#""type": "textbox", "query": "d""#, "d"), (#""type": "textbox", "query": "d", "current": {"value": "e"}"#, "e"),
    (#""type": "textbox", "query": "d", "current": {"value": ""}"#, "d"),
    (#""type": "interval", "query": "1m,10m,1h""#, "1m"), (#""type": "interval", "query": "'1m',\"10m\"""#, "1m"),
    (#""type": "interval", "query": "1m,10m", "current": {"value": "7m"}"#, "7m"),
    (
      """
      "type": "interval", "query": "1m", "auto": true, "auto_count": 30, "auto_min": "10s",
      "current": {"value": "$__auto_interval_v"}
      """,
      "2m"
    ),
    (
      """
      "type": "interval", "query": "1m", "auto": true, "auto_count": 100, "auto_min": "90s",
      "current": {"value": "$__auto"}
      """,
      "1m"
    ),
    (#""type": "datasource", "query": "prometheus""#, "prometheus"),
    (#""type": "datasource", "query": "prometheus", "current": {"value": "default"}"#, "default"),
    (#""type": "datasource", "query": "prometheus", "current": {"value": "Prometheus"}"#, "prometheus"),
    (
      #""type": "datasource", "query": "prometheus", "regex": "/thanos/", "current": {"value": "gone"}"#,
      "prometheus"
    ),
    (#""type": "datasource", "query": "loki", "current": {"value": "L", "text": "L"}"#, "L"),
    (#""type": "switch", "current": {"value": "true"}"#, "true"), (#""type": "switch""#, "false"),
    (#""type": "groupby", "current": {"value": ["a"], "text": ["a"]}"#, "a"),
    (#""type": "newfangled", "current": {"value": "x"}"#, "x"),
    // Nobody is asked: what is stored, else the variable's name.
    (#""type": "query", "query": "label_values(x)", "current": {"value": "s"}, "options": [{"value": "a"}]"#, "s"),
    (
      #""query": "label_values(x)", "options": [{"value": "$__all", "text": "All"}, {"value": "a"}]"#, "a"
    ),
    (#""query": "label_values(x)", "current": {"value": "", "text": ""}"#, "v"),
    (#""query": "label_values(x)""#, "v"), (#""query": {"query": "label_values(x)"}, "current": {}"#, "v"),
    (#""query": {"label": "x"}, "includeAll": true, "current": {"value": "$__all"}"#, "v"),
    (#""query": "x", "includeAll": true, "allValue": ".*", "current": {"value": "$__all"}"#, ".*"),
    (#""query": "x", "includeAll": true, "allValue": ".*", "current": {"value": "All", "text": "All"}"#, ".*"),
  ])
  func knowsEveryType(members: String, expected: String) async throws {
    #expect(try await resolved(members).value?.values.first == expected)
  }

  @Test(arguments: [
    (#""query": "a,b""#, ["b"], "b"), (#""query": "One : 1""#, ["One"], "1"), (#""query": "a,b""#, ["x.y"], "x.y"),
    (#""query": "a,b", "multi": true"#, ["a", "b"], "(a|b)"),
    (#""query": "a,b", "includeAll": true"#, ["$__all"], "(a|b)"),
    (#""query": "a", "multi": true"#, ["x.y"], #"x\\.y"#),
  ])
  func takesOverrides(members: String, given: [String], expected: String) async throws {
    let variable = try await resolved(#""type": "custom", \#(members)"#, overrides: ["v": given])
    #expect(variable.value.map(PromQLEscaping.escape) == expected)
  }

  @Test func warnsOfOverridesForNothing() async throws {
    let dashboard = try #require(
      Given.panel(target: "", variables: #"{"name": "job", "type": "custom", "query": "a"}"#))
    let resolved = await VariableResolver(dashboard, settings: Given.settings(), overrides: ["jop": ["x"]]).resolve()
    #expect(resolved.findings.map(\.message) == ["the dashboard has no variable `jop`"])
    #expect(resolved.findings.first?.advice == "did you mean `job`?")
  }

  @Test(arguments: [
    ("label_names()", VariableRequest.Kind.labelNames(match: nil)),
    ("label_names(up)", .labelNames(match: #"{__name__=~".*up.*"}"#)),
    ("label_values(job)", .labelValues(label: "job", match: nil)),
    (" label_values(up, job) ", .labelValues(label: "job", match: "up")),
    (#"label_values(up{a="b,c",d="e"},job)"#, .labelValues(label: "job", match: #"up{a="b,c",d="e"}"#)),
    ("label_values({}, job)", .labelValues(label: "job", match: nil)),
    ("label_values( , job)", .labelValues(label: "job", match: nil)),
    ("metrics(node_.*)", .labelValues(label: "__name__", match: #"{__name__=~"node_.*"}"#)),
    ("query_result(sum(up) by (job))", .instant(expr: "sum(up) by (job)")),
    ("query_result(up)\n", .instant(expr: "up")), ("query_result(\nup)", .series(match: "query_result(\nup)")),
    ("up{a=\"b\"}", .series(match: "up{a=\"b\"}")),
    ("label_values(up, )", .series(match: "label_values(up, )")), ("label_values(", .series(match: "label_values(")),
  ])
  func readsQueries(text: String, expected: VariableRequest.Kind) {
    #expect(VariableRequest.Kind(text) == expected)
  }

  @Test(arguments: [
    (VariableAnswer.names(["b", "a", "b"]), "label_values(x)", "*b a"),
    (.names(["__name__", "a"]), "label_names(up)", "*a"), (.names(["__name__", "a"]), "label_names()", "*__name__ a"),
    (.series([["x": "1"], ["x": "2"], ["x": "1"], ["y": "3"]]), "label_values(up, x)", "*1 2"),
    (.series([["__name__": "up", "b": "2", "a": "1"]]), "up", #"*up{a="1",b="2"}"#),
    (
      .samples([.init(labels: ["__name__": "up", "a": "1"], value: "3.5", time: 1_700_000_000_000)]),
      "query_result(up)", #"*up{a="1"} 3.5 1700000000000"#
    ),
    (.samples([.init(labels: [:], value: "1", time: 5)]), "query_result(1)", "*{} 1 5"),
    (.scalar("42"), "query_result(42)", "*42"),
    (.names([]), "label_values(x)", ""),
  ])
  func makesOptionsOfAnswers(answer: VariableAnswer, query: String, expected: String) async throws {
    let variable = try await resolved(#""type": "query", "query": "\#(query)""#, source: Answers(answer: answer))
    #expect(described(variable) == expected)
  }

  @Test(arguments: [
    (#""includeAll": true"#, "()"), (#""multi": true"#, "()"), ("\"sort\": 1", ""),
    (#""includeAll": true, "allValue": ".+""#, ".+"),
  ])
  func knowsWhatNoOptionsMean(members: String, expected: String) async throws {
    let variable = try await resolved(
      #""query": "label_values(x)", \#(members)"#,
      source: Answers(answer: .names([])))
    #expect(variable.value.map(PromQLEscaping.escape) == expected)
  }

  @Test func putsStaticOptionsWhereTheyBelong() async throws {
    for (order, expected) in [("before", "*s b c"), ("after", "*b c s"), ("sorted", "*b c s")] {
      let members =
        """
        "query": "label_values(x)", "sort": 1, "staticOptions": [{"value": "s"}], "staticOptionsOrder": "\(order)"
        """
      let variable = try await resolved(members, source: Answers(answer: .names(["c", "b"])))
      #expect(described(variable) == expected)
    }
  }

  // MARK: - Order, failures

  /// Notes what it is asked, and answers with the name of the variable and a dot.
  private actor Recorder: VariableSource {
    private(set) var requests: [VariableRequest] = []

    func answer(_ request: VariableRequest) async throws -> VariableAnswer {
      requests.append(request)
      return .names([request.variable + ".x"])
    }
  }

  private struct Failing: VariableSource {
    struct Down: Error {}

    func answer(_ request: VariableRequest) async throws -> VariableAnswer { throw Down() }
  }

  @Test func asksInTheOrderOfDependence() async throws {
    let variables = """
      {"name": "c", "query": "label_values(up{b=~\\"$b\\", a=\\"[[a]]\\"}, c)"},
      {"name": "b", "multi": true, "query": "label_values(up{a=\\"${a}\\"}, b)"},
      {"name": "a", "query": "label_values(up[$__range], a)", "regex": "/^${r:raw}/"},
      {"name": "r", "type": "custom", "query": "a"},
      {"name": "q", "query": "query_result(up[$__interval] + $__rate_interval + $__from $__searchFilter)"}
      """
    let dashboard = try #require(Given.panel(target: "", variables: variables))
    let recorder = Recorder()
    let resolved = await VariableResolver(dashboard, settings: Given.settings(), source: recorder).resolve()
    #expect(
      Set(await recorder.requests.map(\.kind)) == [
        .labelValues(label: "a", match: "up[3600s]"), .labelValues(label: "b", match: #"up{a="a.x"}"#),
        .labelValues(label: "c", match: #"up{b=~"b\\.x", a="a.x"}"#),
        .instant(expr: "up[15s] + $__rate_interval + 1699996400000 .*"),
      ])
    #expect(resolved.variables.map(\.name) == ["c", "b", "a", "r", "q"])
    #expect(resolved.variables.map(\.origin) == [.answered, .answered, .answered, .dashboard, .answered])
    #expect(resolved.requests.allSatisfy { $0.start == 1_699_996_400 && $0.end == 1_700_000_000 })
  }

  @Test func goesOnWhereOneFails() async throws {
    let variables = """
      {"name": "a", "query": "label_values(a)", "current": {"value": "kept"}},
      {"name": "b", "query": "label_values({a=\\"$a\\"}, b)"}, {"name": "c", "type": "custom", "query": "$a"}
      """
    let dashboard = try #require(Given.panel(target: "", variables: variables))
    let resolved = await VariableResolver(dashboard, settings: Given.settings(), source: Failing()).resolve()
    #expect(
      resolved.findings.map(\.message) == [
        "the query of the variable `a` failed: Down()", "the query of the variable `b` failed: Down()",
      ])
    #expect(resolved.variables.map { $0.selected.map(\.value) } == [["kept"], ["b"], ["kept"]])
    #expect(resolved.variables.map(\.origin) == [.stored, .placeholder, .dashboard])
  }

  @Test func reportsCycles() async throws {
    let variables = """
      {"name": "a", "query": "label_values({b=\\"$b\\"}, a)", "current": {"value": "kept"}},
      {"name": "b", "type": "custom", "query": "$a"},
      {"name": "c", "type": "custom", "query": "x"}
      """
    let dashboard = try #require(Given.panel(target: "", variables: variables))
    let resolved = await VariableResolver(dashboard, settings: Given.settings(), source: Failing()).resolve()
    #expect(
      resolved.findings.map(\.message) == [
        "the variables `a`, `b` wait for each other: Grafana never gives them a value"
      ])
    #expect(resolved.variables.map { $0.selected.map(\.value) } == [["kept"], ["b"], ["x"]])
  }

  @Test(arguments: [
    (#""regex": "/^(a+)+$/""#, "takes too long"), (#""regex": "/(/""#, "is no regular expression"),
    (#""regex": "/a/ig""#, "in this order"),
  ])
  func reportsRegexes(members: String, expected: String) async throws {
    let dashboard = try #require(
      Given.panel(target: "", variables: #"{"name": "v", "query": "label_values(x)", \#(members)}"#))
    let source = Answers(answer: .names([String(repeating: "a", count: 4000) + "!"]))
    let resolved = await VariableResolver(dashboard, settings: Given.settings(), source: source).resolve()
    #expect(resolved.findings.count == 1)
    #expect(resolved.findings.first?.message.contains(expected) == true)
    #expect(resolved.variables.first?.origin == .placeholder)
  }

  @Test func takesTheFirstOfAName() throws {
    let text = """
      {"title": "T", "panels": [], "templating": {"list": [
      {"name": "a", "type": "custom", "query": "1"}, {"name": "a", "query": "2"},
      {"type": "custom"}, {"name": "b-c", "type": "constant"}]}}
      """
    let found = DashboardReader().read(text, file: "x")
    #expect(found.dashboards.first?.variables.map(\.name) == ["a", "b-c"])
    #expect(found.findings.count == 3)
  }

  /// What a variable puts into a regex is taken literally.
  @Test func escapesVariablesInRegexes() async throws {
    let variables = #"{"name": "r", "type": "custom", "query": "a+"}, {"name": "v", "query": "x", "regex": "/^$r/"}"#
    let dashboard = try #require(Given.panel(target: "", variables: variables))
    let variable = try #require(await dashboard.variable("v", source: Answers(answer: .names(["aa", "a+1"]))))
    #expect(described(variable) == "*a+1")
  }

  @Test func roundsTimesUp() async throws {
    let dashboard = try #require(Given.panel(target: "", variables: #"{"name": "v", "query": "x"}"#))
    var settings = Given.settings()
    settings.now += 1
    let request = try #require(await VariableResolver(dashboard, settings: settings).resolve().requests.first)
    #expect((request.start, request.end) == (1_699_996_401, 1_700_000_001))
    #expect(request.dataSource.uid == "prometheus")
  }

  @Test func leavesOtherDataSourcesAlone() async throws {
    let dashboard = try #require(
      Given.panel(target: "", variables: #"{"name": "v", "query": "x", "datasource": {"type": "loki", "uid": "l"}}"#))
    let resolved = await VariableResolver(dashboard, settings: Given.settings(), source: Failing()).resolve()
    #expect(resolved.requests.isEmpty)
    #expect(resolved.findings.map(\.severity) == [.note])
  }
}
