import Reading

/// Where a query goes.
public enum DataSourceResolution: Sendable, Hashable {
  case prometheus(DataSource)
  /// Another plugin, by its id.
  case other(type: String)
  /// Grafana's own: random walk, annotations, live measurements.
  case grafana
  /// The answers of another panel of the dashboard.
  case dashboard(panel: Int?)
  /// Computed by Grafana of the answers of other targets.
  case expression
  /// A variable or input that has no value, as `${DS_PROMETHEUS}`.
  case unresolved(String)
  /// A name or uid that no data source has.
  case unknown(String)

  /// Why no PromQL is sent, in a sentence; nil where it is.
  public var reason: String? {
    switch self {
    case .prometheus: nil
    case .other(let type): "its data source is of the type `\(type)`, not Prometheus"
    case .grafana: "its data source is Grafana itself"
    case .dashboard(let panel?): "it shows the answers of panel \(panel)"
    case .dashboard(nil): "it shows the answers of another panel"
    case .expression: "it is an expression, which Grafana computes of other answers"
    case .unresolved(let text): "its data source `\(text)` has no value"
    case .unknown(let name): "no data source has the name or uid `\(name)`"
    }
  }
}

/// Resolves references to data sources. [Grafana: datasource_srv.ts; Scenes: querying/SceneQueryRunner.ts]
struct DataSourceResolver {
  let sources: DataSources
  let variable: (_ name: String) -> ResolvedVariable?

  /// A target's own reference counts only in a mixed panel and for expressions; else the panel's, and where that has
  /// none that of its first target.
  func resolve(_ target: Target, in panel: Panel) -> DataSourceResolution {
    if let own = target.dataSource, Self.isExpression(own) { return .expression }
    let first = panel.targets.lazy.compactMap(\.dataSource).first { !Self.isExpression($0) }
    let shared = panel.dataSource ?? first
    let reference = shared.map { Self.isMixed($0) } == true ? target.dataSource : shared
    return resolve(reference, hint: target.model)
  }

  /// `hint` is a target whose fields say what they are for, where the reference does not.
  func resolve(_ reference: DataSourceRef?, hint: JSON?) -> DataSourceResolution {
    guard let reference, !Self.isMixed(reference) else { return standard(hint) }
    if let builtIn = builtIn(reference, hint) { return builtIn }
    guard let written = reference.uid else { return assumed(type: reference.type, name: nil, hint) }
    var (name, plugin): (String, String?) = (written, nil)
    let names = ReferenceScanner.names(in: written)
    if let first = names.first {
      let found = names.map(variable)
      guard found.allSatisfy({ $0?.value != nil }) else { return .unresolved(written) }
      name = Interpolator { variable($0)?.firstValue }.interpolate(written, .format("raw"))
      plugin = names.count == 1 ? variable(first)?.plugin : nil
    }
    if name.isEmpty || name == "default" { return standard(hint) }
    if let builtIn = builtIn(DataSourceRef(type: nil, uid: name, place: reference.place), hint) { return builtIn }
    if let source = sources.named(name) { return resolution(of: source) }
    return assumed(type: plugin ?? reference.type, name: name, hint)
  }

  // MARK: - What is not a data source of its own

  private static func isMixed(_ reference: DataSourceRef) -> Bool {
    reference.uid == "-- Mixed --" || reference.type == "mixed"
  }

  private static func isExpression(_ reference: DataSourceRef) -> Bool {
    if reference.type == "__expr__" { return true }
    return ["__expr__", "-100", "Expression"].contains(reference.uid)
  }

  private func builtIn(_ reference: DataSourceRef, _ hint: JSON?) -> DataSourceResolution? {
    if Self.isExpression(reference) { return .expression }
    if reference.uid == "-- Dashboard --" { return .dashboard(panel: hint?["panelId"]?.int) }
    if reference.uid == "-- Grafana --" || reference.type == "grafana" { return .grafana }
    let isNamed = reference.uid == "grafana" && (reference.type == nil || reference.type == "datasource")
    return isNamed || reference.type == "datasource" ? .grafana : nil
  }

  // MARK: - Data sources

  private func resolution(of source: DataSource) -> DataSourceResolution {
    source.isPrometheus ? .prometheus(source) : .other(type: source.type)
  }

  private func standard(_ hint: JSON?) -> DataSourceResolution {
    guard let source = sources.standard else { return .unknown("default") }
    if sources.assumesUnknown, let type = hint.flatMap(Self.foreignType) { return .other(type: type) }
    return resolution(of: source)
  }

  /// A data source that is not known: what its type, its name or the fields of the target say.
  private func assumed(type: String?, name: String?, _ hint: JSON?) -> DataSourceResolution {
    if let type, !DataSource.prometheusTypes.contains(type) { return .other(type: type) }
    if name == nil, let type, let source = sources.first(ofType: type) { return .prometheus(source) }
    guard sources.assumesUnknown, let prometheus = sources.prometheus else { return .unknown(name ?? type ?? "") }
    if type != nil { return .prometheus(prometheus) }
    let lowered = name?.lowercased() ?? ""
    if DataSource.knownTypes.contains(lowered) { return .other(type: lowered) }
    if lowered.contains("loki") || hint?["expr"]?.string.map(Self.looksLikeLogQL) == true {
      return .other(type: "loki")
    }
    if let type = hint.flatMap(Self.foreignType) { return .other(type: type) }
    return .prometheus(prometheus)
  }

  private static func looksLikeLogQL(_ text: String) -> Bool {
    ["|=", "|~", "} | json", "} | logfmt", "} != \"", "}|json"].contains(where: text.utf8.holds)
  }

  /// The plugin whose queries have these fields.
  private static func foreignType(_ target: JSON) -> String? {
    if nonEmpty(target["expr"]) != nil { return nil }
    if target["rawSql"] != nil { return "sql" }
    if target["measurement"] != nil || (target["query"] != nil && target.has("rawQuery")) { return "influxdb" }
    if target["bucketAggs"] != nil || target["metrics"]?.isArray == true { return "elasticsearch" }
    if target["dimensions"] != nil || (target["metricName"] != nil && target["namespace"] != nil) {
      return "cloudwatch"
    }
    return target["target"]?.string?.isEmpty == false ? "graphite" : nil
  }
}

extension ResolvedVariable {
  /// A data source that many are selected for is the first of them.
  fileprivate var firstValue: VariableValue? { VariableValue(selected.first?.value ?? "") }
}

extension ResolvedVariables {
  func lookup(row: Int?, in dashboard: Dashboard) -> (String) -> ResolvedVariable? {
    { variable($0, row: row, in: dashboard) }
  }
}
