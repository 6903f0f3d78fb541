import Diagnostics
import Reading
import Testing

@testable import Dashboards

@Suite struct StructuredTests {
  private static func element(_ id: Int, _ query: String) -> String {
    """
    {"kind": "Panel", "spec": {"id": \(id), "title": "P\(id)", "data": {"kind": "QueryGroup", "spec": {"queries": [
    \(query)], "transformations": [{"kind": "Transformation", "group": "organize", "spec": {"options": {"a": 1}}},
    {"kind": "merge", "spec": {"id": "merge", "options": {}}}],
    "queryOptions": {"timeFrom": "2h", "timeShift": "1d", "maxDataPoints": 50, "interval": "30s"}}},
    "vizConfig": {"kind": "VizConfig", "group": "timeseries", "version": "12", "spec": {"options": {"legend": {}},
    "fieldConfig": {"defaults": {"unit": "s"}}}}}}
    """
  }

  private static func query(_ refId: String, _ source: String, _ expr: String) -> String {
    """
    {"kind": "PanelQuery", "spec": {"refId": "\(refId)", "hidden": false, "query": {"kind": "DataQuery",
    "group": "prometheus", "version": "v0", "datasource": {"name": "\(source)"}, "spec": {"expr": "\(expr)"}}}}
    """
  }

  private static func reference(_ name: String) -> String {
    #""element": {"kind": "ElementReference", "name": "\#(name)"}"#
  }

  private static let nested = """
    {"title": "T", "elements": {
      "a": \(element(1, query("A", "x", "a{l=\\\"$local\\\"}"))),
      "b": \(element(2, query("A", "x", "b") + "," + query("B", "y", "c"))),
      "lib": {"kind": "LibraryPanel", "spec": {"id": 3, "title": "L", "libraryPanel": {"uid": "lp", "name": "Lib"}}},
      "unused": \(element(4, query("A", "x", "d")))},
    "layout": {"kind": "TabsLayout", "spec": {"tabs": [{"kind": "TabsLayoutTab", "spec": {"title": "Tab",
      "variables": [{"kind": "CustomVariable", "spec": {"name": "local", "query": "tab"}}],
      "layout": {"kind": "RowsLayout", "spec": {"rows": [
        {"kind": "RowsLayoutRow", "spec": {"title": "Row", "collapse": true, "repeat": {"mode": "variable",
        "value": "v"},
          "variables": [{"kind": "CustomVariable", "spec": {"name": "local", "query": "row"}}],
          "layout": {"kind": "GridLayout", "spec": {"items": [
            {"kind": "GridLayoutItem", "spec": {"x": 3, "y": 2, "width": 9, "height": 5, \(reference("a")),
              "repeat": {"mode": "variable", "value": "w", "direction": "v", "maxPerRow": 2}}}]}}}},
        {"kind": "RowsLayoutRow", "spec": {"title": "Auto", "layout": {"kind": "AutoGridLayout", "spec": {
          "maxColumnCount": 2, "items": [{"kind": "AutoGridLayoutItem", "spec": {\(reference("b"))}},
            {"kind": "AutoGridLayoutItem", "spec": {\(reference("lib"))}},
            {"kind": "AutoGridLayoutItem", "spec": {\(reference("a"))}},
            {"kind": "AutoGridLayoutItem", "spec": {\(reference("nowhere"))}}]}}}}]}}}}]}},
    "variables": [{"kind": "CustomVariable", "spec": {"name": "v", "query": "1,2", "includeAll": true,
      "current": {"text": "All", "value": "$__all"}}}]}
    """

  private let library = DashboardReader { uid, _ in
    uid == "lp"
      ? (#"{"uid": "lp", "model": {"type": "stat", "title": "Own", "targets": [{"expr": "lib"}]}}"#, "lp.json") : nil
  }

  @Test func walksEveryLayout() throws {
    let found = library.read(Self.nested, file: "d.json")
    let dashboard = try #require(found.dashboards.first)
    let outline = dashboard.panels.map { panel in
      let rows = dashboard.rows(around: panel.row).map { dashboard.rows[$0].title }.joined(separator: "/")
      let position = panel.gridPosition
      return
        "\(panel.title) \(rows) \(position.x),\(position.y) \(position.width)x\(position.height) \(panel.isCollapsed)"
    }
    #expect(
      outline == [
        "P1 Tab/Row 3,4 9x5 true", "P2 Tab/Auto 0,10 12x9 false", "L Tab/Auto 12,10 12x9 false",
        "P1 Tab/Auto 0,19 12x9 false", "P4  0,0 12x9 false",
      ])
    #expect(
      found.findings.map(\.message) == [
        "the layout names the element `nowhere`, which does not exist",
        "the element `unused` stands in no layout: Grafana does not show it",
      ])
    let panels = dashboard.panels
    #expect((panels[0].repeatVariable, panels[0].repeatDirection, panels[0].maxPerRow) == ("w", "v", 2))
    #expect(
      (panels[0].timeFrom, panels[0].timeShift, panels[0].maxDataPoints, panels[0].interval) == ("2h", "1d", 50, "30s"))
    #expect(panels[0].transformations == ["organize", "merge"])
    #expect((panels[2].file, panels[2].targets.map(\.expr)) == ("lp.json", ["lib"]))
  }

  @Test func makesPanelsOfTheFirstShape() throws {
    let panels = try #require(library.read(Self.nested, file: "d.json").dashboards.first).panels
    let model = panels[0].model
    #expect(model["type"]?.string == "timeseries")
    #expect(model["fieldConfig", "defaults", "unit"]?.string == "s")
    #expect(model["options", "legend"]?.isObject == true)
    #expect(model["gridPos", "w"]?.int == 9)
    #expect(model["transformations"]?.elements.first?["options", "a"]?.int == 1)
    #expect(panels[0].dataSource?.uid == "x")
    // Queries of two data sources make it mixed.
    #expect(panels[1].dataSource?.uid == "-- Mixed --")
    #expect(panels[1].targets.map(\.dataSource?.uid) == ["x", "y"])
  }

  @Test func seesTheNearestVariable() async throws {
    let dashboard = try #require(library.read(Self.nested, file: "d.json").dashboards.first)
    let queries = await dashboard.planned()
    // The row is repeated for both values of `v`.
    let first = queries.panels.filter { $0.panel.id == 1 }
    #expect(first.map { $0.queries.first?.request?.expr } == [#"a{l="row"}"#, #"a{l="row"}"#, #"a{l="tab"}"#])
    #expect(first.map { $0.repeats.map(\.value) } == [["1"], ["2"], []])
    #expect(first.last?.row == "Tab / Auto")
  }

  @Test func readsRowsAmongTheItemsOfAGrid() throws {
    func item(_ y: Int) -> String {
      #"{"spec": {"x": 0, "y": \#(y), "width": 4, "height": 2, \#(Self.reference("p"))}}"#
    }
    let row = """
      {"kind": "GridLayoutRow", "spec": {"y": 2, "title": "R", "collapsed": true, "repeat": {"value": "v"},
      "elements": [\(item(3))]}}
      """
    let layout = #"{"kind": "GridLayout", "spec": {"items": [\#(item(0)), \#(row), {"kind": "GridLayoutItem"}]}}"#
    let text = #"{"title": "T", "elements": {"p": {"spec": {}}}, "layout": \#(layout)}"#
    let found = DashboardReader().read(text, file: "x")
    let dashboard = try #require(found.dashboards.first)
    #expect(dashboard.panels.map(\.row) == [nil, 0])
    #expect(dashboard.panels.map(\.gridPosition.y) == [0, 3])
    #expect(dashboard.panels.map(\.isCollapsed) == [false, true])
    #expect(dashboard.rows.map(\.repeatVariable) == ["v"])
    #expect(found.findings.map(\.message) == ["this GridLayoutItem names no element"])
  }

  @Test func collapsesWhatIsInside() throws {
    let grid = #"{"kind": "GridLayout", "spec": {"items": [{"spec": {\#(Self.reference("p"))}}]}}"#
    let inner = #"{"kind": "RowsLayout", "spec": {"rows": [{"spec": {"layout": \#(grid)}}]}}"#
    let rows = #"[{"spec": {"collapse": true, "layout": \#(inner)}}, {"spec": {"layout": \#(grid)}}]"#
    let layout = #"{"kind": "RowsLayout", "spec": {"rows": \#(rows)}}"#
    let text = #"{"title": "T", "elements": {"p": {"spec": {}}}, "layout": \#(layout)}"#
    let panels = try #require(DashboardReader().read(text, file: "x").dashboards.first).panels
    #expect(panels.map(\.isCollapsed) == [true, false])
  }

  @Test func readsTheFirstDraft() throws {
    let text = """
      {"title": "T", "elements": {"a": {"kind": "Panel", "spec": {"id": 1, "data": {"kind": "QueryGroup",
      "spec": {"queries": [
      {"kind": "PanelQuery", "spec": {"refId": "A", "hidden": true, "datasource": {"type": "prometheus", "uid": "z"},
      "query": {"kind": "prometheus", "spec": {"expr": "up", "instant": true}}}}]}},
      "vizConfig": {"kind": "stat", "spec": {"pluginVersion": "11"}}}}},
      "layout": {"kind": "GridLayout", "spec": {"items": [{"kind": "GridLayoutItem",
      "spec": {"element": {"name": "a"}}}]}}}
      """
    let panel = try #require(DashboardReader().read(text, file: "d.json").dashboards.first?.panels.first)
    let target = try #require(panel.targets.first)
    #expect((panel.type, target.expr, target.isHidden, target.isInstant) == ("stat", "up", true, true))
    #expect((target.dataSource?.type, target.dataSource?.uid) == ("prometheus", "z"))
  }

  @Test func readsVariablesAndTimes() async throws {
    let text = """
      {"title": "T", "elements": {}, "layout": {"kind": "GridLayout", "spec": {"items": []}},
      "timeSettings": {"from": "now-3h", "to": "now-1h", "timezone": "utc", "weekStart": "monday"},
      "annotations": [{"kind": "AnnotationQuery", "spec": {"name": "deploys", "enable": true,
      "query": {"kind": "DataQuery",
        "group": "prometheus", "datasource": {"name": "p"}, "spec": {"expr": "changes(x[1m])"}}}},
        {"kind": "AnnotationQuery", "spec": {"name": "own", "enable": true, "builtIn": true}}],
      "variables": [
        {"kind": "QueryVariable", "spec": {"name": "q", "sort": "alphabeticalDesc", "refresh": "onDashboardLoad",
        "hide": "hideVariable",
          "query": {"kind": "DataQuery", "group": "prometheus", "datasource": {"name": "p"},
          "spec": {"query": "label_values(x)"}}}},
        {"kind": "QueryVariable", "spec": {"name": "old", "datasource": {"type": "prometheus", "uid": "p"},
          "query": {"kind": "prometheus", "spec": {"__legacyStringValue": "label_values(y)"}}}},
        {"kind": "ConstantVariable", "spec": {"name": "c", "query": "k"}},
        {"kind": "TextVariable", "spec": {"name": "t", "query": "d", "current": {"text": "e", "value": "e"}}},
        {"kind": "IntervalVariable", "spec": {"name": "i", "query": "1m,5m", "auto": true, "auto_count": 10,
        "auto_min": "1m"}},
        {"kind": "DatasourceVariable", "spec": {"name": "d", "pluginId": "prometheus"}},
        {"kind": "SwitchVariable", "spec": {"name": "s", "current": "x", "enabledValue": "on"}},
        {"kind": "AdhocVariable", "group": "prometheus", "datasource": {"name": "p"}, "spec": {"name": "a",
          "filters": [{"key": "k", "operator": "=", "value": "v"}]}},
        {"kind": "AdhocVariable", "spec": {"name": "draft", "datasource": {"type": "loki", "uid": "l"}}}]}
      """
    let dashboard = try #require(DashboardReader().read(text, file: "d.json").dashboards.first)
    #expect((dashboard.time.from, dashboard.time.to, dashboard.time.weekStart) == ("now-3h", "now-1h", "monday"))
    let resolved = await VariableResolver(dashboard, settings: Given.settings()).resolve()
    #expect(
      resolved.requests.map(\.kind) == [.labelValues(label: "x", match: nil), .labelValues(label: "y", match: nil)])
    #expect(dashboard.variables.first.map { [$0.sort, $0.hide] } == [2, 2])
    let values = resolved.variables.map { $0.value?.values.first }
    #expect(values == ["q", "old", "k", "e", "1m", "prometheus", "x", nil, nil])
    let filters = resolved.variables.suffix(2).compactMap(\.filters)
    #expect(filters.map { "\($0.dataSource?.type ?? "") \($0.dataSource?.uid ?? "")" } == ["prometheus p", "loki l"])
    #expect(filters.first?.filters == [AdhocFilter(key: "k", op: "=", value: "v")])
    let annotations = dashboard.queries(settings: Given.settings(), variables: resolved).annotations
    #expect(annotations.map { $0.request?.expr } == ["changes(x[1m])", nil])
  }
}
