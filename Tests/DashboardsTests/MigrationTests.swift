import Dashboards
import Diagnostics
import Testing

@Suite struct MigrationTests {
  private func read(_ json: String) -> DashboardFile { DashboardReader().read(json, file: "d.json") }

  private func outline(_ dashboard: Dashboard) -> [String] {
    dashboard.panels.map { panel in
      let position = panel.gridPosition
      let row = panel.row.map { " in \(dashboard.rows[$0].title)" } ?? ""
      return "\(panel.id) \(panel.type) \(position.x),\(position.y) \(position.width)x\(position.height)\(row)"
        + (panel.isCollapsed ? " collapsed" : "")
    }
  }

  @Test func laysRowsOut() throws {
    let found = read(
      """
      {"title": "T", "schemaVersion": 14, "rows": [
        {"title": "One", "showTitle": true, "height": "250px", "panels": [
          {"id": 1, "type": "graph", "span": 6, "targets": [{"expr": "a"}]},
          {"id": 2, "type": "graph", "span": 3, "height": 50}, {"id": 3, "type": "singlestat", "span": 3,
          "height": "100"},
          {"id": 9, "type": "graph", "span": 12}]},
        {"title": "Copy", "repeatIteration": 15, "panels": [{"id": 8, "type": "graph"}]},
        {"title": "Two", "collapse": true, "repeat": "node", "height": 120, "panels": [{"type": "graph"}]}]}
      """)
    let dashboard = try #require(found.dashboards.first)
    #expect(
      outline(dashboard) == [
        "10 row 0,0 24x1 in One", "1 graph 0,1 12x7 in One", "2 graph 12,1 6x3 in One", "3 singlestat 18,1 6x3 in One",
        "9 graph 0,8 24x7 in One", "11 row 0,15 24x1 in Two", "12 graph 0,16 8x4 in Two collapsed",
      ])
    #expect(dashboard.rows.map(\.repeatVariable) == [nil, "node"])
    #expect(found.findings == [])
  }

  @Test func showsNoRowsWhereNoneHasATitle() throws {
    let found = read(#"{"title": "T", "rows": [{"title": "x", "panels": [{"id": 4}]}, {"panels": [{"id": 5}]}]}"#)
    let dashboard = try #require(found.dashboards.first)
    #expect(outline(dashboard) == ["4  0,0 8x7", "5  0,7 8x7"])
    #expect(dashboard.schemaVersion == nil)
  }

  @Test func walksRowsOfTheGrid() throws {
    let found = read(
      """
      {"title": "T", "schemaVersion": 30, "panels": [
        {"id": 1, "type": "text", "targets": [{"expr": "x"}]},
        {"id": 2, "type": "row", "title": "Open", "collapsed": false, "repeat": "", "panels": [{"id": 3,
        "type": "stat"}]},
        {"id": 4, "type": "stat"},
        {"id": 5, "type": "row", "title": "Closed", "collapsed": true, "panels": [{"id": 6, "type": "stat"}]},
        {"id": 8, "type": "stat"},
        {"id": 7, "type": "row", "title": "Last", "repeat": null}, {"id": 7, "type": "stat"}]}
      """)
    let dashboard = try #require(found.dashboards.first)
    let outline = dashboard.panels.map { panel in
      "\(panel.id)\(panel.row.map { " " + dashboard.rows[$0].title } ?? "")\(panel.isCollapsed ? " collapsed" : "")"
    }
    #expect(outline == ["1", "2 Open", "4 Open", "5 Closed", "6 Closed collapsed", "8", "7 Last", "7 Last"])
    #expect(dashboard.rows.allSatisfy { $0.repeatVariable == nil })
    #expect(found.findings.map(\.message) == ["this row is expanded: Grafana ignores the panels inside of it"])
  }

  @Test func saysThatRowsDoNotNest() throws {
    let inner = #"{"type": "row", "collapsed": true, "panels": [{"targets": [{"expr": "a"}]}], "targets": [{}]}"#
    let found = read(#"{"title": "T", "panels": [{"type": "row", "collapsed": true, "panels": [\#(inner)]}]}"#)
    #expect(found.dashboards.first?.panels.map(\.targets.count) == [0, 1])
    #expect(found.findings.map(\.severity) == [.note])
  }

  @Test func sortsPanelsByTheGrid() throws {
    let found = read(
      """
      {"title": "T", "schemaVersion": 30, "panels": [
        {"id": 1, "type": "stat", "gridPos": {"x": 12, "y": 1}}, {"id": 2, "type": "stat", "gridPos": {"x": 0, "y": 1}},
        {"id": 3, "type": "row", "title": "R", "gridPos": {"x": 0, "y": 0}}, {"id": 4, "type": "stat"}]}
      """)
    let panels = try #require(found.dashboards.first).panels
    #expect(panels.map(\.id) == [3, 4, 2, 1])
    #expect(panels.allSatisfy { $0.row == 0 })
  }

  @Test(arguments: [("", 1), (#""schemaVersion": "26","#, 1), (#""schemaVersion": 40,"#, 1)])
  func dropsWhatRepeatsLeft(version: String, expected: Int) throws {
    let found = read(
      """
      {"title": "T", \(version) "panels": [{"id": 1, "type": "stat", "repeat": "x"},
      {"id": 2, "type": "stat", "repeatPanelId": 1}, {"id": 3, "type": "stat", "repeatByRow": true},
      {"id": 5, "type": "stat", "repeatedByRow": true},
      {"id": 4, "type": "row", "repeatPanelId": 4}]}
      """)
    #expect(found.dashboards.first?.panels.count == expected)
  }

  @Test func countsCopiesInARow() throws {
    let old = read(#"{"title": "T", "schemaVersion": 15, "rows": [{"panels": [{"minSpan": 2}]}]}"#)
    #expect(old.dashboards.first?.panels.first?.maxPerRow == 6)
    let new = read(#"{"title": "T", "schemaVersion": 16, "panels": [{"minSpan": 4}, {"maxPerRow": 3}, {}]}"#)
    #expect(new.dashboards.first?.panels.map(\.maxPerRow) == [6, 3, nil])
  }

  @Test func givesLettersAndNumbers() throws {
    let found = read(
      """
      {"title": "T", "panels": [{"targets": [{"expr": "a"}, {"refId": "B", "expr": "b"}, {"expr": "c"},
      {"refId": "B"}]},
      {"id": 41}, {"id": "x", "targets": [{"refId": ""}]}, {"id": 41}]}
      """)
    let panels = try #require(found.dashboards.first).panels
    #expect(panels.map { $0.targets.map(\.refId) } == [["A", "B", "C", "B"], [], ["A"], []])
    #expect(panels.map(\.id) == [42, 41, 43, 41])
    #expect(found.findings.map(\.severity) == [.warning])
  }

  @Test func lettersGoOnAfterZ() throws {
    let targets = Array(repeating: "{}", count: 28).joined(separator: ",")
    let found = read(#"{"title": "T", "panels": [{"targets": [\#(targets)]}]}"#)
    #expect(found.dashboards.first?.panels.first?.targets.suffix(3).map(\.refId) == ["Z", "AA", "AB"])
  }

  @Test func renamesPanelTypes() throws {
    let found = read(
      """
      {"title": "T", "panels": [{"type": "graphite"}, {"type": "table", "styles": []}, {"type": "table"},
      {"type": "text2"}]}
      """)
    #expect(found.dashboards.first?.panels.map(\.type) == ["graph", "table-old", "table", "text"])
  }

  @Test func readsTheOldestTimes() throws {
    let found = read(
      """
      {"title": "T", "rows": [], "services": {"filter": {"time": {"from": "now-2d", "to": "now"},
      "list": [{"name": "x", "type": "filter", "query": "label_values(y)"}]}}}
      """)
    let dashboard = try #require(found.dashboards.first)
    #expect(dashboard.time.from == "now-2d")
    #expect(dashboard.variables.map(\.name) == ["x"])
  }

  @Test func readsRowsThatGrafanaIgnores() throws {
    let found = read(#"{"title": "T", "schemaVersion": 30, "rows": [{"panels": [{"targets": [{"expr": "up"}]}]}]}"#)
    #expect(found.dashboards.first?.panels.first?.targets.count == 1)
    #expect(found.findings.map(\.severity) == [.warning])
  }

  @Test func forgivesWrongTypes() throws {
    let found = read(
      """
      {"title": 7, "schemaVersion": "x", "time": {"from": 1, "to": null}, "timezone": [], "templating": {"list": {}},
      "annotations": [], "panels": [{"id": 1e300, "title": {}, "type": 3, "gridPos": {"x": -1, "y": 1e400,
      "w": "99", "h": null},
      "datasource": [], "maxDataPoints": "100", "interval": 10, "repeat": {}, "targets": [
      {"expr": 1, "refId": 2, "hide": "true", "legendFormat": null, "intervalFactor": "2", "format": "nonsense",
      "instant": 1}]}]}
      """)
    let dashboard = try #require(found.dashboards.first)
    let panel = try #require(dashboard.panels.first)
    #expect((panel.maxDataPoints, panel.interval, panel.gridPosition.width) == (100, "10", 24))
    let target = try #require(panel.targets.first)
    #expect((target.expr, target.refId, target.isHidden, target.intervalFactor) == ("1", "2", true, 2))
    #expect((target.isInstant, target.isRange, target.legendFormat, target.format) == (true, false, nil, .timeSeries))
  }
}
