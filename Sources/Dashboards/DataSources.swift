/// A data source that a dashboard may name.
public struct DataSource: Sendable, Hashable {
  public var name: String
  public var uid: String
  /// The plugin id.
  public var type: String
  /// "Scrape interval" of its settings (`jsonData.timeInterval`); nil means 15s.
  public var timeInterval: String?

  /// Creates a data source.
  public init(name: String, uid: String, type: String, timeInterval: String? = nil) {
    self.name = name
    self.uid = uid
    self.type = type
    self.timeInterval = timeInterval
  }

  /// Whether queries to it are PromQL that a Prometheus answers.
  public var isPrometheus: Bool { Self.prometheusTypes.contains(type) }

  /// The plugins that send PromQL. [Grafana: plugins of Amazon's and Azure's managed Prometheus]
  static let prometheusTypes: Set<String> = [
    "prometheus", "grafana-amazonprometheus-datasource", "grafana-azureprometheus-datasource", "mimir",
  ]

  /// Plugin ids that old dashboards also use as names; a reference that is one of these says what it is.
  static let knownTypes: Set<String> = [
    "alertmanager", "camptocamp-prometheus-alertmanager-datasource", "cloudwatch", "elasticsearch",
    "grafana-azure-monitor-datasource", "grafana-clickhouse-datasource", "grafana-opensearch-datasource",
    "grafana-postgresql-datasource", "grafana-pyroscope-datasource", "grafana-testdata-datasource", "graphite",
    "influxdb", "jaeger", "loki", "mssql", "mysql", "opensearch", "opentsdb", "parca", "postgres", "stackdriver",
    "tempo", "testdata", "yesoreyeram-infinity-datasource", "zipkin",
  ]
}

/// The data sources that a dashboard is looked at with.
public struct DataSources: Sendable {
  public var known: [DataSource]
  /// What null, `default` and panels without a data source mean: the uid of one of the known.
  public var defaultUID: String
  /// Whether a name or uid that is not known is taken for a data source of the site the dashboard comes from: of the
  /// type that its reference, its variable or its queries say. Otherwise it is unresolved, as it is in a Grafana that
  /// does not have it.
  public var assumesUnknown: Bool

  /// Creates the set; without arguments one Prometheus, the default, that also stands for names that are not known.
  public init(
    known: [DataSource] = [DataSource(name: "Prometheus", uid: "prometheus", type: "prometheus")],
    defaultUID: String = "prometheus", assumesUnknown: Bool = true
  ) {
    self.known = known
    self.defaultUID = defaultUID
    self.assumesUnknown = assumesUnknown
  }

  /// The data source of a uid or, failing that, of a name. [Grafana: datasource_srv.ts]
  public func named(_ name: String) -> DataSource? {
    known.first { $0.uid == name } ?? known.first { $0.name == name }
  }

  /// What queries without a data source go to.
  public var standard: DataSource? { named(defaultUID) ?? known.first }

  /// The first data source of a plugin, the default one before others.
  func first(ofType type: String) -> DataSource? {
    if let standard, standard.type == type { return standard }
    return known.first { $0.type == type }
  }

  /// The Prometheus that stands for those that are not known.
  var prometheus: DataSource? {
    if let standard, standard.isPrometheus { return standard }
    return known.first(where: \.isPrometheus)
  }
}
