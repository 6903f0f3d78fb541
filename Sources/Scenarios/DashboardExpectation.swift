public import Diagnostics

/// `dashboard: NAME`: every panel of a dashboard has data, but for what is excepted.
public struct DashboardExpectation: Sendable {
  /// Its title, its uid, or its file's name; `all` stands for every dashboard of the bundle.
  public var dashboard: Located<String>
  public var at: Duration
  /// How far back to look; the first is the one that is drawn. Empty: the dashboard's own range, 15 m and 24 h, since what
  /// `$__rate_interval` stands for makes a panel empty over one and full over another.
  public var ranges: [Duration]
  /// Values of variables that are not those that the dashboard would start with.
  public var variables: [String: [String]]
  public var exceptions: [PanelException]
  /// Whether panels that show nothing but zeros fail too, those of `or vector(0)` among them.
  public var isStrict: Bool

  /// A panel that may be without data.
  public struct PanelException: Sendable {
    /// Its id or title.
    public var panel: Located<String>
    /// The refId of the one query that is excepted; nil: all of the panel.
    public var query: String?
    public var reason: String

    /// Creates an exception.
    public init(panel: Located<String>, query: String? = nil, reason: String) {
      self.panel = panel
      self.query = query
      self.reason = reason
    }
  }

  /// Creates an expectation.
  public init(
    dashboard: Located<String>, at: Duration, ranges: [Duration] = [], variables: [String: [String]] = [:],
    exceptions: [PanelException] = [], isStrict: Bool = false
  ) {
    self.dashboard = dashboard
    self.at = at
    self.ranges = ranges
    self.variables = variables
    self.exceptions = exceptions
    self.isStrict = isStrict
  }
}
