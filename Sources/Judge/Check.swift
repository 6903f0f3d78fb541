public import Diagnostics
public import Events
public import Scenarios

/// One demand of a scenario that will get a verdict: a clause of an expectation, or the sweep for unexpected alerts.
public struct Check: Sendable {
  /// Stable from run to run and unique in the scenario: `alert HighMemoryUsage firing`, ` #2` for its namesake.
  public var id: String
  public var place: Place
  public var demand: Demand
  /// From this virtual time on the verdict can no longer change for the worse or the better.
  public var decidableAt: Duration

  /// What is demanded.
  public enum Demand: Sendable {
    case pending(AlertExpectation, Window)
    case firing(AlertExpectation, Window)
    case resolved(AlertExpectation, Window)
    case notified(AlertExpectation, NotifiedExpectation)
    case never(AlertExpectation, AlertExpectation.Never)
    case query(QueryExpectation)
    case target(TargetExpectation)
    case notifications(NotificationsExpectation)
    case dashboard(DashboardDemand)
    case panel(PanelDemand)
    /// `mentions` are the expectations that excuse an alert: all but those which only say `never`.
    case unexpectedAlerts(UnexpectedAlerts, mentions: [AlertExpectation])
  }

  /// The alert that it is about.
  public var alertName: String? {
    switch demand {
    case .pending(let alert, _), .firing(let alert, _), .resolved(let alert, _), .notified(let alert, _),
      .never(let alert, _):
      alert.name.value
    default: nil
    }
  }

  /// Creates a check.
  public init(id: String, place: Place, demand: Demand, decidableAt: Duration) {
    self.id = id
    self.place = place
    self.demand = demand
    self.decidableAt = decidableAt
  }
}

/// What was seen of a running scenario, all of it up to the moment of judging.
public struct Observations: Sendable {
  public var transitions: [AlertTransition]
  public var notifications: [Notification]
  /// Answers to the `query` checks by check id.
  public var queries: [String: QueryAnswer]
  /// Samples of `up` of each instance, in time order.
  public var health: [InstanceSelector: [HealthSample]]
  /// Panels of the `panel` checks by check id.
  public var panels: [String: PanelResult]
  /// Problems of the `dashboard` checks by check id.
  public var dashboards: [String: [String]]
  /// Values of an alert's expression around its windows by alert name, as lines for a person.
  public var expressionValues: [String: [String]]

  /// The answer of a real Prometheus to an instant query.
  public enum QueryAnswer: Sendable {
    /// A scalar is a sample without labels.
    case samples([Sample])
    case error(String)
  }

  /// One sample of an instant vector; `labels` hold `__name__` where the series has a name.
  public struct Sample: Sendable, Hashable {
    public var labels: [String: String]
    public var value: Double

    /// Creates a sample.
    public init(labels: [String: String], value: Double) {
      self.labels = labels
      self.value = value
    }
  }

  /// One scrape of a target.
  public struct HealthSample: Sendable, Hashable {
    public var at: Duration
    public var up: Bool

    /// Creates a sample.
    public init(at: Duration, up: Bool) {
      self.at = at
      self.up = up
    }
  }

  /// Creates observations.
  public init(
    transitions: [AlertTransition] = [], notifications: [Notification] = [], queries: [String: QueryAnswer] = [:],
    health: [InstanceSelector: [HealthSample]] = [:], panels: [String: PanelResult] = [:],
    dashboards: [String: [String]] = [:],
    expressionValues: [String: [String]] = [:]
  ) {
    self.transitions = transitions
    self.notifications = notifications
    self.queries = queries
    self.health = health
    self.panels = panels
    self.dashboards = dashboards
    self.expressionValues = expressionValues
  }
}
