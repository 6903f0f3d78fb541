public import Diagnostics
import Reading
public import Signals

extension Scenario {
  /// Stands for `end` until the scenario's length is known: later than any moment.
  public static let end = YAMLReader.end
}

/// A scenario as it was written, every name resolved as far as its own file and the profiles allow.
///
/// Times are offsets from the scenario's start in virtual time.
public struct Scenario: Sendable {
  public var name: Located<String>
  /// The scenario's file, as it was given on the command line.
  public var file: String
  public var tags: [String]
  /// The bundle's folder or file, resolved against the scenario's folder.
  public var bundle: Located<String>
  public var inputs: [String: Located<String>]
  /// Seconds since 1970 of offset 0.
  public var start: Double
  /// nil: the latest time named, plus one evaluation interval.
  public var duration: Located<Duration>?
  /// nil: two scrape intervals.
  public var warmup: Duration?
  public var services: [Service]
  public var timeline: [TimelineEntry]
  public var expectations: [Expectation]
  /// nil: what the bundle says, else `fail`.
  public var unexpectedAlerts: UnexpectedAlerts?

  /// Creates a scenario.
  public init(
    name: Located<String>, file: String, tags: [String] = [], bundle: Located<String>,
    inputs: [String: Located<String>] = [:], start: Double, duration: Located<Duration>? = nil,
    warmup: Duration? = nil, services: [Service] = [], timeline: [TimelineEntry] = [],
    expectations: [Expectation] = [], unexpectedAlerts: UnexpectedAlerts? = nil
  ) {
    self.name = name
    self.file = file
    self.tags = tags
    self.bundle = bundle
    self.inputs = inputs
    self.start = start
    self.duration = duration
    self.warmup = warmup
    self.services = services
    self.timeline = timeline
    self.expectations = expectations
    self.unexpectedAlerts = unexpectedAlerts
  }
}

/// A fake (or real) service of a scenario: `replicas` instances of a profile.
public struct Service: Sendable {
  public var name: Located<String>
  public var profile: Profile
  public var replicas: Int
  /// Target labels that Prometheus gives its series: `job`, `namespace`, `service`, ...
  public var labels: [String: String]
  /// Protocol state by the profile's names, `used_memory`.
  public var state: [String: Located<Signal>]
  public var series: [ScriptedSeries]
  public var push: Push?
  /// Whether it may script what its profile does not declare.
  public var allowsUndeclared = false
  /// How long each value of a notation lasts, here and in the timeline.
  public var step = Duration.seconds(60)
  /// Whether a notation's last value stays.
  public var repeatsLast = false

  /// Creates a service.
  public init(
    name: Located<String>, profile: Profile, replicas: Int = 1, labels: [String: String] = [:],
    state: [String: Located<Signal>] = [:], series: [ScriptedSeries] = [], push: Push? = nil
  ) {
    self.name = name
    self.profile = profile
    self.replicas = replicas
    self.labels = labels
    self.state = state
    self.series = series
    self.push = push
  }
}

/// One scripted series of a service, of all its instances unless the timeline says otherwise.
public struct ScriptedSeries: Sendable {
  public var id: SeriesID
  public var script: SeriesScript
  public var place: Place

  /// Creates a scripted series.
  public init(id: SeriesID, script: SeriesScript, place: Place) {
    self.id = id
    self.script = script
    self.place = place
  }
}

/// How a batch job pushes to the Pushgateway.
public struct Push: Sendable {
  public var every: Duration
  public var job: String
  /// Further grouping labels, `instance` for example.
  public var grouping: [String: String]

  /// Creates a push plan.
  public init(every: Duration, job: String, grouping: [String: String] = [:]) {
    self.every = every
    self.job = job
    self.grouping = grouping
  }
}

/// A reusable kind of service: what it speaks, where, and what it declares to emit.
public struct Profile: Sendable {
  /// What the service speaks; each has its fake in the room `Services`.
  public enum Speaks: String, Sendable, CaseIterable {
    case http
    case redis
    /// Pushes to the Pushgateway, and listens nowhere.
    case push
    /// Is a real program of the stack, which is scraped like any service.
    case component
  }

  public var name: String
  public var speaks: Speaks
  /// The port under which the service itself is known.
  public var port: Int
  /// Where an `http` service answers with metrics.
  public var metricsPath: String
  public var routes: [Route]
  /// What an `http` service answers where it has no route.
  public var otherPathStatus = 404
  /// Whether a scenario may script what the profile does not declare.
  public var allowsUndeclared = false
  /// The real program that stands between the service and Prometheus.
  public var exporter: Exporter?
  /// Which program of the stack a `component` is: `prometheus`, `alertmanager`, `pushgateway`.
  public var component: Component?
  public var families: [FamilyDeclaration]
  /// The state names that it understands, with their healthy values.
  public var state: [String: Signal]

  /// The programs of the stack that can be scraped.
  public enum Component: String, Sendable, CaseIterable {
    case prometheus
    case alertmanager
    case pushgateway
  }

  /// A fixed route of an `http` service, a health endpoint for example.
  public struct Route: Sendable {
    public var path: String
    public var methods: [String]
    public var status: Int
    public var contentType: String
    public var body: String

    /// Creates a route.
    public init(path: String, methods: [String] = ["GET"], status: Int = 200, contentType: String, body: String) {
      self.path = path
      self.methods = methods
      self.status = status
      self.contentType = contentType
      self.body = body
    }
  }

  /// A real exporter of the stack.
  public struct Exporter: Sendable {
    /// `redis_exporter`; the name by which the stack finds it.
    public var name: String
    /// The port under which Prometheus knows it.
    public var port: Int
    /// Flags beyond where to listen and what to watch.
    public var arguments: [String]

    /// Creates an exporter.
    public init(name: String, port: Int, arguments: [String] = []) {
      self.name = name
      self.port = port
      self.arguments = arguments
    }
  }

  /// Creates a profile.
  public init(
    name: String, speaks: Speaks, port: Int, metricsPath: String = "/metrics", routes: [Route] = [],
    exporter: Exporter? = nil, families: [FamilyDeclaration] = [], state: [String: Signal] = [:]
  ) {
    self.name = name
    self.speaks = speaks
    self.port = port
    self.metricsPath = metricsPath
    self.routes = routes
    self.exporter = exporter
    self.families = families
    self.state = state
  }
}

/// A metric family as a profile declares it: the contract between a service and the rules that select it.
public struct FamilyDeclaration: Sendable {
  public var name: String
  public var type: MetricType
  public var help: String
  /// Label names; a list of values where the set is closed, nil where any value can come.
  public var labels: [String: [String]?]
  /// Upper bounds of a histogram without `+Inf`, or the quantiles of a summary, as they are printed.
  public var bounds: [Double]
  /// What a healthy instance emits.
  public var healthy: [ScriptedSeries]

  /// Creates a declaration.
  public init(
    name: String, type: MetricType, help: String, labels: [String: [String]?] = [:], bounds: [Double] = [],
    healthy: [ScriptedSeries] = []
  ) {
    self.name = name
    self.type = type
    self.help = help
    self.labels = labels
    self.bounds = bounds
    self.healthy = healthy
  }
}

/// What changes at one moment.
public struct TimelineEntry: Sendable {
  public var at: Duration
  public var place: Place
  public var changes: [Change]

  /// Creates an entry.
  public init(at: Duration, place: Place, changes: [Change]) {
    self.at = at
    self.place = place
    self.changes = changes
  }

  /// What changes of one service, or of one instance of it.
  public struct Change: Sendable {
    public var target: Located<InstanceSelector>
    public var state: [String: Located<Signal>]
    public var series: [ScriptedSeries]
    public var fault: Located<Fault>?

    /// Creates a change.
    public init(
      target: Located<InstanceSelector>, state: [String: Located<Signal>] = [:], series: [ScriptedSeries] = [],
      fault: Located<Fault>? = nil
    ) {
      self.target = target
      self.state = state
      self.series = series
      self.fault = fault
    }
  }
}

/// `s3` (all its instances) or `s3[1]` (one of them, zero-based).
public struct InstanceSelector: Hashable, Sendable, CustomStringConvertible {
  public var service: String
  public var index: Int?

  /// Creates a selector.
  public init(service: String, index: Int? = nil) {
    self.service = service
    self.index = index
  }

  /// As the scenario spells it.
  public var description: String { index.map { "\(service)[\($0)]" } ?? service }
}

/// A way in which a service misbehaves, from a moment of the timeline on.
public enum Fault: Hashable, Sendable {
  /// Behaves again.
  case none
  /// Connections are reset.
  case down
  /// Requests are never answered.
  case hang
  /// Answers come so much later.
  case slow(Duration)
  /// Every answer has this status.
  case status(Int)
  /// The body ends half way.
  case truncate
  /// The body is no exposition.
  case garbage
  /// The exposition comes under a type that says otherwise.
  case wrongContentType
  /// Counters start again from zero; the connection drops once.
  case restart
}
