public import Dashboards
public import Diagnostics
public import Scenarios

/// The artefacts under test as they ship.
public struct Bundle: Sendable {
  /// The folder or file that was named.
  public var path: String
  public var ruleFiles: [RuleFile] = []
  public var dashboards: [Dashboard] = []
  /// The "Scrape interval" of Grafana's data source (`jsonData.timeInterval`); nil: not set, which Grafana takes for 15 s.
  public var dataSourceInterval: Duration?
  /// What is doubtful in it, and no reason not to use it.
  public var warnings: [Finding] = []
  /// nil: the bundle ships none, and a plain one is written.
  public var prometheus: Document?
  public var alertmanager: Document?
  public var unexpectedAlerts: UnexpectedAlerts?
  /// `global.scrape_interval` and `global.evaluation_interval` as shipped; 15 s where no Prometheus configuration is.
  public var scrapeInterval = Duration.seconds(15)
  public var evaluationInterval = Duration.seconds(15)
  /// Names of the Alertmanager's receivers.
  public var receivers: [String] = ["default"]

  /// A shipped configuration file.
  public struct Document: Sendable {
    public var file: String
    public var text: String
  }

  /// Every rule of the bundle, in order.
  public var rules: [Rule] { ruleFiles.flatMap(\.rules) }

  var holdsNothing: Bool { ruleFiles.isEmpty && dashboards.isEmpty && alertmanager == nil && prometheus == nil }

  /// The numbers of the dashboards that a name stands for: a title, a uid or a file's name; `all` is every one.
  public func dashboards(named name: String) -> [Int] {
    if name == "all" { return Array(dashboards.indices) }
    return dashboards.indices.filter { index in
      let dashboard = dashboards[index]
      let file = dashboard.file.split(separator: "/").last.map(String.init) ?? ""
      return [dashboard.title, dashboard.uid, file, file.split(separator: ".").first.map(String.init)].contains(name)
    }
  }

  /// Whether the bundle has an alert of this name.
  public func hasAlert(_ name: String) -> Bool { rules.contains { $0.kind == .alert && $0.name == name } }
}

/// A rule file, rendered where it was a template.
public struct RuleFile: Sendable {
  /// Where it ships.
  public var file: String
  /// What Prometheus is given.
  public var rendered: String
  /// Whether `rendered` has the lines of `file`.
  public var isVerbatim: Bool
  public var rules: [Rule]
}

/// One rule and where it was written.
public struct Rule: Sendable {
  /// What it makes.
  public enum Kind: Sendable {
    case alert
    case recording
  }

  public var group: String
  /// Its number in the group, from 1, as promtool counts.
  public var number: Int
  public var kind: Kind
  public var name: String
  /// As Prometheus is given it.
  public var expression: String
  public var place: Place
}
