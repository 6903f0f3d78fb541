import Dashboards
import Diagnostics
import Testing

@Suite struct ReaderTests {
  private static let panel = #"{"id": 7, "type": "stat", "title": "P", "targets": [{"refId": "A", "expr": "up"}]}"#
  private static let v1 = #"{"title": "T", "uid": "u", "schemaVersion": 36, "panels": [\#(panel)]}"#
  private static let v0 = #"{"title": "T", "schemaVersion": 12, "rows": [{"panels": [\#(panel)]}]}"#
  private static let v2 = """
    {"title": "T", "elements": {"p": {"kind": "Panel", "spec": {"id": 7, "title": "P",
    "data": {"kind": "QueryGroup", "spec": {"queries": [{"kind": "PanelQuery", "spec": {"refId": "A",
    "query": {"kind": "DataQuery", "group": "prometheus", "spec": {"expr": "up"}}}}]}},
    "vizConfig": {"kind": "VizConfig", "group": "stat", "spec": {}}}}},
    "layout": {"kind": "GridLayout", "spec": {"items": [{"kind": "GridLayoutItem", "spec": {"x": 0, "y": 0,
    "width": 6,
    "height": 4, "element": {"kind": "ElementReference", "name": "p"}}}]}}}
    """

  private static func resource(_ version: String, _ spec: String) -> String {
    """
    {"apiVersion": "dashboard.grafana.app/\(version)", "kind": "Dashboard", "metadata": {"name": "from-metadata"},
    "spec": \(spec)}
    """
  }

  /// Indents a text as a block of YAML.
  private static func block(_ text: String, by indentation: Int) -> String {
    text.split(separator: "\n").map { String(repeating: " ", count: indentation) + $0 }.joined(separator: "\n")
  }

  private static let configMap = """
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: x}
    data:
      other.json: |
        {"not": "a dashboard"}
      notes: hello
      a.json: |-
    \(block(v1, by: 4))
    """

  @Test(arguments: [
    ("v1", v1), ("v0", v0), ("v2", v2), ("byte order mark", "\u{FEFF}" + v1),
    ("export", #"{"meta": {"slug": "t"}, "dashboard": \#(v1)}"#),
    ("v0alpha1", resource("v0alpha1", v0)), ("v1beta1", resource("v1beta1", v1)), ("v1", resource("v1", v1)),
    ("v2alpha1", resource("v2alpha1", v2)), ("v2beta1", resource("v2beta1", v2)), ("v2", resource("v2", v2)),
    ("export of a resource", #"{"dashboard": \#(resource("v2", v2))}"#),
    ("list of resources", #"{"kind": "DashboardList", "items": [\#(resource("v1", v1))]}"#),
    ("jsonnet", #"{"grafanaDashboards": {"a.json": \#(v1)}}"#), ("jsonnet, multiple", #"{"a.json": \#(v1), "b": 1}"#),
    ("array", "[\(v1)]"), ("config map", configMap),
    ("config map with a quoted text", "kind: ConfigMap\ndata:\n  \"a.json\": '\(v1)'"),
    (
      "config map as JSON",
      #"{"kind": "ConfigMap", "data": {"a.json": "\#(v1.replacing("\"", with: "\\\""))"}}"#
    ),
    ("config map with another key", "kind: ConfigMap\ndata:\n  dashboard: |\n\(block(v1, by: 4))"),
    ("config map list", "kind: ConfigMapList\nitems:\n- kind: ConfigMap\n  data:\n    a.json: |-\n\(block(v1, by: 6))"),
    ("list", "kind: List\nitems:\n- kind: Secret\n- kind: ConfigMap\n  data:\n    a.json: |-\n\(block(v1, by: 6))"),
    ("documents", "kind: Service\n---\n\(configMap)\n---\nkind: Deployment"),
    (
      "custom resource",
      "apiVersion: grafana.integreatly.org/v1beta1\nkind: GrafanaDashboard\nspec:\n  json: >\n\(block(v1, by: 4))"
    ),
    (
      "resource as YAML",
      """
      apiVersion: dashboard.grafana.app/v1
      kind: Dashboard
      spec:
        title: T
        panels:
        - {id: 7, type: stat, title: P, targets: [{refId: A, expr: up}]}
      """
    ),
  ])
  func recognises(what: String, text: String) throws {
    let found = DashboardReader().read(text, file: "x")
    #expect(found.findings == [])
    let dashboard = try #require(found.dashboards.first)
    #expect(found.dashboards.count == 1)
    #expect(dashboard.title == "T")
    let panel = try #require(dashboard.panels.first { $0.type == "stat" })
    #expect((panel.id, panel.title) == (7, "P"))
    #expect(panel.targets.map(\.expr) == ["up"])
    #expect(panel.targets.map(\.refId) == ["A"])
  }

  @Test func takesNamesOfWrappers() throws {
    let found = DashboardReader().read(Self.resource("v2", Self.v2), file: "x")
    #expect(found.dashboards.first?.uid == "from-metadata")
    #expect(DashboardReader().read(Self.v1, file: "x").dashboards.first?.uid == "u")
  }

  @Test(arguments: [
    "", "   ", "{}", "[]", "[1, 2]", "null", "42", "hello", #"{"a": 1"#, #"{"title": "x"}"#,
    #"{"panels": "are walls"}"#,
    #"{"alerts": [], "rows": [1]}"#, #"{"title": "A table", "rows": [{"cells": []}]}"#,
    "kind: Service\nspec: {ports: []}", "a: [", "kind: ConfigMap\ndata: {x: y}",
    "kind: ConfigMap\ndata:\n  a.json: '{'", "kind: ConfigMap", #"{"dashboard": "x"}"#, "{{ template }}",
    #"{"uid": "x", "name": "y", "model": {"type": "stat", "targets": []}}"#,
  ])
  func saysNothingOfOtherFiles(text: String) {
    let found = DashboardReader().read(text, file: "x")
    #expect(found.dashboards.isEmpty)
    #expect(found.findings == [])
  }

  @Test(arguments: [
    (#"{"schemaVersion": 1, "panels": ["#, "1:33: this is not JSON: the file ends where a value should be"),
    (#"{"title": "T", "panels": 3}"#, "1:26: `panels` must be a list, not the number `3`"),
    (#"{"title": "T", "panels": [3]}"#, "1:27: a panel must be an object, not the number `3`"),
    (#"{"title": "T", "panels": [{"targets": {}}]}"#, "1:39: `targets` must be a list, not an object"),
    (#"{"title": "T", "panels": [{"targets": [1]}]}"#, "1:40: a target must be an object, not the number `1`"),
    ("kind: GrafanaDashboard\nspec: {}", "1:1: this GrafanaDashboard has no `spec.json`"),
    ("kind: GrafanaDashboard\nspec: {url: x}", "1:1: this GrafanaDashboard keeps its dashboard elsewhere (`spec.url`)"),
    ("kind: GrafanaDashboard\nspec: {json: [1]}", "2:14: a dashboard is expected here, as a text of JSON, not a list"),
    ("apiVersion: dashboard.grafana.app/v1\nkind: Dashboard", "1:1: this Dashboard has no `spec`"),
    ("panels:\n  - {", "3:1: this is not YAML"),
    // Places of what is inside of a block are places of the file.
    (
      "kind: ConfigMap\ndata:\n  a.json: |-\n    {\n      \"panels\": [\n        x\n    }",
      "6:9: this is not JSON: a value should be here"
    ),
    ("kind: ConfigMap\ndata:\n  a.json: '{\"panels\": [x}'", "3:11: this is not JSON: a value should be here"),
  ])
  func saysWhereADashboardIsBroken(text: String, expected: String) throws {
    let finding = try #require(DashboardReader().read(text, file: "x").findings.first)
    let place = try #require(finding.place)
    #expect("\(place.line):\(place.column): \(finding.message)".hasPrefix(expected), "\(place): \(finding.message)")
  }

  @Test func readsDocumentsOneByOne() throws {
    let broken = "kind: GrafanaDashboard\nspec: a: b"
    let found = DashboardReader().read("%YAML 1.2\n--- # one\n\(broken)\n---\n\(Self.configMap)\n---\nx: [", file: "x")
    #expect(found.dashboards.map(\.title) == ["T"])
    #expect(found.findings.map(\.place?.line) == [4])
    // The JSON is in the 9th line of its document, which begins in the 6th of the file.
    #expect(found.dashboards.first?.place == Place(file: "x", line: 14, column: 5))
  }

  @Test func advisesToRenderTemplates() throws {
    let text = "kind: ConfigMap\ndata:\n  {{- if .Values.x }}\n  a.json: |\n    {\"panels\": []}"
    let finding = try #require(DashboardReader().read(text, file: "x").findings.first)
    #expect(finding.advice?.contains("helm template") == true)
  }

  @Test func knowsPlacesInsideOfBlocks() throws {
    let found = DashboardReader().read(Self.configMap, file: "x.yaml")
    let target = try #require(found.dashboards.first?.panels.first?.targets.first)
    // The line of the file: the JSON begins at its 5th column.
    let column = Self.v1.utf8.count - "\"up\"}]}]}".utf8.count + 5
    #expect(target.exprPlace == Place(file: "x.yaml", line: 9, column: column))
  }
}
