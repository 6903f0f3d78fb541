public import NIOCore
public import NIOPosix
import VirtualTime

/// The event loop of one run: runs share none, so that the clock of one never waits for another.
public final class EventLoops: Sendable {
  /// The group, of one thread.
  public let group: MultiThreadedEventLoopGroup

  /// Starts the thread.
  public init() {
    group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
  }

  /// The loop on which everything of the run is served.
  public var loop: any EventLoop { group.next() }

  /// The kernel's ids of the threads, for the scan of idleness.
  public func threadIDs() async throws -> [Int32] {
    [try await loop.submit { currentThreadID() }.get()]
  }

  /// Ends the thread; whatever still listens on it is closed.
  public func shutdown() async {
    // It fails only where it was shut down before.
    try? await group.shutdownGracefully()
  }
}
