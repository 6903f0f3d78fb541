public import Diagnostics
import Reading

/// What a file gave: its dashboards, and what is wrong with them.
public struct DashboardFile: Sendable {
  public var dashboards: [Dashboard]
  public var findings: [Finding]

  /// Creates what a file gave.
  public init(dashboards: [Dashboard], findings: [Finding]) {
    self.dashboards = dashboards
    self.findings = findings
  }
}

/// Reads dashboards out of whatever file they ship in. Does no I/O.
///
/// Recognised by content: dashboards of every generation, exports of the HTTP API, Kubernetes resources
/// (`dashboard.grafana.app`, `GrafanaDashboard`, `ConfigMap` and lists of them), jsonnet output; JSON or YAML of one or
/// many documents.
public struct DashboardReader: Sendable {
  /// The text and the name of the file of a library panel, by its uid or name.
  public typealias LibraryPanelFile = @Sendable (_ uid: String, _ name: String) -> (text: String, file: String)?

  /// Values for `${NAME}`, textually put in before anything else, as an import does; inputs that are not given take
  /// their default.
  public var inputs: [String: String]
  public var dataSources: DataSources
  public var libraryPanel: LibraryPanelFile

  /// Creates a reader; without `libraryPanel` only those library panels are known that an export brings along.
  public init(
    inputs: [String: String] = [:], dataSources: DataSources = DataSources(),
    libraryPanel: @escaping LibraryPanelFile = { _, _ in nil }
  ) {
    self.inputs = inputs
    self.dataSources = dataSources
    self.libraryPanel = libraryPanel
  }

  /// The dashboards of a file. A file that is something else gives none and no finding; one that claims to be a
  /// dashboard and cannot be read gives an error.
  public func read(_ text: String, file: String) -> DashboardFile {
    var search = DocumentSearch(file: file)
    search.search(text)
    var result = DashboardFile(dashboards: [], findings: search.findings)
    for document in search.found {
      var normalizer = Normalizer(document, reader: self)
      let dashboard = normalizer.dashboard()
      result.dashboards.append(dashboard)
      result.findings += normalizer.findings
    }
    return result
  }
}
