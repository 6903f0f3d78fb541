import Dashboards
import Diagnostics
import Testing

@Suite struct QueryTests {
  /// What a panel of these members sends: `refId expr`, or why not.
  private func sent(_ panel: String, variables: String = "", settings: QuerySettings = Given.settings()) async throws
    -> [String]
  {
    let dashboard = try #require(
      Given.dashboard(
        #""panels": [{"type": "timeseries", \#(panel)}], "templating": {"list": [\#(variables)]}"#))
    return await dashboard.planned(settings).panels.flatMap(\.queries).map { query in
      switch query.outcome {
      case .sent(let request): "\(query.refId) \(request.expr)" + (request.isHidden ? " hidden" : "")
      case .silent(let silence): "\(query.refId): \(silence.reason)"
      }
    }
  }

  @Test(arguments: [
    (
      #""targets": [{"expr": "a"}, {"expr": "b", "hide": true}, {"expr": ""}, {}]"#,
      "A a, B: it is hidden, C: it has no expression, D: it has no expression"
    ),
    (#""targets": [{"expr": "a", "instant": true}]"#, "A a"),
    (#""targets": [{"expr": "a", "range": false, "instant": false}]"#, "A a"),
    // With an expression among them hidden ones go too.
    (
      #""targets": [{"expr": "a", "hide": true}, {"refId": "M", "datasource": {"type": "__expr__"}}]"#,
      "A a hidden, M: it is an expression, which Grafana computes of other answers"
    ),
    (#""type": "text", "targets": [{"expr": "a"}]"#, "A: a panel of the type `text` sends no queries"),
    (#""type": "row", "targets": [{"expr": "a"}]"#, "A: a row sends no queries"),
    (#""snapshotData": [{}], "targets": [{"expr": "a"}]"#, "A: the panel shows data that is frozen in the dashboard"),
    (#""targets": []"#, ""), (#""title": "none""#, ""), (#""targets": [{"expr": "a\n# c\nb"}]"#, "A a\n# c\nb"),
    (#""targets": [{"expr": "  "}]"#, "A   "),
  ])
  func accountsForEveryTarget(panel: String, expected: String) async throws {
    #expect(try await sent(panel).joined(separator: ", ") == expected)
  }

  @Test func writesLegendAndFormat() async throws {
    let request = await Given.panel(
      target: #", "expr": "a", "legendFormat": "{{pod}} $x", "format": "table""#,
      variables: #"{"name": "x", "type": "custom", "multi": true, "query": "1,2", "current": {"value": ["1", "2"]}}"#)?
      .firstQuery()?.request
    #expect(request?.legendFormat == "{{pod}} {1,2}")
    #expect(request?.format == .table)
    #expect(request?.kind == .range)
  }

  @Test func writesAllAsAText() async throws {
    let variables = #"{"name": "x", "type": "custom", "query": "1,2", "includeAll": true}"#
    let target = #", "expr": "a", "legendFormat": "${x:text} $x""#
    let dashboard = try #require(Given.panel(target: target, variables: variables))
    #expect(await dashboard.firstQuery()?.request?.legendFormat == "All {1,2}")
  }

  @Test func usesIntervalsOfPanelsAndVariables() async throws {
    let variables = #"{"name": "res", "type": "custom", "query": "5m"}"#
    #expect(
      try await sent(#""interval": "$res", "targets": [{"expr": "a[$__interval]"}]"#, variables: variables) == [
        "A a[5m]"
      ])
    #expect(try await sent(#""interval": ">1m", "targets": [{"expr": "a[$__interval]"}]"#) == ["A a[1m]"])
    #expect(
      try await sent(
        #""targets": [{"expr": "a[$__interval] $__rate_interval", "interval": "$res"}]"#, variables: variables) == [
          "A a[5m] 20m0s"
        ])
    #expect(
      try await sent(#""interval": "x", "targets": [{"expr": "a"}]"#) == [
        "A: `x` is not a duration that can be its min step"
      ])
    #expect(try await sent(#""maxDataPoints": "10", "targets": [{"expr": "a[$__interval]"}]"#) == ["A a[5m]"])
    #expect(
      try await sent(#""timeFrom": "6h", "targets": [{"expr": "a[$__range] $__from"}]"#) == [
        "A a[21600s] 1699978400000"
      ])
  }

  @Test func comparesWithEarlier() async throws {
    let target = #""timeCompare": "1d", "targets": [{"expr": "a", "range": true, "instant": true}]"#
    let dashboard = try #require(Given.dashboard(#""panels": [{"type": "timeseries", \#(target)}]"#))
    let queries = await dashboard.planned().panels[0].queries
    #expect(queries.map(\.refId) == ["A", "A-Instant", "A-compare", "A-Instant-compare"])
    #expect(queries.compactMap(\.request?.endText) == ["1699999995", "1700000000", "1699913595", "1699913600"])
  }

  // MARK: - Repeats

  private static let letters = """
    {"name": "l", "type": "custom", "query": "A : a.1,B : b", "includeAll": true, "allValue": ".*",
    "current": {"value": "$__all"}},
    {"name": "n", "type": "custom", "query": "1,2,3", "multi": true, "current": {"value": ["1", "3"]}},
    {"name": "none", "query": "label_values(x)", "multi": true}
    """

  @Test func repeatsPanelsForValues() async throws {
    let sent = try await sent(#""repeat": "l", "targets": [{"expr": "${l} [[l]] $n"}]"#, variables: Self.letters)
    // Every option, though `allValue` is set; a copy's value is still escaped.
    #expect(sent == [#"A a\\.1 a\\.1 (1|3)"#, "A b b (1|3)"])
    #expect(
      try await self.sent(#""repeat": "n", "targets": [{"expr": "${n:json}"}]"#, variables: Self.letters)
        == ["A 1", "A 3"])
    #expect(try await self.sent(#""repeat": "", "targets": [{"expr": "$n"}]"#, variables: Self.letters) == ["A (1|3)"])
  }

  @Test func repeatsNothingOnce() async throws {
    let dashboard = try #require(
      Given.dashboard(
        """
        "panels": [{"type": "stat", "repeat": "none", "targets": [{"expr": "x$none"}]}],
        "templating": {"list": [\(Self.letters)]}
        """
      ))
    let query = await dashboard.firstQuery(source: Answers(answer: .names([])))
    #expect(query?.request?.expr == "x")
  }

  @Test func nestsRepeatsOfRows() async throws {
    let dashboard = try #require(
      Given.dashboard(
        """
        "panels": [{"type": "row", "title": "Row $l", "repeat": "l"},
        {"type": "stat", "title": "$l/$n", "repeat": "n", "targets": [{"expr": "$n"}]}],
        "templating": {"list": [\(Self.letters)]}
        """))
    let panels = await dashboard.planned().panels
    #expect(panels.map(\.title) == ["Row A", "Row B", "A/1", "A/3", "B/1", "B/3"])
    #expect(panels.map(\.row) == ["Row A", "Row B", "Row A", "Row A", "Row B", "Row B"])
    #expect(panels.last?.repeats.map(\.text) == ["B", "3"])
  }

  @Test func repeatsOnceForTheVariableOfTheRow() async throws {
    let dashboard = try #require(
      Given.dashboard(
        """
        "panels": [{"type": "row", "repeat": "l"}, {"type": "stat", "repeat": "l", "targets": [{"expr": "$l"}]}],
        "templating": {"list": [\(Self.letters)]}
        """))
    let queries = await dashboard.planned().panels.flatMap(\.queries)
    #expect(queries.map { $0.request?.expr } == [#"a\\.1"#, "b"])
  }

  /// One finding of the row, however many panels stand in it.
  @Test func reportsRowsOnce() async throws {
    let panels = Array(repeating: #"{"type": "stat", "targets": [{"expr": "up"}]}"#, count: 3).joined(separator: ",")
    let dashboard = try #require(
      Given.dashboard(#""panels": [{"type": "row", "title": "R", "repeat": "x"}, \#(panels)]"#))
    #expect(await dashboard.planned().findings.count == 1)
  }

  @Test func capsRepeats() async throws {
    let values = (0..<3000).map(String.init).joined(separator: ",")
    let dashboard = try #require(
      Given.dashboard(
        """
        "panels": [{"id": 2, "title": "P", "type": "stat", "repeat": "v", "targets": [{"expr": "$v"}]},
        {"id": 3, "type": "stat", "repeat": "gone", "title": "Q", "targets": [{"expr": "x"}]}],
        "templating": {"list": [{"name": "v", "type": "custom", "includeAll": true, "query": "\(values)"}]}
        """))
    let queries = await dashboard.planned()
    #expect(queries.panels.count { $0.panel.id == 2 } == 50)
    #expect(queries.findings.contains { $0.message == "`P` is repeated 3000 times: only 50 are looked at" })
    #expect(queries.findings.contains { $0.message == "`Q` is repeated for the variable `gone`, which does not exist" })
    #expect(queries.findings.count == 2)
  }

  @Test func findsPanelsThatAskNothing() async throws {
    let dashboard = try #require(
      Given.dashboard(
        """
        "panels": [{"id": 1, "type": "stat", "title": "P"}, {"id": 2, "type": "stat", "title": "Q", "targets": []},
        {"id": 3, "type": "text"}, {"id": 4, "type": "row"}]
        """))
    let messages = await dashboard.planned().findings.map(\.message)
    #expect(
      messages == ["P", "Q"].enumerated().map { "the panel \($0 + 1) `\($1)` has no targets, so it shows nothing" })
  }

  // MARK: - Ad-hoc filters, annotations

  @Test func addsFiltersToQueriesOfTheirDataSource() async throws {
    let variables = """
      {"name": "f", "type": "adhoc", "datasource": {"uid": "prometheus"}, "baseFilters": [{"key": "b",
      "operator": "!=", "value": "1"}],
      "filters": [{"key": "a", "operator": "=~", "value": "x", "values": ["x"]}]},
      {"name": "g", "type": "adhoc", "datasource": {"type": "loki", "uid": "l"}, "filters": [{"key": "z",
      "value": "1"}]}
      """
    let dashboard = try #require(Given.panel(target: #", "expr": "up $f""#, variables: variables))
    let settings = Given.settings()
    let resolved = await VariableResolver(dashboard, settings: settings).resolve()
    let queries = dashboard.queries(settings: settings, variables: resolved) { expr, filters in
      expr + filters.map { " \($0.key)\($0.op)\($0.value)" }.joined()
    }
    #expect(queries.panels[0].queries[0].request?.expr == "up $f b!=1 a=~x")
    let given = await VariableResolver(dashboard, settings: settings, overrides: ["f": ["k|=|v|w"]]).resolve()
    #expect(given.variables[0].filters?.filters == [AdhocFilter(key: "k", op: "=", value: "v|w")])
  }

  @Test(arguments: [
    (#""enable": true, "datasource": "Prometheus", "expr": "changes(x[$__interval])""#, "60 changes(x[1m])"),
    (#""enable": true, "target": {"expr": "a"}, "step": "5m""#, "300 a"),
    (#""enable": true, "target": {"expr": "a", "interval": "2m"}"#, "120 a"),
    (#""enable": false, "expr": "a""#, "it is hidden"),
    (#""expr": "a""#, "it is hidden"), (#""enable": true"#, "it has no expression"),
    (#""enable": true, "builtIn": 1, "datasource": "-- Grafana --""#, "its data source is Grafana itself"),
    (
      #""enable": true, "datasource": {"type": "loki", "uid": "x"}, "expr": "{a=\"b\"}""#,
      "its data source is of the type `loki`, not Prometheus"
    ),
    (#""enable": true, "expr": "a", "step": "x""#, "`x` is not a duration that can be its min step"),
  ])
  func plansAnnotations(members: String, expected: String) async throws {
    let dashboard = try #require(
      Given.dashboard(#""panels": [], "annotations": {"list": [{"name": "N", \#(members)}]}"#))
    let query = try #require(await dashboard.planned().annotations.first)
    #expect((query.refId, query.name) == ("X", "N"))
    if let request = query.request {
      #expect("\(request.stepText) \(request.expr)" == expected)
      #expect(request.kind == .annotation)
    } else if case .silent(let silence) = query.outcome {
      #expect(silence.reason == expected)
    }
  }

  @Test func saysThatIdentitiesAreFixed() async throws {
    let dashboard = try #require(Given.panel(target: #", "expr": "x{u=\"${__user.login}\"}""#))
    let queries = await dashboard.planned()
    #expect(queries.findings.map(\.severity) == [.note])
  }
}
