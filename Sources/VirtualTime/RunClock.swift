/// The clock of one run: virtual (``VirtualClock``) or real (``RealClock``); the same runner lives under both.
///
/// Its instants are offsets from the scenario's start, so 0 is `clock.start` and warm-up is negative.
public protocol RunClock: Clock, Sendable where Instant == RunInstant {
  /// Keeps time from jumping until the returned token is given back; where time is real, it does nothing.
  ///
  /// Whatever happens in Firedrill between an arrival and its answer holds one (docs/virtual-time.md).
  func hold() -> BusyToken

  /// Calls `body` once when `deadline` has come, unless cancelled; a past deadline is due at once.
  ///
  /// Time cannot jump on until the token that `body` gets is given back. `body` runs on the clock's own thread: it must hand over and return.
  func schedule(at deadline: RunInstant, _ body: @escaping @Sendable (BusyToken) -> Void) -> ScheduledCall

  /// Seconds since 1970 in the world of the children at offset 0.
  var epoch: Double { get }
}

/// A moment of a run: an offset from the scenario's start.
public struct RunInstant: InstantProtocol, Hashable, Sendable, Comparable {
  public var offset: Duration

  /// A moment `offset` after the scenario's start.
  public init(_ offset: Duration) {
    self.offset = offset
  }

  public func advanced(by duration: Duration) -> RunInstant { RunInstant(offset + duration) }
  public func duration(to other: RunInstant) -> Duration { other.offset - offset }
  public static func < (left: RunInstant, right: RunInstant) -> Bool { left.offset < right.offset }
}

/// Holds time back from jumping until ``release()``, or until it is dropped.
public final class BusyToken: Sendable {
  private let giveBack: Once

  /// Creates a token that calls `giveBack` exactly once.
  public init(_ giveBack: @escaping @Sendable () -> Void) {
    self.giveBack = Once(giveBack)
  }

  /// Gives the token back; later calls do nothing.
  public func release() { giveBack.callAsFunction() }

  deinit { giveBack.callAsFunction() }
}

/// A call that a clock will make.
public final class ScheduledCall: Sendable {
  private let withdraw: Once

  /// Creates a handle that calls `withdraw` at most once.
  public init(_ withdraw: @escaping @Sendable () -> Void) {
    self.withdraw = Once(withdraw)
  }

  /// Withdraws the call if it has not begun.
  public func cancel() { withdraw.callAsFunction() }
}
