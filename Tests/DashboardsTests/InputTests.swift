import Dashboards
import Diagnostics
import Testing

@Suite struct InputTests {
  private static let inputs = """
    "__inputs": [{"name": "DS_P", "label": "P", "type": "datasource", "pluginId": "prometheus"},
    {"name": "DS_L", "type": "datasource", "pluginId": "loki"},
    {"name": "namespace", "type": "constant", "value": "zenko"}], "panels": [
    {"id": 1, "datasource": "${DS_P}", "targets": [{"expr": "up{n=\\"${namespace}\\", m=\\"$namespace\\"}"}]},
    {"id": 2, "datasource": {"type": "loki", "uid": "${DS_L}"}, "targets": [{"expr": "{a=\\"b\\"}"}]}]
    """

  @Test func putsInputsInTextually() async throws {
    let dashboard = try #require(Given.dashboard(Self.inputs))
    #expect(dashboard.inputs.map(\.value) == ["prometheus", "loki", "zenko"])
    let outcomes = await dashboard.planned().panels.flatMap(\.queries)
    // Only `${NAME}` is an input; `$namespace` would be a variable.
    #expect(outcomes[0].request?.expr == #"up{n="zenko", m="$namespace"}"#)
    #expect(outcomes[1].outcome == .silent(.elsewhere(.other(type: "loki"))))
  }

  /// Dashboards that are provisioned often forget to declare what they need.
  @Test func putsInWhatIsNotDeclared() async throws {
    let members = #""panels": [{"type": "stat", "datasource": "${DS_X}", "targets": [{"expr": "a"}]}]"#
    let reader = DashboardReader(inputs: ["DS_X": "prometheus"])
    #expect(await Given.dashboard(members)?.firstQuery()?.request == nil)
    #expect(await Given.dashboard(members, reader: reader)?.firstQuery()?.request?.expr == "a")
  }

  @Test func takesKnownDataSourcesOfTheirType() throws {
    let logs = DataSource(name: "Logs", uid: "l1", type: "loki")
    let reader = DashboardReader(dataSources: DataSources(known: [logs], defaultUID: "l1"))
    #expect(Given.dashboard(Self.inputs, reader: reader)?.inputs.map(\.value) == ["prometheus", "l1", "zenko"])
  }

  @Test func prefersGivenValues() async throws {
    let reader = DashboardReader(inputs: ["namespace": "a b", "DS_P": "nowhere"])
    let dashboard = try #require(Given.dashboard(Self.inputs, reader: reader))
    #expect(dashboard.panels[0].dataSource?.uid == "nowhere")
    #expect(await dashboard.firstQuery()?.request?.expr == #"up{n="a b", m="$namespace"}"#)
  }

  @Test func warnsOfInputsWithoutValue() throws {
    let text = """
      {"title": "T", "__inputs": [{"name": "X", "type": "constant"}],
      "panels": [{"targets": [{"expr": "${X} + ${"}]}]}
      """
    let found = DashboardReader().read(text, file: "x")
    #expect(found.findings.map(\.message) == ["the input `X` has no value"])
    #expect(found.dashboards.first?.panels.first?.targets.first?.expr == "${X} + ${")
  }

  @Test func takesDataSourcesOfTheCustomResource() async throws {
    let text = """
      kind: GrafanaDashboard
      spec:
        datasources: [{inputName: DS_P, datasourceName: Prometheus}]
        json: |
          {"title": "T", "panels": [{"datasource": "${DS_P}", "targets": [{"expr": "up"}]}]}
      """
    let dashboard = try #require(DashboardReader().read(text, file: "x").dashboards.first)
    #expect(await dashboard.firstQuery()?.request?.expr == "up")
  }

  @Test(arguments: [
    (#""templating": {"list": []}"#, ["Grafana does not fill the input `DS_P` of a provisioned dashboard"]),
    (#""templating": {"list": [{"name": "DS_P", "type": "datasource", "query": "prometheus"}]}"#, []),
  ])
  func warnsWhereNobodyFillsInputs(member: String, expected: [String]) {
    let text = """
      kind: ConfigMap
      data:
        a.json: |
          {"title": "T", "__inputs": [{"name": "DS_P", "type": "datasource", "pluginId": "prometheus"},
          {"name": "unused", "type": "constant", "value": "x"}], \(member),
          "panels": [{"datasource": "${DS_P}", "targets": [{"expr": "up"}]}]}
      """
    let found = DashboardReader().read(text, file: "x")
    #expect(found.findings.map(\.message) == expected)
    #expect(found.dashboards.first?.panels.first?.dataSource?.uid == "prometheus")
  }

  @Test func findsLibraryPanels() throws {
    let text = """
      {"title": "T", "__inputs": [{"name": "DS_P", "type": "datasource", "pluginId": "prometheus"}],
      "__elements": {"one": {"uid": "one", "name": "One", "kind": 1, "model": {"type": "stat", "title": "Theirs",
        "datasource": {"uid": "${DS_P}"}, "targets": [{"expr": "a"}]}}},
      "panels": [{"id": 1, "title": "Ours", "gridPos": {"w": 3}, "libraryPanel": {"uid": "one", "name": "One"}},
      {"id": 2, "libraryPanel": {"uid": "two", "name": "Two"}}, {"id": 3, "libraryPanel": {"uid": "three",
      "name": "Three"}},
      {"id": 4, "libraryPanel": {"uid": "bad", "name": "Bad"}},
      {"id": 6, "libraryPanel": {"uid": "three", "name": "Three"}, "targets": [{"expr": "beside"}]},
      {"type": "row", "collapsed": true, "panels": [{"id": 5, "libraryPanel": {"uid": "two", "name": "Two"}}]}]}
      """
    let reader = DashboardReader { uid, _ in
      switch uid {
      case "two":
        (
          #"{"result": {"uid": "two", "model": {"type": "stat", "title": "Two", "targets": [{"expr": "b"}]}}}"#,
          "two.json"
        )
      case "bad": ("{", "bad.json")
      default: nil
      }
    }
    let found = reader.read(text, file: "d.json")
    let panels = try #require(found.dashboards.first).panels
    #expect(panels.map { $0.targets.map(\.expr) } == [["a"], ["b"], [], [], ["beside"], [], ["b"]])
    #expect((panels[0].title, panels[0].id, panels[0].gridPosition.width) == ("Ours", 1, 3))
    #expect(panels[0].dataSource?.uid == "prometheus")
    #expect((panels[1].title, panels[1].file, panels[1].targets[0].place.file) == ("Two", "two.json", "two.json"))
    #expect(panels[2].silence == "its library panel `Three` is not known")
    #expect(found.findings.map { $0.place?.file } == ["d.json", "bad.json", "d.json"])
    #expect(found.findings.first?.message == "unresolved library panel `Three`")
  }
}
