/// What is wrong with a service at a moment.
public enum ServiceFault: Hashable, Sendable {
  /// All is well.
  case none
  /// Connections are reset.
  case down
  /// No answer, ever.
  case hang
  /// The answer comes so much virtual time later.
  case slow(Duration)
  /// Every path answers this status.
  case status(Int)
  /// Half of the body comes.
  case truncate
  /// The body is no exposition.
  case garbage
  /// The exposition is declared to be HTML.
  case wrongContentType
}

/// The faults of one instance as a pure function of time.
public struct FaultSchedule: Hashable, Sendable {
  private var entries: [Entry]
  private var restarts: [Duration]

  /// A moment from which a fault holds.
  public struct Entry: Hashable, Sendable {
    /// An offset from the start.
    public var at: Duration
    /// What holds from then on.
    public var fault: ServiceFault

    /// Creates an entry.
    public init(at: Duration, fault: ServiceFault) {
      self.at = at
      self.fault = fault
    }
  }

  /// Creates a schedule; of entries at one moment the last given holds.
  public init(_ entries: [Entry] = [], restarts: [Duration] = []) {
    self.entries = entries.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
      .map(\.element)
    self.restarts = restarts
  }

  /// Lets a fault hold from a moment on, that of no earlier entry.
  public mutating func append(_ fault: ServiceFault, at time: Duration) {
    entries.append(Entry(at: time, fault: fault))
  }

  /// Restarts the service at a moment.
  public mutating func restart(at time: Duration) { restarts.append(time) }

  /// The fault that holds at a moment.
  public func fault(at time: Duration) -> ServiceFault {
    entries.last { $0.at <= time }?.fault ?? .none
  }

  /// Whether the service restarted after a connection was opened, so that the connection cannot have lived on.
  public func restarted(since opened: Duration, until now: Duration) -> Bool {
    restarts.contains { opened < $0 && $0 <= now }
  }
}
