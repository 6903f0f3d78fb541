public import Exposition

/// A scripted instance of a service, as its scraper and its probes see it.
public struct FakeInstance: Sendable {
  /// `s3[1]`.
  public var name: String
  /// `/metrics`.
  public var metricsPath: String
  /// Its other fixed answers, such as health checks.
  public var routes: [Route]
  /// What it exposes at a moment.
  public var families: @Sendable (Duration) -> [MetricFamily]
  /// What goes wrong with it, and when.
  public var faults: FaultSchedule
  /// What it answers elsewhere.
  public var otherPathStatus: Int

  /// A fixed answer on a path, such as a health check.
  public struct Route: Hashable, Sendable {
    /// With its query, where it has one.
    public var path: String
    /// Any other method is answered as any other path.
    public var methods: [String]
    /// The status while it is well.
    public var status: Int
    /// The header `content-type`.
    public var contentType: String
    /// The whole body.
    public var body: String

    /// Creates a route.
    public init(
      path: String, methods: [String] = ["GET"], status: Int = 200, contentType: String = "text/plain; charset=utf-8",
      body: String = ""
    ) {
      self.path = path
      self.methods = methods
      self.status = status
      self.contentType = contentType
      self.body = body
    }
  }

  /// Creates an instance.
  public init(
    name: String, metricsPath: String = "/metrics", routes: [Route] = [],
    faults: FaultSchedule = FaultSchedule(), otherPathStatus: Int = 404,
    families: @escaping @Sendable (Duration) -> [MetricFamily]
  ) {
    self.name = name
    self.metricsPath = metricsPath
    self.routes = routes
    self.families = families
    self.faults = faults
    self.otherPathStatus = otherPathStatus
  }
}
