import Stack
import VirtualTime

/// The first thing that ends a scenario before its time: a component that dies, or a clock that stands still.
struct Deaths: Sendable {
  private let stream: AsyncStream<any Error>

  init(of components: [Component], _ stalls: Stalls) {
    let (stream, continuation) = AsyncStream<any Error>.makeStream()
    self.stream = stream
    for component in components { Task { continuation.yield(await component.failure()) } }
    Task { for await stall in stalls.stream { continuation.yield(stall) } }
  }

  /// Throws it; returns nil only where it is cancelled.
  func first<R: Sendable>() async throws -> R? {
    for await death in stream { throw death }
    return nil
  }
}

/// What a clock says when it gives up, as a stream.
struct Stalls: Sendable {
  let stream: AsyncStream<VirtualTimeStalled>
  private let continuation: AsyncStream<VirtualTimeStalled>.Continuation

  init() { (stream, continuation) = AsyncStream.makeStream() }

  func report(_ stall: VirtualTimeStalled) { continuation.yield(stall) }
}
