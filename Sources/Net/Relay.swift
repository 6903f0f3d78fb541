import NIOCore
import NIOPosix
public import VirtualTime

/// What a relay does to those who come through it.
public enum RelayFault: Hashable, Sendable {
  /// All passes.
  case none
  /// Connections are reset, old ones when they next send.
  case refuse
  /// Connections are taken and what they send is swallowed.
  case hang
}

/// Passes TCP connections on to an upstream address, so that one component's way to another can fail.
public final class Relay: Sendable {
  private let listener: TCPListener

  /// Listens on `address` (port 0: any free one); `fault` is asked at each connection and whenever a client sends.
  ///
  /// `upstream` is an address, not a name: NIO looks names up on a thread that no scan sees.
  public init(
    _ loops: EventLoops, clock: any RunClock, address: String, port: Int = 0, upstream host: String,
    upstreamPort: Int, fault: @escaping @Sendable (Duration) -> RelayFault
  ) async throws {
    let current: @Sendable () -> RelayFault = { fault(clock.now.offset) }
    let upstreamAddress = try SocketAddress(ipAddress: host, port: upstreamPort)
    listener = try await TCPListener(loops, address: address, port: port) { channel in
      guard current() != .refuse else { return channel.eventLoop.execute { channel.reset() } }
      try channel.syncOptions?.setOption(.autoRead, value: false)
      ClientBootstrap(group: channel.eventLoop)
        .channelInitializer { upstream in
          upstream.eventLoop.makeCompletedFuture {
            try upstream.pipeline.syncOperations.addHandler(RelayEnd(peer: channel) { .none })
          }
        }
        .connect(to: upstreamAddress)
        .flatMapThrowing { upstream in
          try channel.pipeline.syncOperations.addHandler(RelayEnd(peer: upstream, fault: current))
          // The client may have left while the upstream was asked.
          channel.closeFuture.whenComplete { _ in upstream.close(promise: nil) }
          try channel.syncOptions?.setOption(.autoRead, value: true)
        }
        .whenFailure { _ in channel.reset() }
    }
  }

  /// The port it listens on.
  public var port: Int { listener.port }

  /// Stops listening and closes every connection.
  public func close() async { await listener.close() }
}

/// One side of a relayed connection: gives what it reads to the other.
private final class RelayEnd: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let peer: any Channel
  private let fault: @Sendable () -> RelayFault

  init(peer: any Channel, fault: @escaping @Sendable () -> RelayFault) {
    self.peer = peer
    self.fault = fault
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch fault() {
    case .none: peer.writeAndFlush(unwrapInboundIn(data), promise: nil)
    case .refuse: context.channel.reset()
    case .hang: break
    }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    // What cannot be written here must not be read there.
    _ = peer.setOption(.autoRead, value: context.channel.isWritable)
  }

  func channelInactive(context: ChannelHandlerContext) {
    peer.close(promise: nil)
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }
}
