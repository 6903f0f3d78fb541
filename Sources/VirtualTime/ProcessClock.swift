/// A run's clock under which processes live.
public protocol ProcessClock: RunClock {
  /// Starts a program under this clock.
  func start(_ command: Command) async throws(SpawnError) -> ChildProcess

  /// Tells the clock of threads of Firedrill itself (their `gettid`) that serve the children: time waits while one of them works.
  func admit(threads: [Int32])

  /// Ends the clock; calls that it owes are dropped, and time goes on at real speed for whoever still runs.
  func stop()
}
