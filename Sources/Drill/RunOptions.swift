public import Stack

/// How a run is to be made.
public struct RunOptions: Sendable {
  public var clock: ClockKind
  public var binaries: Binaries
  /// Where run folders and locks live; one for each user.
  public var workFolder: String
  public var keepsFolders: Bool
  /// Scenarios side by side.
  public var jobs: Int
  /// Stops the clock at this moment and calls `hold`.
  public var holdAt: Duration?
  /// Shows where the stack listens, and returns when it shall go on.
  public var hold: @Sendable (HeldStack) async -> Void

  /// Which clock drives the stack.
  public enum ClockKind: String, Sendable, CaseIterable {
    case virtual
    case real
  }

  /// Creates options.
  public init(
    clock: ClockKind = .virtual, binaries: Binaries, workFolder: String, keepsFolders: Bool = false, jobs: Int = 1,
    holdAt: Duration? = nil,
    hold: @escaping @Sendable (HeldStack) async -> Void = { _ in }
  ) {
    self.clock = clock
    self.binaries = binaries
    self.workFolder = workFolder
    self.keepsFolders = keepsFolders
    self.jobs = jobs
    self.holdAt = holdAt
    self.hold = hold
  }
}

/// A stack whose clock is stopped, for a person to look at.
public struct HeldStack: Sendable {
  public var scenario: String
  public var at: Duration
  /// Name and URL of each real program, in the order of their start.
  public var components: [(name: String, url: String)]
  public var folder: String
}
