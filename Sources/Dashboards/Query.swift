public import Diagnostics
package import Reading

/// What a dashboard sends when it is opened.
public struct DashboardQueries: Sendable {
  /// In the order of the dashboard's panels; a repeated panel once for each of its values.
  public var panels: [PanelQueries]
  public var annotations: [Query]
  public var findings: [Finding]
}

/// The queries of one panel, or of one of its copies.
public struct PanelQueries: Sendable {
  public var panel: Panel
  /// The titles of panel and rows with their variables put in; rows from the outer to the inner, ` / ` between them.
  public var title: String
  public var row: String?
  /// The values that the panel and the rows around it are repeated for, the outermost first.
  public var repeats: [RepeatValue]
  /// The panel's own range, after its time overrides.
  public var range: TimeRange
  /// Every target gives at least one.
  public var queries: [Query]
  /// The panel's model with its variables put in as their texts, for who draws it.
  package var modelToDraw: @Sendable () -> JSON
}

/// One value of a variable that something is repeated for.
public struct RepeatValue: Sendable, Hashable {
  public var variable: String
  public var value: String
  public var text: String
}

/// One query of a target, or of an annotation.
public struct Query: Sendable {
  /// `A`; the instant one of two `A-Instant`; of an annotation `X`.
  public var refId: String
  /// A target's letter, or an annotation's name.
  public var name: String
  public var place: Place
  /// As written.
  public var expr: String?
  public var exprPlace: Place?
  public var outcome: Outcome

  public enum Outcome: Sendable, Hashable {
    case sent(QueryRequest)
    case silent(Silence)
  }

  /// The request; nil where nothing is sent.
  public var request: QueryRequest? { if case .sent(let request) = outcome { request } else { nil } }
}

/// Why nothing is sent for a target.
public enum Silence: Error, Sendable, Hashable {
  /// It is hidden, or its annotation is disabled.
  case hidden
  /// It has no expression.
  case empty
  /// It goes elsewhere; never `.prometheus`.
  case elsewhere(DataSourceResolution)
  /// The panel as a whole sends nothing, for this reason.
  case panel(String)
  /// Grafana answers with an error of its own.
  case invalid(String)

  /// A sentence without a full stop.
  public var reason: String {
    switch self {
    case .hidden: "it is hidden"
    case .empty: "it has no expression"
    case .elsewhere(let resolution): resolution.reason ?? "it goes elsewhere"
    case .panel(let reason): reason
    case .invalid(let reason): reason
    }
  }
}

extension Silence {
  static func noStep(_ error: NoTime) -> Silence {
    .invalid("`\(error.text)` is not a duration that can be its min step")
  }
}

/// A request to Prometheus, as Grafana would send it. [Grafana: pkg/promlib/models/query.go,
/// pkg/promlib/client/client.go]
public struct QueryRequest: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// `/api/v1/query_range`
    case range
    /// `/api/v1/query` at `end`
    case instant
    /// A range query whose answer becomes events.
    case annotation
  }

  public var kind: Kind
  public var dataSource: DataSource
  /// All variables put in; those that nobody knows stay as they are.
  public var expr: String
  /// With its variables put in; `{{label}}` is for who reads the answer.
  public var legendFormat: String?
  public var format: Target.Format
  /// Nanoseconds since the epoch; aligned to the step but for an instant query, where both are the end of the range.
  public var start: Int64
  public var end: Int64
  /// Nanoseconds.
  public var step: Int64
  /// What `$__interval` and `$__rate_interval` stood for.
  public var interval: String
  public var rateInterval: String
  /// Whether exemplars are asked for too.
  public var wantsExemplars: Bool
  /// Sent although hidden, because an expression of the panel may need it; its answer is not shown.
  public var isHidden: Bool

  /// The parameters as they are sent: decimal seconds.
  public var startText: String { Self.seconds(start) }
  public var endText: String { Self.seconds(end) }
  public var stepText: String { Self.seconds(step) }

  /// Through a floating-point number, as Grafana's back end writes them.
  private static func seconds(_ nanoseconds: Int64) -> String {
    let seconds = Double(nanoseconds) / 1e9
    return Int64(exactly: seconds).map(String.init) ?? "\(seconds)"
  }
}
