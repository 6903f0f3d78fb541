public import Dashboards
public import Diagnostics
import Foundation
import Reading
import Scenarios
import Signals
import Yams

/// Loads a bundle from a folder, with or without a `bundle.yaml`, or from one file; what a file is, its content says.
public struct BundleLoader: Sendable {
  private let inputs: [String: Located<String>]

  /// `inputs` are the values for the placeholders of templates; they win over those of `bundle.yaml`.
  public init(inputs: [String: Located<String>] = [:]) {
    self.inputs = inputs
  }

  /// Loads what is at `path`; `named` is where the user named it.
  public func load(_ path: String, named: Place? = nil) throws(Findings) -> Bundle {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw Findings("there is no bundle at \(path)", at: named, advice: "name a folder, a bundle.yaml or one artefact")
    }
    var loading = Loading(bundle: Bundle(path: path), inputs: inputs)
    let manifest = isFolder.boolValue ? "\(path)/bundle.yaml" : path
    if isFolder.boolValue, !FileManager.default.fileExists(atPath: manifest) {
      for file in loading.files(below: path) { loading.add(file, isNamed: false) }
    } else {
      loading.addManifestOrArtefact(manifest)
    }
    guard loading.findings.isEmpty else { throw Findings(loading.findings) }
    if loading.bundle.holdsNothing {
      throw Findings(
        "the bundle \(path) holds no rules, no dashboards and no configuration", at: named,
        advice: "put rule files, dashboards, an Alertmanager or a Prometheus configuration there")
    }
    return loading.bundle
  }
}

/// Library panels that lie beside the dashboards which use them: `UID.json` or `NAME.json`.
public func libraryPanels(beside file: String) -> DashboardReader.LibraryPanelFile {
  let folder = (file as NSString).deletingLastPathComponent
  return { uid, name in
    [uid, name].lazy.map { folder.isEmpty ? "\($0).json" : "\(folder)/\($0).json" }.compactMap { file in
      (try? String(contentsOfFile: file, encoding: .utf8)).map { ($0, file) }
    }.first
  }
}

private struct Loading {
  var bundle: Bundle
  var inputs: [String: Located<String>]
  var findings: [Finding] = []

  /// All files that could be artefacts, sorted, so that a bundle is the same on every machine.
  func files(below folder: String) -> [String] {
    let endings = [".yaml", ".yml", ".json", ".rules", ".alerts"]
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return names.filter { name in endings.contains { name.hasSuffix($0) } }.sorted().map { "\(folder)/\($0)" }
  }

  mutating func addManifestOrArtefact(_ file: String) {
    guard let text = read(file) else { return }
    if file.hasSuffix(".json"), addDashboards(text, file) { return }
    guard let (reader, roots) = compose(text, file) else { return }
    let known = [
      "bundle", "rules", "prometheus", "alertmanager", "dashboards", "data_source", "inputs", "unexpected_alerts",
    ]
    guard let root = roots.first, root.mapping?["bundle"] != nil,
      let fields = reader.fields(root, "a bundle", known: known)
    else { return add(file, isNamed: true) }
    for (name, value) in fields["inputs"].flatMap({ reader.texts($0, "`inputs`") }) ?? [:] where inputs[name] == nil {
      inputs[name] = Located(value, at: reader.place(of: root))
    }
    bundle.unexpectedAlerts = fields["unexpected_alerts"].flatMap { UnexpectedAlertsDecoder(reader: reader).policy($0) }
    let folder = (file as NSString).deletingLastPathComponent
    for key in ["prometheus", "alertmanager"] {
      if let node = fields[key] { addNamed(node, folder, reader) }
    }
    for key in ["rules", "dashboards"] {
      for node in fields[key].flatMap({ reader.list($0, "`\(key)`") }) ?? [] { addNamed(node, folder, reader) }
    }
    let dataSource = fields["data_source"].flatMap { reader.fields($0, "`data_source`", known: ["interval"]) }
    bundle.dataSourceInterval = dataSource?["interval"].flatMap { reader.positive($0, "`interval`") }
    findings += reader.findings
  }

  private mutating func addNamed(_ node: Node, _ folder: String, _ reader: YAMLReader) {
    guard let name = reader.text(node, "a file") else { return }
    let path = name.hasPrefix("/") || folder.isEmpty ? name : "\(folder)/\(name)"
    guard FileManager.default.fileExists(atPath: path) else {
      return reader.report("there is no file \(path)", at: node)
    }
    add(path, isNamed: true)
  }

  mutating func add(_ file: String, isNamed: Bool) {
    guard let text = read(file) else { return }
    let hasDashboards = addDashboards(text, file)
    // A file of JSON is one artefact; dashboards are too large to be read as YAML too.
    if hasDashboards, file.hasSuffix(".json") { return }
    guard let (reader, roots) = compose(text, file) else { return }
    add(roots, text, reader, isNamed: isNamed && !hasDashboards)
  }

  /// Adds the dashboards of a file, whatever they are wrapped in; whether there were any, or what was to be some.
  private mutating func addDashboards(_ text: String, _ file: String) -> Bool {
    let found = DashboardReader(inputs: inputs.mapValues(\.value), libraryPanel: libraryPanels(beside: file))
      .read(text, file: file)
    bundle.dashboards += found.dashboards
    let (errors, others) = (
      found.findings.filter { $0.severity == .error }, found.findings.filter { $0.severity != .error }
    )
    findings += errors
    bundle.warnings += others
    return !found.dashboards.isEmpty || !errors.isEmpty
  }

  private mutating func read(_ file: String) -> String? {
    if let text = try? String(contentsOfFile: file, encoding: .utf8) { return text }
    findings.append(Finding(.error, "cannot read \(file)"))
    return nil
  }

  private mutating func compose(_ text: String, _ file: String) -> (YAMLReader, [Node])? {
    let reader = YAMLReader(file: file)
    let roots = reader.composeAll(text)
    guard !roots.isEmpty else {
      findings += reader.findings
      return nil
    }
    return (reader, roots)
  }

  /// Each document of a file is an artefact of its own, or none.
  private mutating func add(_ roots: [Node], _ text: String, _ reader: YAMLReader, isNamed: Bool) {
    var isArtefact = false
    for root in roots where add(root, roots.count == 1 ? text : nil, reader) { isArtefact = true }
    if isNamed, !isArtefact {
      reader.report(
        "this is no rule file, no dashboard, no Alertmanager and no Prometheus configuration", at: roots[0],
        advice:
          "rule files have `groups` or are a PrometheusRule, Alertmanager's have `route` and `receivers`, Prometheus' have `global` or `scrape_configs`"
      )
    }
    findings += reader.findings
  }

  /// Sorts a document by its top-level keys; `text` is the file's, nil where the document is one of several.
  private mutating func add(_ root: Node, _ text: String?, _ reader: YAMLReader) -> Bool {
    let keys = Set(root.mapping?.keys.compactMap { $0.scalar?.string } ?? [])
    let ruleObjects = Self.ruleObjects(root)
    let secrets = addSecrets(root, reader)
    if keys.contains("groups") {
      addRules(root, text, reader)
    } else if !ruleObjects.isEmpty {
      for spec in ruleObjects { addRules(spec, nil, reader) }
    } else if keys.contains("route"), keys.contains("receivers") {
      addAlertmanager(root, text ?? Bundles.text(of: root), reader)
    } else if keys.contains("scrape_configs") || keys.contains("global") || keys.contains("alerting") {
      addPrometheus(root, text ?? Bundles.text(of: root), reader)
    } else {
      return secrets
    }
    return true
  }

  /// Adds the Alertmanager configurations that Kubernetes Secrets hold; whether there were any, or what was to be one. What is wrong inside of one is told under
  /// the file's name and the key.
  private mutating func addSecrets(_ root: Node, _ reader: YAMLReader) -> Bool {
    var found = false
    let before = reader.findings.count
    for (key, text) in SecretReader(reader: reader).texts(in: root) {
      let inner = YAMLReader(file: "\(reader.file)#\(key)")
      let roots = inner.composeAll(text)
      if let root = roots.first, root.mapping?["route"] != nil, root.mapping?["receivers"] != nil {
        addAlertmanager(root, text, inner)
        found = true
      }
      if found || roots.isEmpty { findings += inner.findings }
    }
    return found || reader.findings.count > before
  }

  /// The specs of a Kubernetes `PrometheusRule`, or of those in a list of objects; they are what a rule file is.
  private static func ruleObjects(_ object: Node) -> [Node] {
    switch object.mapping?["kind"]?.scalar?.string {
    case "PrometheusRule"?: [object.mapping?["spec"]].compactMap { $0 }
    case let kind? where kind.hasSuffix("List"): object.mapping?["items"]?.sequence?.flatMap(ruleObjects) ?? []
    default: []
    }
  }

  private mutating func addRules(_ root: Node, _ text: String?, _ reader: YAMLReader) {
    guard let file = RuleFileReader(reader: reader, inputs: inputs).ruleFile(root, text: text) else { return }
    bundle.ruleFiles.append(file)
  }

  private mutating func addAlertmanager(_ root: Node, _ text: String, _ reader: YAMLReader) {
    if let other = bundle.alertmanager {
      return reader.report("the bundle has two Alertmanager configurations, this and \(other.file)", at: root)
    }
    bundle.alertmanager = Bundle.Document(file: reader.file, text: text)
    bundle.receivers =
      reader.fields(root, "the configuration")?["receivers"].flatMap { reader.list($0, "`receivers`") }?
      .compactMap { $0.mapping?["name"]?.scalar?.string } ?? []
  }

  private mutating func addPrometheus(_ root: Node, _ text: String, _ reader: YAMLReader) {
    if let other = bundle.prometheus {
      return reader.report("the bundle has two Prometheus configurations, this and \(other.file)", at: root)
    }
    bundle.prometheus = Bundle.Document(file: reader.file, text: text)
    let global = reader.fields(root, "the configuration")?["global"].flatMap { reader.fields($0, "`global`") }
    // Prometheus' own defaults are a minute.
    bundle.scrapeInterval =
      global?["scrape_interval"].flatMap { reader.duration($0, "`scrape_interval`") } ?? .seconds(60)
    bundle.evaluationInterval =
      global?["evaluation_interval"].flatMap { reader.duration($0, "`evaluation_interval`") } ?? .seconds(60)
  }
}
