import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
public import VirtualTime

/// An HTTP/1.1 server on a run's loop. Its handler is called on the loop, so the scan of that thread sees a request that is being worked on.
public final class HTTPListener: Sendable {
  /// `host:port`
  public let address: String
  private let channel: any Channel

  private init(channel: any Channel, host: String) {
    self.channel = channel
    address = "\(host):\(channel.localAddress?.port ?? 0)"
  }

  /// Listens at `host`; port 0 takes any free one.
  public static func start(
    on loops: EventLoops, clock: any RunClock, host: String, port: Int = 0,
    handler: @escaping @Sendable (IncomingRequest, RunInstant) -> Answer
  ) async throws -> HTTPListener {
    let channel = try await ServerBootstrap(group: loops.bootstrap)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .serverChannelOption(.backlog, value: 256)
      .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
      .childChannelInitializer { channel in
        channel.pipeline.configureHTTPServerPipeline(withPipeliningAssistance: true, withErrorHandling: true)
          .flatMapThrowing {
            try channel.pipeline.syncOperations.addHandler(ExchangeHandler(clock: clock, handler: handler))
          }
      }
      .bind(host: host, port: port).get()
    return HTTPListener(channel: channel, host: host)
  }

  /// Stops listening; connections end with the loop.
  public func stop() async { try? await channel.close().get() }
}

/// Collects a request, asks the handler, and answers in the manner that it says.
private final class ExchangeHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  /// More than any push or notification holds.
  private static var largestBody: Int { 16 << 20 }

  private let clock: any RunClock
  private let handler: @Sendable (IncomingRequest, RunInstant) -> Answer
  private var head: HTTPRequestHead?
  private var body: [UInt8] = []

  init(clock: any RunClock, handler: @escaping @Sendable (IncomingRequest, RunInstant) -> Answer) {
    self.clock = clock
    self.handler = handler
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      self.head = head
      body = []
    case .body(var buffer):
      guard body.count + buffer.readableBytes <= Self.largestBody else { return context.close(promise: nil) }
      body += buffer.readBytes(length: buffer.readableBytes) ?? []
    case .end:
      guard let head else { return }
      let request = IncomingRequest(
        method: head.method.rawValue, target: head.uri, headers: head.headers.map { ($0.name, $0.value) }, body: body)
      answer(handler(request, clock.now), to: head, context)
    }
  }

  private func answer(_ answer: Answer, to head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    switch answer {
    case .now(let reply): give(reply, to: head, context)
    case .later(let future):
      future.hop(to: context.eventLoop).whenComplete { result in
        let (handler, context) = bound.value
        switch result {
        case .success(let reply): handler.give(reply, to: head, context)
        case .failure(let error): handler.give(Reply(status: 502, text: "\(error)\n"), to: head, context)
        }
      }
    }
  }

  private func give(_ reply: Reply, to head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    switch reply.manner {
    case .normal: write(reply, to: head, context)
    case .hanging: break
    case .reset: reset(context)
    case .truncated: writeHalf(reply, to: head, context)
    case .delayed(let delay):
      let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
      let loop = context.eventLoop
      _ = clock.schedule(at: clock.now.advanced(by: delay)) { token in
        loop.execute {
          let (handler, context) = bound.value
          if context.channel.isActive { handler.write(reply, to: head, context) }
          token.release()
        }
      }
    }
  }

  private func write(_ reply: Reply, to head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    writeHead(reply, to: head, context)
    if head.method != .HEAD { writeBody(reply.body[...], context) }
    let closes = !head.isKeepAlive
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in
      if closes { bound.value.close(promise: nil) }
    }
  }

  private func writeHalf(_ reply: Reply, to head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    writeHead(reply, to: head, context)
    writeBody(reply.body[..<(reply.body.count / 2)], context)
    context.flush()
    context.close(promise: nil)
  }

  private func writeHead(_ reply: Reply, to head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    let headers = HTTPHeaders([("content-type", reply.contentType), ("content-length", "\(reply.body.count)")])
    context.write(
      wrapOutboundOut(
        .head(HTTPResponseHead(version: .http1_1, status: .init(statusCode: reply.status), headers: headers))),
      promise: nil)
  }

  private func writeBody(_ body: ArraySlice<UInt8>, _ context: ChannelHandlerContext) {
    context.write(wrapOutboundOut(.body(.byteBuffer(context.channel.allocator.buffer(bytes: body)))), promise: nil)
  }

  /// Closes with a reset: what is left in the queue is thrown away.
  private func reset(_ context: ChannelHandlerContext) {
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    guard let socket = context.channel as? any SocketOptionProvider else { return context.close(promise: nil) }
    socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in bound.value.close(promise: nil) }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
