import Dashboards
import Diagnostics

/// What the tests look at dashboards with: 2023-11-14 22:13:20 UTC, the last hour, 770 points a panel.
enum Given {
  static let now: Int64 = 1_700_000_000_000

  static func settings(range: String? = "1h", timeInterval: String? = nil, points: Int? = 770) -> QuerySettings {
    let prometheus = DataSource(name: "Prometheus", uid: "prometheus", type: "prometheus", timeInterval: timeInterval)
    return QuerySettings(
      now: now, range: range, maxDataPoints: points, dataSources: DataSources(known: [prometheus]))
  }

  /// A v1 dashboard of these members, and of the rest that makes it one.
  static func dashboard(_ members: String, reader: DashboardReader = DashboardReader()) -> Dashboard? {
    reader.read(#"{"title": "T", "schemaVersion": 41, \#(members)}"#, file: "d.json").dashboards.first
  }

  /// A dashboard of one panel of one target.
  static func panel(target: String, panel: String = "", variables: String = "") -> Dashboard? {
    dashboard(
      """
      "panels": [{"id": 1, "type": "timeseries", "title": "P"\(panel), "targets": [{"refId": "A"\(target)}]}],
      "templating": {"list": [\(variables)]}
      """)
  }
}

extension Dashboard {
  /// The queries with the stored values of the variables, or what the source answers.
  func planned(
    _ settings: QuerySettings = Given.settings(), overrides: [String: [String]] = [:],
    source: (any VariableSource)? = nil
  ) async -> DashboardQueries {
    let variables = await VariableResolver(self, settings: settings, overrides: overrides, source: source).resolve()
    return queries(settings: settings, variables: variables)
  }

  func firstQuery(
    _ settings: QuerySettings = Given.settings(), overrides: [String: [String]] = [:],
    source: (any VariableSource)? = nil
  ) async -> Query? {
    await planned(settings, overrides: overrides, source: source).panels.first { !$0.queries.isEmpty }?.queries.first
  }

  func variable(
    _ name: String, settings: QuerySettings = Given.settings(), overrides: [String: [String]] = [:],
    source: (any VariableSource)? = nil
  ) async -> ResolvedVariable? {
    let resolved = await VariableResolver(self, settings: settings, overrides: overrides, source: source).resolve()
    return resolved.variables.first { $0.name == name }
  }
}

/// Answers every request alike.
struct Answers: VariableSource {
  var answer: VariableAnswer

  func answer(_ request: VariableRequest) async throws -> VariableAnswer { answer }
}
