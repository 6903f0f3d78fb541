/// Tells a test, in order, what reached a server.
public final class Arrivals: Sendable {
  private let stream: AsyncStream<Void>
  private let continuation: AsyncStream<Void>.Continuation

  /// Nothing has come.
  public init() {
    (stream, continuation) = AsyncStream.makeStream()
  }

  /// Something came.
  public func note() { continuation.yield() }

  /// Waits for the next one.
  public func next() async {
    for await _ in stream { return }
  }
}
