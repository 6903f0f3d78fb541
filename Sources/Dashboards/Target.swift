public import Diagnostics
package import Reading

/// One query of a panel, as written.
public struct Target: Sendable {
  /// Given a free letter where the file has none, as Grafana does.
  public var refId: String
  public var place: Place
  public var expr: String?
  public var exprPlace: Place?
  /// nil, `__auto` or a template such as `{{pod}}`.
  public var legendFormat: String?
  public var format: Format
  /// The "min step"; may hold variables.
  public var interval: String?
  /// The deprecated factor of the step; 1 where absent or 0.
  public var intervalFactor: Int
  public var isHidden: Bool
  public var isRange: Bool
  public var isInstant: Bool
  public var wantsExemplars: Bool
  public var dataSource: DataSourceRef?
  package var model: JSON

  /// The shape that the answer is brought into; never changes the query.
  public enum Format: String, Sendable, CaseIterable {
    case timeSeries = "time_series"
    case table
    case heatmap
  }
}

/// A reference to a data source, as written.
public struct DataSourceRef: Sendable, Hashable {
  /// The plugin id, where the reference says it.
  public var type: String?
  /// The uid, or in old dashboards the name; may be a variable; nil where only the type is given.
  public var uid: String?
  public var place: Place

  /// Creates a reference.
  public init(type: String?, uid: String?, place: Place) {
    self.type = type
    self.uid = uid
    self.place = place
  }
}

/// A query whose answer is drawn as events over all panels.
public struct Annotation: Sendable {
  public var name: String
  public var place: Place
  public var isEnabled: Bool
  /// Grafana's own annotations and alerts.
  public var isBuiltIn: Bool
  public var dataSource: DataSourceRef?
  public var expr: String?
  public var exprPlace: Place?
  /// The min step; Grafana takes 60s where there is none.
  public var step: String?
  package var model: JSON
}
