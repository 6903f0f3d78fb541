public import Diagnostics

/// One entry of `expect:`; each clause of it becomes one check.
public struct Expectation: Sendable {
  public var place: Place
  public var kind: Kind

  /// What is expected.
  public enum Kind: Sendable {
    case alert(AlertExpectation)
    case query(QueryExpectation)
    case target(TargetExpectation)
    case notifications(NotificationsExpectation)
    case dashboard(DashboardExpectation)
  }

  /// Creates an expectation.
  public init(place: Place, kind: Kind) {
    self.place = place
    self.kind = kind
  }
}

/// A closed span of virtual time.
public struct Window: Hashable, Sendable {
  public var from: Duration
  public var to: Duration

  /// Creates a window.
  public init(from: Duration, to: Duration) {
    self.from = from
    self.to = to
  }

  /// Whether a moment lies inside.
  public func contains(_ moment: Duration) -> Bool { from <= moment && moment <= to }
}

/// A text that must be equal, or match a regular expression anywhere (`/.../`).
public enum TextPattern: Hashable, Sendable {
  case exact(String)
  case regex(String)
}

/// `alert: NAME` with its clauses.
public struct AlertExpectation: Sendable {
  public var name: Located<String>
  /// A subset of the alert's labels, unless `exactLabels`.
  public var labels: [String: TextPattern]
  public var annotations: [String: TextPattern]
  public var exactLabels: Bool
  public var pending: Located<Window>?
  public var firing: Located<Window>?
  public var resolved: Located<Window>?
  public var notified: Located<NotifiedExpectation>?
  public var never: Located<Never>?

  /// What must never happen.
  public enum Never: String, Sendable, CaseIterable {
    case pending
    case firing
    case notified
  }

  /// Creates an expectation.
  public init(
    name: Located<String>, labels: [String: TextPattern] = [:], annotations: [String: TextPattern] = [:],
    exactLabels: Bool = false, pending: Located<Window>? = nil, firing: Located<Window>? = nil,
    resolved: Located<Window>? = nil, notified: Located<NotifiedExpectation>? = nil, never: Located<Never>? = nil
  ) {
    self.name = name
    self.labels = labels
    self.annotations = annotations
    self.exactLabels = exactLabels
    self.pending = pending
    self.firing = firing
    self.resolved = resolved
    self.notified = notified
    self.never = never
  }
}

/// That a receiver gets an alert.
public struct NotifiedExpectation: Sendable {
  /// nil: any receiver.
  public var receiver: Located<String>?
  public var within: Window
  public var annotations: [String: TextPattern]

  /// Creates an expectation.
  public init(receiver: Located<String>?, within: Window, annotations: [String: TextPattern] = [:]) {
    self.receiver = receiver
    self.within = within
    self.annotations = annotations
  }
}

/// `query: EXPR` at a moment.
public struct QueryExpectation: Sendable {
  public var expression: Located<String>
  public var at: Duration
  public var value: ExpectedValue

  /// Creates an expectation.
  public init(expression: Located<String>, at: Duration, value: ExpectedValue) {
    self.expression = expression
    self.at = at
    self.value = value
  }
}

/// What a query must return.
public indirect enum ExpectedValue: Hashable, Sendable {
  /// `12`, `12 ±1%`, `12 ±0.5`; `tolerance` is absolute.
  case number(Double, tolerance: Double)
  /// `>= 100`.
  case comparison(Comparison, Double)
  /// `10..20`, both ends included.
  case range(Double, Double)
  case nan
  /// No sample at all.
  case absent
  /// Any sample.
  case present
  /// Exactly these series, in any order.
  case samples([Sample])

  /// The comparisons of ``comparison(_:_:)``.
  public enum Comparison: String, Sendable, CaseIterable {
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case notEqual = "!="
  }

  /// A labelled sample.
  public struct Sample: Hashable, Sendable {
    public var labels: [String: String]
    public var value: ExpectedValue

    /// Creates a sample.
    public init(labels: [String: String], value: ExpectedValue) {
      self.labels = labels
      self.value = value
    }
  }
}

/// That Prometheus sees a target up or down throughout a window.
public struct TargetExpectation: Sendable {
  public var target: Located<InstanceSelector>
  public var health: Health
  public var during: Window

  /// The health of a target.
  public enum Health: String, Sendable, CaseIterable {
    case up
    case down
  }

  /// Creates an expectation.
  public init(target: Located<InstanceSelector>, health: Health, during: Window) {
    self.target = target
    self.health = health
    self.during = during
  }
}

/// `notifications: {receiver, count, within, resolved}`: how many deliveries a receiver gets.
public struct NotificationsExpectation: Sendable {
  public var receiver: Located<String>
  public var count: ClosedRange<Int>
  public var within: Window
  /// Whether resolved notices count too.
  public var countsResolved: Bool

  /// Creates an expectation.
  public init(receiver: Located<String>, count: ClosedRange<Int>, within: Window, countsResolved: Bool = false) {
    self.receiver = receiver
    self.count = count
    self.within = within
    self.countsResolved = countsResolved
  }
}

/// What becomes of an alert that fires and that no expectation mentions.
public struct UnexpectedAlerts: Sendable {
  /// What happens.
  public enum Policy: String, Sendable, CaseIterable {
    case fail
    case report
  }

  public var policy: Policy
  public var exceptions: [Exception]

  /// An alert that may fire unmentioned.
  public struct Exception: Sendable {
    public var alert: String
    public var labels: [String: TextPattern]
    public var reason: String

    /// Creates an exception.
    public init(alert: String, labels: [String: TextPattern] = [:], reason: String) {
      self.alert = alert
      self.labels = labels
      self.reason = reason
    }
  }

  /// Creates a policy.
  public init(policy: Policy, exceptions: [Exception] = []) {
    self.policy = policy
    self.exceptions = exceptions
  }
}
