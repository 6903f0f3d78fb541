import NIOCore
import NIOHTTP1
public import VirtualTime

/// An HTTP/1.1 server on an address and port, on the run's own event loop.
public final class HTTPListener: Sendable {
  /// Answers a request at a moment; called on the loop, one request of a connection at a time.
  public typealias Handler = @Sendable (HTTPRequest, RunInstant) -> HTTPAnswer

  private let listener: TCPListener

  /// Listens; port 0 takes any free one. With `tunnels` it takes CONNECT as well.
  public init(
    _ loops: EventLoops, clock: any RunClock, address: String, port: Int, tunnels: Tunnels? = nil,
    handler: @escaping Handler
  ) async throws {
    listener = try await TCPListener(loops, address: address, port: port) { channel in
      let service = HTTPService(clock: clock, connectedAt: clock.now, handler: handler)
      if let tunnels {
        try channel.pipeline.syncOperations.addHandler(TunnelEntrance(tunnels, service))
      } else {
        try service.serve(channel)
      }
    }
  }

  /// The port it listens on.
  public var port: Int { listener.port }

  /// How many connections are open.
  public var openConnections: Int { listener.openConnections }

  /// Stops listening and closes every connection.
  public func close() async { await listener.close() }
}

/// What HTTP on one connection needs.
struct HTTPService {
  var clock: any RunClock
  var connectedAt: RunInstant
  var handler: HTTPListener.Handler

  /// Ends the channel's pipeline with HTTP/1.1; `tunnel` is where the client thinks it is.
  func serve(_ channel: any Channel, tunnel: String? = nil) throws {
    let pipeline = channel.pipeline.syncOperations
    // Its error handling answers 400 to what is no HTTP; its pipelining keeps answers in the order of requests.
    try pipeline.configureHTTPServerPipeline(withPipeliningAssistance: true, withErrorHandling: true)
    try pipeline.addHandler(HTTPServing(self, tunnel: tunnel))
  }
}
