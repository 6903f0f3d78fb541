import Bundles
import Dashboards
import Diagnostics
import Foundation
import Testing

/// What is read of a folder, a `bundle.yaml` or one file, and how it is told apart.
@Suite struct LoaderTests {
  private let rules = "groups: [{name: g, rules: [{alert: A, expr: up}, {record: r, expr: x}]}]\n"
  private let alertmanager = "route: {receiver: a}\nreceivers: [{name: a}, {name: b c}]\n"
  private let prometheus = "global: {scrape_interval: 20s}\nscrape_configs: []\n"

  @Test func aFileOfRulesStaysAsItIs() throws {
    let bench = try Workbench()
    let text = "# a comment\n\(rules)# $labels ${x} {{ $value }}\n"
    try bench.write(text, "a.yaml")
    let file = try #require(try bench.load("a.yaml").ruleFiles.first)
    #expect(file.isVerbatim)
    #expect(file.rendered == text)
    #expect(file.file == bench.path + "/a.yaml")
    #expect(file.rules.map(\.name) == ["A", "r"])
    #expect(file.rules.map(\.kind) == [.alert, .recording])
    #expect(file.rules.map(\.place.column) == [39, 62])
  }

  @Test func contentSaysWhatAFileIs() throws {
    let bench = try Workbench()
    try bench.write(rules, "z/anything.yml")
    try bench.write(rules, "a.rules")
    try bench.write(alertmanager, "b.yaml")
    try bench.write(prometheus, "c.yaml")
    try bench.write("tests: []\nrule_files: [a.rules]\n", "a.test.yaml")
    try bench.write("{\"title\": \"a board\", \"panels\": []}", "board.json")
    try bench.write("no: artefact", "README.md")
    let bundle = try bench.load()
    #expect(bundle.ruleFiles.map(\.file) == ["a.rules", "z/anything.yml"].map { "\(bench.path)/\($0)" })
    #expect(bundle.alertmanager?.text == alertmanager)
    #expect(bundle.prometheus?.text == prometheus)
    #expect(bundle.receivers == ["a", "b c"])
    #expect(bundle.scrapeInterval == .seconds(20))
    // What is not said is Prometheus' default.
    #expect(bundle.evaluationInterval == .seconds(60))
    #expect(bundle.dashboards.map(\.title) == ["a board"])
    #expect(bundle.hasAlert("A"))
    #expect(!bundle.hasAlert("r"))
  }

  @Test func dashboardsAreNamedAndTakeInputs() throws {
    let bench = try Workbench()
    try bench.write(
      """
      {"dashboard": {"title": "Board ${VAR_N}", "uid": "b1", "schemaVersion": 39, "panels": [],
      "__inputs": [{"name": "VAR_N", "type": "constant", "value": "x"}]}}
      """, "boards/api-answer.json")
    try bench.write(
      "kind: ConfigMap\ndata:\n  other.json: |\n    {\"title\": \"Other\", \"schemaVersion\": 39, \"panels\": []}\n",
      "boards/map.yaml")
    try bench.write(
      """
      bundle: B
      dashboards: [boards/api-answer.json, boards/map.yaml]
      data_source: {interval: 30s}
      inputs: {VAR_N: zenko}
      """, "bundle.yaml")
    let bundle = try bench.load()
    #expect(bundle.dashboards.map(\.title) == ["Board zenko", "Other"])
    #expect(bundle.dataSourceInterval == .seconds(30))
    for name in ["Board zenko", "b1", "api-answer", "api-answer.json"] {
      #expect(bundle.dashboards(named: name) == [0])
    }
    #expect(bundle.dashboards(named: "all") == [0, 1])
    #expect(bundle.dashboards(named: "none").isEmpty)
  }

  @Test(arguments: ["stringData", "data"]) func alertmanagersAreReadOutOfSecrets(field: String) throws {
    let bench = try Workbench()
    let text = field == "data" ? Data(alertmanager.utf8).base64EncodedString() : alertmanager
    let value = text.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n")
    try bench.write(
      "apiVersion: v1\nkind: Secret\nmetadata: {name: alertmanager-main}\n\(field):\n  alertmanager.yaml: |\n\(value)\n  tls.key: AAAA\n",
      "secret.yaml")
    let bundle = try bench.load()
    #expect(bundle.receivers == ["a", "b c"])
    #expect(bundle.alertmanager?.text == alertmanager)
  }

  @Test(arguments: ["object", "list"]) func rulesAreReadOutOfKubernetesObjects(shape: String) throws {
    let object = """
      {"apiVersion": "monitoring.coreos.com/v1", "kind": "PrometheusRule", "metadata": {"name": "r"}, "spec": {
        "groups": [{"name": "g", "rules": [{"alert": "A", "expr": "up == 0", "for": "1m", "labels": {"n": "007"}}]}]}}
      """
    let bench = try Workbench()
    try bench.write(
      shape == "list" ? "{\"kind\": \"List\", \"items\": [\n\(object), {\"kind\": \"Service\"}]}" : object, "rule.json")
    let file = try #require(try bench.load().ruleFiles.first)
    #expect(!file.isVerbatim)
    #expect(
      file.rendered == """
        groups:
        - name: "g"
          rules:
          - alert: "A"
            expr: "up == 0"
            for: "1m"
            labels:
              "n": "007"

        """)
    let rule = try #require(file.rules.first)
    #expect(rule.name == "A")
    #expect(rule.place.line == (shape == "list" ? 3 : 2))
  }

  @Test func eachDocumentOfAFileIsAnArtefact() throws {
    let bench = try Workbench()
    let object = "kind: PrometheusRule\nspec:\n  groups: [{name: g, rules: [{alert: B, expr: up}]}]\n"
    try bench.write("---\n\(rules)---\nkind: Service\n---\n\(object)---\n\(alertmanager)---\n", "all.yaml")
    let bundle = try bench.load("all.yaml")
    #expect(bundle.rules.map(\.name) == ["A", "r", "B"])
    #expect(bundle.ruleFiles.map(\.isVerbatim) == [false, false])
    #expect(bundle.receivers == ["a", "b c"])
  }

  @Test func listsThatAreNotThereAreEmpty() throws {
    let bench = try Workbench()
    try bench.write("groups:\n- name: g\n  rules:\n", "a.yaml")
    #expect(try bench.load().rules.isEmpty)
  }

  @Test(arguments: ["", "/bundle.yaml"]) func aManifestNamesItsFiles(entrance: String) throws {
    let bench = try Workbench()
    try bench.write("x-inputs: [{name: n}]\n" + rules.replacing("expr: up", with: "expr: 'up < ${n}'"), "rules/a.yaml")
    try bench.write(alertmanager, "am.yaml")
    try bench.write(rules, "unnamed.yaml")
    try bench.write(
      """
      bundle: B
      alertmanager: ../bench/am.yaml
      rules: [../bench/rules/a.yaml]
      inputs: {n: 3}
      unexpected_alerts: report
      """.replacing("../bench/", with: ""), "bundle.yaml")
    let bundle = try bench.load(entrance.isEmpty ? "" : "bundle.yaml")
    #expect(bundle.rules.map(\.expression) == ["up < 3", "x"])
    #expect(bundle.receivers == ["a", "b c"])
    #expect(bundle.unexpectedAlerts != nil)
    #expect(bundle.prometheus == nil)
    #expect(bundle.scrapeInterval == .seconds(15))
  }

  @Test func theScenariosInputsWin() throws {
    let bench = try Workbench()
    try bench.write(
      "x-inputs: [{name: n, value: 1}]\n" + rules.replacing("expr: up", with: "expr: 'up < ${n}'"), "a.yaml")
    try bench.write("bundle: B\nrules: [a.yaml]\ninputs: {n: 2}\n", "bundle.yaml")
    #expect(try bench.load().rules.first?.expression == "up < 2")
    #expect(try bench.load(inputs: ["n": "3"]).rules.first?.expression == "up < 3")
  }

  @Test(
    arguments: [
      ("bundle: B\n👉rulse: []\n", "unknown key `rulse` in a bundle", "did you mean `rules`?"),
      ("bundle: B\nrules: [👉no.yaml]\n", "there is no file /no.yaml", nil),
      ("bundle: B\nprometheus: 👉[a]\n", "a file must be a text, not a list", nil),
      ("bundle: B\nunexpected_alerts: 👉fial\n", "`unexpected_alerts` cannot be `fial`", "did you mean `fail`?"),
      ("groups: 👉{}\n", "`groups` must be a list (`- item`), not a mapping", nil),
      ("groups: [👉a]\n", "a group must be a mapping (`key: value`), not the text `a`", nil),
      ("groups: [{name: a, rules: [👉a]}]\n", "a rule must be a mapping (`key: value`), not the text `a`", nil),
      ("groups: [a\n👉", "this is not YAML: did not find expected ',' or ']'", nil),
      (
        "kind: Secret\ndata: {alertmanager.yaml: 👉'{}', tls.key: '!'}\n", "`alertmanager.yaml` is no base64",
        "encode it, or put the text itself under `stringData`"
      ),
      (
        "👉- a\n", "this is no rule file, no dashboard, no Alertmanager and no Prometheus configuration",
        "rule files have `groups` or are a PrometheusRule, Alertmanager's have `route` and `receivers`, Prometheus' have `global` or `scrape_configs`"
      ),
    ] as [(String, String, String?)])
  func placesTheFinding(text: String, message: String, advice: String?) throws {
    let bench = try Workbench()
    try bench.write(text.replacing("👉", with: ""), "bundle.yaml")
    let found = bench.findings()
    #expect(found.map(\.message) == [message])
    #expect(found.first?.advice == advice)
    let marker = try #require(text.firstRange(of: "👉"))
    let lines = text[..<marker.lowerBound].split(separator: "\n", omittingEmptySubsequences: false)
    #expect(
      found.first?.place == Place(file: "bundle.yaml", line: lines.count, column: (lines.last?.count ?? 0) + 1))
  }

  @Test func whatIsMissingIsBlamedOnWhoNamedIt() throws {
    let bench = try Workbench()
    let scenario = Place(file: "scenario.yaml", line: 1, column: 1)
    #expect(bench.findings("nothing").map(\.place) == [scenario])
    #expect(bench.findings().map(\.message) == ["the bundle  holds no rules, no dashboards and no configuration"])
    #expect(bench.findings().map(\.place) == [scenario])
  }

  @Test func aBundleHasOneConfigurationOfAKind() throws {
    let bench = try Workbench()
    for name in ["a.yaml", "b.yaml"] { try bench.write(alertmanager, name) }
    for name in ["c.yaml", "d.yaml"] { try bench.write(prometheus, name) }
    #expect(bench.findings().compactMap(\.place?.file) == ["b.yaml", "d.yaml"])
  }

  @Test func findingsOfAllFilesAreCollected() throws {
    let bench = try Workbench()
    for name in ["a.yaml", "b.yaml"] {
      try bench.write("x-inputs: []\n" + rules.replacing("expr: up", with: "expr: '${x}'"), name)
    }
    #expect(bench.findings().compactMap(\.place?.file) == ["a.yaml", "b.yaml"])
  }

  @Test(.timeLimit(.minutes(1))) func aliasesThatMultiplyAreRefused() throws {
    let bench = try Workbench()
    let levels = (1...9).map { level in
      "- &a\(level) [" + repeatElement("*a\(level - 1)", count: 10).joined(separator: ", ") + "]"
    }
    try bench.write("x-inputs: []\n" + rules + "bomb:\n- &a0 [lol]\n" + levels.joined(separator: "\n"), "a.yaml")
    #expect(bench.findings().map(\.message) == ["the file holds more than 1000000 values, its aliases written out"])
  }
}
