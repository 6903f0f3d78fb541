public import Net

/// Runs `body` with event loops that end with it, and all that listens on them.
public func withEventLoops<R>(_ body: (EventLoops) async throws -> R) async throws -> R {
  let loops = EventLoops()
  let result: Result<R, any Error>
  do { result = .success(try await body(loops)) } catch { result = .failure(error) }
  await loops.shutdown()
  return try result.get()
}
