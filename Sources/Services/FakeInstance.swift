public import Exposition
public import Net

/// One instance of an HTTP service: what it answers is a pure function of the request and of virtual time.
public struct FakeInstance: Sendable {
  /// Firedrill's name, `s3[1]`.
  public var name: String
  /// The name and port that production gives it, `s3-1.zenko.svc:8002`.
  public var address: String
  public var metricsPath: String
  public var routes: [Route]
  /// What it answers elsewhere.
  public var otherPathStatus: Int
  public var faults: FaultSchedule
  /// What a scrape shows at a moment.
  public var families: @Sendable (Duration) -> [MetricFamily]

  /// A fixed route, a health endpoint for example.
  public struct Route: Sendable {
    public var path: String
    public var methods: [String]
    public var reply: Reply

    /// Creates a route.
    public init(path: String, methods: [String], reply: Reply) {
      self.path = path
      self.methods = methods
      self.reply = reply
    }
  }

  /// Creates an instance.
  public init(
    name: String, address: String, metricsPath: String, routes: [Route] = [], otherPathStatus: Int = 404,
    faults: FaultSchedule = FaultSchedule(),
    families: @escaping @Sendable (Duration) -> [MetricFamily]
  ) {
    self.name = name
    self.address = address
    self.metricsPath = metricsPath
    self.routes = routes
    self.otherPathStatus = otherPathStatus
    self.faults = faults
    self.families = families
  }

  /// The answer to a request for `path`, its fault included.
  func reply(to request: IncomingRequest, path: String, at moment: Duration) -> Reply {
    var reply = healthyReply(to: request, path: path, at: moment)
    switch faults.fault(at: moment) {
    case .none: break
    case .down: reply.manner = .reset
    case .hang: reply.manner = .hanging
    case .slow(let delay): reply.manner = .delayed(delay)
    case .truncate: reply.manner = .truncated
    case .status(let status): reply = Reply(status: status, text: "scripted status \(status)\n")
    case .garbage: reply = Reply(contentType: reply.contentType, text: "<html>this is { no = exposition\n")
    case .wrongContentType: reply.contentType = "application/json"
    }
    return reply
  }

  private func healthyReply(to request: IncomingRequest, path: String, at moment: Duration) -> Reply {
    // The query string counts, as it does in Scality's ProbeServer: it looks the whole URL up.
    if path == metricsPath, request.method == "GET" {
      let format = ExpositionFormat.negotiate(accept: request.header("accept"))
      return Reply(contentType: format.contentType, text: format.write(families(moment)))
    }
    if let route = routes.first(where: { $0.path == path && $0.methods.contains(request.method) }) {
      return route.reply
    }
    return Reply(status: otherPathStatus, text: otherPathStatus == 405 ? "[]" : "not found\n")
  }
}
