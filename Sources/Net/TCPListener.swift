public import NIOCore
import NIOPosix
import Synchronization

/// A listening socket and the connections that came of it, closed together.
public final class TCPListener: Sendable {
  private let server: any Channel
  private let connections: Connections

  /// Listens on `address` (port 0: any free one) and readies each connection by `prepare`, on the loop.
  public init(
    _ loops: EventLoops, address: String, port: Int,
    prepare: @escaping @Sendable (any Channel) throws -> Void
  ) async throws {
    let connections = Connections()
    self.connections = connections
    server = try await ServerBootstrap(group: loops.group)
      .serverChannelOption(.backlog, value: 256)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelInitializer { channel in
        connections.add(channel)
        return channel.eventLoop.makeCompletedFuture { try prepare(channel) }
      }
      .bind(host: address, port: port).get()
  }

  /// The port it listens on.
  public var port: Int { server.localAddress?.port ?? 0 }

  /// How many connections are open.
  public var openConnections: Int { connections.count }

  /// Stops listening and closes every connection.
  public func close() async {
    try? await server.close().get()
    await connections.closeAll()
  }
}

/// The open connections of a listener.
private final class Connections: Sendable {
  private let open = Mutex<[ObjectIdentifier: any Channel]>([:])

  var count: Int { open.withLock { $0.count } }

  func add(_ channel: any Channel) {
    let key = ObjectIdentifier(channel)
    open.withLock { $0[key] = channel }
    channel.closeFuture.whenComplete { _ in
      self.open.withLock { $0[key] = nil }
    }
  }

  func closeAll() async {
    for channel in open.withLock({ Array($0.values) }) {
      try? await channel.close().get()
    }
  }
}
