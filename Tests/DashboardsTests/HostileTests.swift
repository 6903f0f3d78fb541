import Dashboards
import Diagnostics
import Testing

/// Nothing that a file holds may crash, hang, or take a target away.
@Suite struct HostileTests {
  private static let whole = """
    {"title": "T", "schemaVersion": 16, "uid": "u", "time": {"from": "now-1h", "to": "now"}, "timezone": "utc",
    "__inputs":
    [{"name": "A", "type": "constant", "value": "b"}], "templating": {"list": [{"name": "v", "type": "query",
    "query": {"query": "x"},
    "multi": true, "current": {"value": ["a"], "text": ["a"]}, "options": [{"value": "a", "text": "a"}],
    "regex": "/a/", "sort": 1},
    {"name": "i", "type": "interval", "query": "1m", "auto": true, "auto_count": 3, "auto_min": "10s",
    "current": {"value": "$__auto"}},
    {"name": "f", "type": "adhoc", "filters": [{"key": "a", "operator": "=", "value": "b"}]}]},
    "annotations": {"list": [{"name": "n", "enable": true, "target": {"expr": "a"}, "step": "1m"}]},
    "rows": [{"height": 250, "panels": [{"id": 1}]}], "panels": [{"id": 1, "type": "graph", "title": "P",
    "repeat": "v",
    "gridPos": {"x": 1, "y": 2, "w": 3, "h": 4}, "datasource": {"type": "prometheus", "uid": "x"}, "interval": "1m",
    "maxDataPoints": 10, "timeFrom": "1h", "timeShift": "1h", "targets": [{"refId": "A", "expr": "a",
    "interval": "10s",
    "intervalFactor": 2, "format": "table", "legendFormat": "x", "hide": false, "instant": true, "range": true}]},
    {"type": "row", "collapsed": true, "panels": [{"id": 3, "libraryPanel": {"uid": "x", "name": "y"}}]}]}
    """

  private func plan(_ text: String, source: (any VariableSource)? = nil) async -> [DashboardQueries] {
    var plans: [DashboardQueries] = []
    for dashboard in DashboardReader().read(text, file: "x").dashboards {
      plans.append(await dashboard.planned(Given.settings(range: nil, points: nil), source: source))
    }
    return plans
  }

  @Test func survivesEveryTruncation() async {
    let bytes = Array(Self.whole.utf8)
    for length in stride(from: 0, to: bytes.count, by: 3) {
      #expect(await plan(String(decoding: bytes[..<length], as: UTF8.self)).isEmpty)
    }
  }

  /// Puts each of some values in the place of each value of the dashboard.
  @Test(arguments: ["null", "true", "-1", "1e999", "1e18", "\"\"", "\"$v ${\"", "[]", "{}", "[[{}]]", "{\"a\": [1]}"])
  func survivesWrongTypes(value: String) async {
    let text = Self.whole
    var at = text.startIndex
    var count = 0
    while let colon = text[at...].firstRange(of: ": ") {
      at = colon.upperBound
      let rest = text[at...]
      guard let first = rest.first, first != "{", first != "[" else { continue }
      let end = rest.dropFirst().firstIndex { first == "\"" ? $0 == "\"" : ",}]".contains($0) } ?? rest.endIndex
      let after = first == "\"" ? text.index(after: end) : end
      let plans = await plan(text[..<at] + value + text[after...], source: Answers(answer: .names(["a", "b"])))
      count += 1
      #expect(plans.count <= 1)
      for plan in plans { #expect(plan.panels.allSatisfy { $0.panel.targets.isEmpty == $0.queries.isEmpty }) }
    }
    #expect(count > 60)
  }

  @Test func survivesWrongContainers() async {
    for member in [
      "templating", "annotations", "time", "panels", "rows", "__inputs", "gridPos", "targets", "datasource", "options",
    ] {
      for value in ["7", "\"x\"", "[7]", "{\"list\": 7}", "[[]]", "null"] {
        // The later of two members counts.
        let text = Self.whole.dropLast() + ", \"\(member)\": \(value)}"
        #expect(await plan(String(text)).count == 1)
      }
    }
  }

  @Test func refusesDeepNesting() {
    let rows = String(repeating: #"{"panels": [{"type": "row", "collapsed": true, "panels": ["#, count: 200_000)
    let found = DashboardReader().read(rows, file: "x")
    #expect(found.dashboards.isEmpty)
    #expect(found.findings.map(\.message) == ["this is not JSON: values are nested deeper than 256 levels"])
  }

  @Test(.timeLimit(.minutes(1))) func readsTenMegabytes() async {
    let panel =
      #"{"type": "row", "collapsed": true, "panels": [{"id": 1, "targets": [{"expr": "up + ${"}, {"expr": "[["}]}]},"#
    let panels = String(repeating: panel, count: 10_000_000 / panel.utf8.count)
    let plans = await plan(#"{"title": "T", "panels": [\#(panels) {}]}"#)
    #expect(plans.first?.panels.count { $0.queries.count == 2 } == 10_000_000 / panel.utf8.count)
  }

  @Test(.timeLimit(.minutes(1))) func readsManyVariables() async {
    // Each waits for the one after it.
    let variables = (0..<999).map { #"{"name": "v\#($0)", "type": "custom", "query": "$v\#($0 + 1)"}"# }
    let list = variables.joined(separator: ",")
    let text =
      #"{"title": "T", "panels": [{"targets": [{"expr": "$v0"}]}], "templating": {"list": [\#(list)]}}"#
    #expect(await plan(text).first?.panels.first?.queries.first?.request?.expr == "$v999")
  }

  @Test(.timeLimit(.minutes(1))) func readsManyRowsWithVariables() async {
    let row = """
      {"spec": {"variables": [{"kind": "CustomVariable", "spec": {"name": "v", "query": "1"}}],
      "layout": {"kind": "GridLayout", "spec": {"items": [{"spec": {"element": {"name": "p"}}}]}}}}
      """
    let rows = Array(repeating: row, count: 5_000).joined(separator: ",")
    let element = #"{"spec": {"data": {"spec": {"queries": [{"spec": {"query": {"spec": {"expr": "$v"}}}}]}}}}"#
    let layout = #"{"kind": "RowsLayout", "spec": {"rows": [\#(rows)]}}"#
    let plans = await plan(#"{"title": "T", "elements": {"p": \#(element)}, "layout": \#(layout)}"#)
    #expect(plans.first?.panels.count { $0.queries.first?.request?.expr == "1" } == 5_000)
  }

  @Test func limitsVariablesAndCopies() async {
    let variables = (0..<1200).map { #"{"name": "v\#($0)", "type": "custom", "query": "1,2,3,4", "includeAll": true}"# }
    let panels = Array(repeating: #"{"type": "stat", "repeat": "v0"}"#, count: 6000)
    let list = variables.joined(separator: ",")
    let text =
      #"{"title": "T", "panels": [\#(panels.joined(separator: ","))], "templating": {"list": [\#(list)]}}"#
    let found = DashboardReader().read(text, file: "x")
    #expect(found.findings.map(\.message) == ["more than 1000 variables: the others are not read"])
    let plans = await plan(text)
    #expect(plans.first?.panels.count == 21_000)
  }

  @Test(arguments: ["[", "{", "- ", "a: [", "? "])
  func survivesDeepYAML(opening: String) {
    let text = "kind: GrafanaDashboard\nx: " + String(repeating: opening, count: 100_000)
    #expect(DashboardReader().read(text, file: "x").dashboards.isEmpty)
  }

  @Test func survivesAliases() {
    let bombs = (1..<30).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1), *a\($0 - 1)]" }.joined(separator: "\n")
    let found = DashboardReader().read("kind: GrafanaDashboard\na0: &a0 [x, x]\n" + bombs, file: "x")
    #expect(found.dashboards.isEmpty)
    #expect(found.findings.count == 1)
  }
}
