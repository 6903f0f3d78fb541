import Dashboards
import Diagnostics
import Testing

@Suite struct DataSourceTests {
  private static let prometheus = DataSource(name: "Prometheus", uid: "prometheus", type: "prometheus")
  private static let known = DataSources(known: [
    prometheus, DataSource(name: "Logs", uid: "l1", type: "loki"),
    DataSource(name: "Main", uid: "m1", type: "prometheus"),
  ])
  private static let variables = """
    {"name": "ds", "type": "datasource", "query": "prometheus"}, {"name": "logs", "type": "datasource",
    "query": "loki"},
    {"name": "many", "type": "custom", "query": "m1,l1", "multi": true, "current": {"value": ["m1", "l1"]}},
    {"name": "tempo", "type": "datasource", "query": "tempo", "current": {"value": "Tempo EU", "text": "Tempo EU"}}
    """

  /// Panel reference, target's members, where it goes.
  @Test(arguments: [
    ("null", #""expr": "a""#, "prometheus prometheus"),
    (#""default""#, #""expr": "a""#, "prometheus prometheus"),
    (#""Prometheus""#, #""expr": "a""#, "prometheus prometheus"),
    (#"{"type": "prometheus", "uid": "m1"}"#, #""expr": "a""#, "prometheus m1"),
    (#""Main""#, #""expr": "a""#, "prometheus m1"),
    (#"{"type": "prometheus", "uid": "l1"}"#, #""expr": "a""#, "other loki"),
    (#"{"type": "prometheus"}"#, #""expr": "a""#, "prometheus prometheus"),
    (#"{"type": "prometheus", "uid": "P1809F7CD0C75ACF3"}"#, #""expr": "a""#, "prometheus prometheus"),
    (#"{"type": "elasticsearch", "uid": "x"}"#, #""query": "a""#, "other elasticsearch"),
    (#""$ds""#, #""expr": "a""#, "prometheus prometheus"), (#""${ds}""#, #""expr": "a""#, "prometheus prometheus"),
    (#"{"type": "prometheus", "uid": "[[ds]]"}"#, #""expr": "a""#, "prometheus prometheus"),
    (#"{"uid": "$logs"}"#, #""expr": "a""#, "other loki"), (#"{"uid": "${many}"}"#, #""expr": "a""#, "prometheus m1"),
    (#"{"uid": "$tempo"}"#, #""query": "a""#, "other tempo"),
    (#"{"type": "prometheus", "uid": "${DS_X}"}"#, #""expr": "a""#, "unresolved ${DS_X}"),
    (#""-- Grafana --""#, "", "grafana"), (#"{"type": "datasource", "uid": "grafana"}"#, "", "grafana"),
    (#"{"type": "grafana", "uid": "grafana"}"#, #""queryType": "randomWalk""#, "grafana"),
    (#""-- Dashboard --""#, #""panelId": 4"#, "dashboard 4"),
    (#"{"type": "datasource", "uid": "-- Dashboard --"}"#, "", "dashboard"),
    // A target's own counts in a mixed panel, and for expressions; else the panel's does.
    (#""-- Mixed --""#, #""datasource": "Main", "expr": "a""#, "prometheus m1"),
    (#"{"type": "datasource", "uid": "-- Mixed --"}"#, #""datasource": {"uid": "l1"}, "expr": "a""#, "other loki"),
    (#""-- Mixed --""#, #""expr": "a""#, "prometheus prometheus"),
    (#""Main""#, #""datasource": {"uid": "l1"}, "expr": "a""#, "prometheus m1"),
    ("null", #""datasource": {"uid": "l1"}, "expr": "a""#, "other loki"),
    (#""default""#, #""datasource": {"uid": "l1"}, "expr": "a""#, "other loki"),
    (#""Main""#, #""datasource": {"type": "__expr__", "uid": "__expr__"}, "type": "math""#, "expression"),
    (#""Main""#, #""datasource": {"uid": "-100"}"#, "expression"),
    (#""Main""#, #""datasource": "Expression""#, "expression"),
    // Names that say nothing: the fields do.
    (#""Some""#, #""expr": "a""#, "prometheus prometheus"), (#""Some""#, #""rawSql": "SELECT 1""#, "other sql"),
    (#""Some""#, #""measurement": "cpu", "query": "x""#, "other influxdb"),
    (#""Some""#, #""query": "x", "rawQuery": true"#, "other influxdb"),
    (#""Some""#, #""bucketAggs": [], "query": "x""#, "other elasticsearch"),
    (#""Some""#, #""target": "a.b.c""#, "other graphite"), (#""Some""#, #""dimensions": {}"#, "other cloudwatch"),
    (#""Loki EU""#, #""expr": "{a=\"b\"}""#, "other loki"),
    (#""Some""#, #""expr": "{a=\"b\"} |= \"x\"""#, "other loki"),
    (#""Jaeger""#, #""query": "x""#, "other jaeger"), (#""graphite""#, #""target": "a""#, "other graphite"),
    ("null", #""target": "a.b""#, "other graphite"),
    ("7", #""expr": "a""#, "prometheus prometheus"), ("{}", #""expr": "a""#, "prometheus prometheus"),
  ])
  func resolves(panel: String, target: String, expected: String) async throws {
    let text = #"{"refId": "A"\#(target.isEmpty ? "" : ", " + target)}"#
    let dashboard = try #require(
      Given.dashboard(
        """
        "panels": [{"type": "graph", "datasource": \(panel), "targets": [\(text)]}],
        "templating": {"list": [\(Self.variables)]}
        """))
    let settings = QuerySettings(now: Given.now, dataSources: Self.known)
    let query = try #require(await dashboard.firstQuery(settings))
    #expect(Self.described(query) == expected)
  }

  private static func described(_ query: Query) -> String {
    switch query.outcome {
    case .sent(let request): "prometheus \(request.dataSource.uid)"
    case .silent(.elsewhere(.other(let type))): "other \(type)"
    case .silent(.elsewhere(.dashboard(let panel))): "dashboard" + (panel.map { " \($0)" } ?? "")
    case .silent(.elsewhere(.unresolved(let text))): "unresolved \(text)"
    case .silent(.elsewhere(.unknown(let text))): "unknown \(text)"
    case .silent(.elsewhere(.grafana)): "grafana"
    case .silent(.elsewhere(.expression)): "expression"
    case .silent(let silence): silence.reason
    }
  }

  @Test(arguments: [
    (#""Some""#, "unknown Some"), (#"{"type": "prometheus", "uid": "abc"}"#, "unknown abc"),
    (#"{"type": "tempo", "uid": "abc"}"#, "other tempo"), ("null", "prometheus prometheus"),
    (#""$d""#, "prometheus prometheus"), (#""$other""#, "unknown abc"),
  ])
  func canBeStrict(panel: String, expected: String) async throws {
    let dashboard = try #require(
      Given.dashboard(
        """
        "panels": [{"type": "graph", "datasource": \(panel), "targets": [{"expr": "up"}]}],
        "templating": {"list": [{"name": "d", "type": "custom", "query": "default"},
        {"name": "other", "type": "constant", "query": "abc"}]}
        """))
    let strict = DataSources(known: [Self.prometheus], assumesUnknown: false)
    let query = try #require(await dashboard.firstQuery(QuerySettings(now: Given.now, dataSources: strict)))
    #expect(Self.described(query) == expected)
  }

  @Test func reportsEachKindOnce() async throws {
    let target = #"{"expr": "up"}"#
    let sources = ["${DS_X}", "${DS_X}", "-- Grafana --", "-- Grafana --", "gone", "gone"]
    let panels = sources.map { #"{"type": "graph", "datasource": "\#($0)", "targets": [\#(target), \#(target)]}"# }
    let annotation = #"{"name": "own", "enable": true, "builtIn": 1, "datasource": "-- Grafana --"}"#
    let list = panels.joined(separator: ",")
    let dashboard = try #require(
      Given.dashboard(#""panels": [\#(list)], "annotations": {"list": [\#(annotation)]}"#))
    let strict = DataSources(known: [Self.prometheus], assumesUnknown: false)
    let planned = await dashboard.planned(QuerySettings(now: Given.now, dataSources: strict))
    #expect(
      planned.findings.map(\.message) == [
        "the data source `${DS_X}` has no value", "queries of Grafana's own data source are not checked",
        "no data source has the name or uid `gone`",
      ])
    let empty = try #require(Given.dashboard(#""panels": [], "annotations": {"list": [\#(annotation)]}"#))
    #expect(await empty.planned().findings == [])
  }
}
