public import NIOCore
import NIOPosix
import VirtualTime

/// A run's own event loop: two runs that shared one would couple their clocks.
public final class EventLoops: Sendable {
  private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)

  /// Starts the loop's thread.
  public init() {}

  /// The loop on which every fake, sink and relay of the run lives.
  public var loop: any EventLoop { group.next() }

  /// For bootstraps of servers, which want the group.
  public var bootstrap: any EventLoopGroup { group }

  /// The kernel's numbers of its threads, for the clock that must see them at rest.
  public func threadIDs() async throws -> [Int32] { try await [loop.submit { currentThreadID() }.get()] }

  /// Ends the loop; open connections are closed.
  public func shutdown() async { try? await group.shutdownGracefully() }
}
