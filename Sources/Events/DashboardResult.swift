/// A dashboard as an operator would have seen it at one moment, over one time range.
public struct DashboardResult: Sendable, Codable, Hashable {
  /// Its title.
  public var title: String
  /// Where it ships.
  public var file: String
  /// Virtual time.
  public var at: Duration
  /// How far back it looks, `1h`.
  public var range: String
  /// The variables' values as their texts, in the dashboard's order.
  public var variables: [Variable]
  /// Variables and annotations that Prometheus or Grafana refuse, a line each.
  public var problems: [String]
  public var panels: [PanelResult]
  /// What draws it, as JSON; nil where it is not drawn (all ranges but the first).
  public var picture: String?

  /// A variable and what it stood for.
  public struct Variable: Sendable, Codable, Hashable {
    public var name: String
    public var value: String

    /// Creates a variable.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Creates a result.
  public init(
    title: String, file: String, at: Duration, range: String, variables: [Variable],
    problems: [String] = [], panels: [PanelResult], picture: String? = nil
  ) {
    self.title = title
    self.file = file
    self.at = at
    self.range = range
    self.variables = variables
    self.problems = problems
    self.panels = panels
    self.picture = picture
  }
}

/// What a panel, or one query of it, shows; from the best to the worst.
public enum DataVerdict: String, Sendable, Codable, CaseIterable, Comparable {
  /// Nothing of it is asked of Prometheus.
  case notApplicable = "not applicable"
  /// Values, not all of them 0.
  case data
  /// Values, all of them 0.
  case zero = "all zero"
  /// Nothing but what `or vector(0)` puts in the place of nothing.
  case masked
  /// Values, none of them a number.
  case nan = "NaN"
  /// No value.
  case empty
  /// Prometheus, or the dashboard's own variables, refuse it.
  case error

  /// Whether an operator would see data there.
  public var showsData: Bool { self <= .masked }

  public static func < (left: DataVerdict, right: DataVerdict) -> Bool { left.rank < right.rank }
  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// A panel of a dashboard, repeats of it included, and what its queries returned.
public struct PanelResult: Sendable, Codable, Hashable {
  /// Its id in the dashboard.
  public var panel: Int
  public var title: String
  public var verdict: DataVerdict
  /// Why nothing is asked of Prometheus, where that is so.
  public var reason: String?
  public var queries: [PanelQueryResult]

  /// Creates a result; its verdict is that of its worst query.
  public init(panel: Int, title: String, reason: String? = nil, queries: [PanelQueryResult]) {
    self.panel = panel
    self.title = title
    self.reason = reason
    self.queries = queries
    verdict = queries.map(\.verdict).max() ?? .notApplicable
  }
}

/// One query of a panel as Grafana would have sent it, and what came back.
public struct PanelQueryResult: Sendable, Codable, Hashable {
  /// `A`, or `A-Instant`.
  public var refID: String
  /// As it was sent.
  public var expression: String
  /// The time range it was asked for, `1h`.
  public var range: String
  public var verdict: DataVerdict
  /// How many series came back.
  public var series: Int
  /// Why it shows what it shows, one sentence.
  public var explanation: String?
  /// What the explanation rests on, a line each.
  public var evidence: [String]

  /// Creates a result.
  public init(
    refID: String, expression: String, range: String, verdict: DataVerdict, series: Int, explanation: String? = nil,
    evidence: [String] = []
  ) {
    self.refID = refID
    self.expression = expression
    self.range = range
    self.verdict = verdict
    self.series = series
    self.explanation = explanation
    self.evidence = evidence
  }
}
