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
    if loading.bundle.ruleFiles.isEmpty, loading.bundle.alertmanager == nil, loading.bundle.prometheus == nil {
      throw Findings(
        "the bundle \(path) holds no rules and no configuration", at: named,
        advice: "put rule files, an Alertmanager or a Prometheus configuration there")
    }
    return loading.bundle
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
    guard let (reader, root, text) = compose(file) else { return }
    let known = ["bundle", "rules", "prometheus", "alertmanager", "inputs", "unexpected_alerts"]
    guard root.mapping?["bundle"] != nil, let fields = reader.fields(root, "a bundle", known: known) else {
      return add(root, text, reader, isNamed: true)
    }
    for (name, value) in fields["inputs"].flatMap({ reader.texts($0, "`inputs`") }) ?? [:] where inputs[name] == nil {
      inputs[name] = Located(value, at: reader.place(of: root))
    }
    bundle.unexpectedAlerts = fields["unexpected_alerts"].flatMap { UnexpectedAlertsDecoder(reader: reader).policy($0) }
    let folder = (file as NSString).deletingLastPathComponent
    for key in ["prometheus", "alertmanager"] {
      if let node = fields[key] { addNamed(node, folder, reader) }
    }
    for node in fields["rules"].flatMap({ reader.list($0, "`rules`") }) ?? [] { addNamed(node, folder, reader) }
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
    guard let (reader, root, text) = compose(file) else { return }
    add(root, text, reader, isNamed: isNamed)
  }

  private mutating func compose(_ file: String) -> (YAMLReader, Node, String)? {
    let reader = YAMLReader(file: file)
    guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
      findings.append(Finding(.error, "cannot read \(file)"))
      return nil
    }
    guard let root = reader.compose(text) else {
      findings += reader.findings
      return nil
    }
    return (reader, root, text)
  }

  /// Sorts a document by its top-level keys.
  private mutating func add(_ root: Node, _ text: String, _ reader: YAMLReader, isNamed: Bool) {
    let keys = Set(root.mapping?.keys.compactMap { $0.scalar?.string } ?? [])
    if keys.contains("groups") {
      if let file = RuleFileReader(reader: reader, inputs: inputs).ruleFile(root, text: text) {
        bundle.ruleFiles.append(file)
      }
    } else if keys.contains("route"), keys.contains("receivers") {
      addAlertmanager(root, text, reader)
    } else if keys.contains("scrape_configs") || keys.contains("global") || keys.contains("alerting") {
      addPrometheus(root, text, reader)
    } else if isNamed {
      reader.report(
        "this is no rule file, no Alertmanager and no Prometheus configuration", at: root,
        advice:
          "rule files have `groups`, Alertmanager's have `route` and `receivers`, Prometheus' have `global` or `scrape_configs`"
      )
    }
    findings += reader.findings
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
