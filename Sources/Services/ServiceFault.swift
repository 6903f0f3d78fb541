/// A way in which a fake misbehaves.
public enum ServiceFault: Hashable, Sendable {
  case none
  case down
  case hang
  case slow(Duration)
  case status(Int)
  case truncate
  case garbage
  case wrongContentType
}

/// Which fault an instance has when: a pure function of virtual time.
public struct FaultSchedule: Sendable {
  private var entries: [(at: Duration, fault: ServiceFault)] = []
  private var restarts: [Duration] = []

  /// Creates a schedule without faults.
  public init() {}

  /// Lets `fault` rule from a moment on; calls come in order of time.
  public mutating func append(_ fault: ServiceFault, at moment: Duration) { entries.append((moment, fault)) }

  /// Restarts the instance: connections from before are dropped.
  public mutating func restart(at moment: Duration) { restarts.append(moment) }

  /// The fault at a moment.
  public func fault(at moment: Duration) -> ServiceFault { entries.last { $0.at <= moment }?.fault ?? .none }

  /// The last restart before or at a moment.
  public func lastRestart(before moment: Duration) -> Duration? { restarts.last { $0 <= moment } }
}
