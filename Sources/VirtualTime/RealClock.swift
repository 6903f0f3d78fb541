import Glibc

/// The machine's own time, for `--clock real` and for what cannot live under a virtual clock.
public final class RealClock: ProcessClock {
  public let epoch: Double
  private let zero: ContinuousClock.Instant

  /// Starts a clock whose offset 0 lies `lead` from now.
  public init(lead: Duration) {
    zero = ContinuousClock.now + lead
    var wall = timespec()
    clock_gettime(CLOCK_REALTIME, &wall)
    epoch = Double(wall.tv_sec) + Double(wall.tv_nsec) / 1e9 + lead / .seconds(1)
  }

  public var now: RunInstant { RunInstant(ContinuousClock.now - zero) }
  public var minimumResolution: Duration { .nanoseconds(1) }

  public func hold() -> BusyToken { BusyToken {} }

  public func schedule(at deadline: RunInstant, _ body: @escaping @Sendable (BusyToken) -> Void) -> ScheduledCall {
    let task = Task { [zero] in
      try await ContinuousClock().sleep(until: zero + deadline.offset)
      body(BusyToken {})
    }
    return ScheduledCall { task.cancel() }
  }

  public func start(_ command: Command) async throws(SpawnError) -> ChildProcess {
    let pid = try await Spawner.shared.spawn(command, under: nil)
    return ChildProcess(pid: pid) {}
  }

  public func admit(threads: [Int32]) {}

  public func stop() {}
}
