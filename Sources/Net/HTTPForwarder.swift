public import NIOCore
import NIOHTTP1
import NIOPosix

/// Asks a real server of this machine on the run's own loop, for a proxy that stands in front of it.
public struct HTTPForwarder: Sendable {
  private let loops: EventLoops

  /// Forwards on the loop of a run.
  public init(_ loops: EventLoops) {
    self.loops = loops
  }

  /// Sends `request` for `path` to `host:port` and returns the whole answer.
  public func forward(_ request: IncomingRequest, path: String, host: String, port: Int) -> EventLoopFuture<Reply> {
    let promise = loops.loop.makePromise(of: Reply.self)
    var headers = HTTPHeaders([("host", "\(host):\(port)"), ("connection", "close")])
    for (name, value) in request.headers
    where ["accept", "user-agent", "x-prometheus-scrape-timeout-seconds"].contains(name.lowercased()) {
      headers.add(name: name, value: value)
    }
    let head = HTTPRequestHead(version: .http1_1, method: .init(rawValue: request.method), uri: path, headers: headers)
    // An address, not a name: NIO looks names up on a thread of its own, which no scan sees, and time would jump over the request.
    let address: SocketAddress
    do { address = try SocketAddress(ipAddress: host, port: port) } catch {
      promise.fail(error)
      return promise.futureResult
    }
    ClientBootstrap(group: loops.loop)
      .channelOption(.socketOption(.tcp_nodelay), value: 1)
      .channelInitializer { channel in
        channel.pipeline.addHTTPClientHandlers().flatMapThrowing {
          try channel.pipeline.syncOperations.addHandler(AnswerCollector(head, request.body, promise))
        }
      }
      .connect(to: address)
      .cascadeFailure(to: promise)
    return promise.futureResult
  }
}

private final class AnswerCollector: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart
  typealias OutboundOut = HTTPClientRequestPart

  private let head: HTTPRequestHead
  private let body: [UInt8]
  private let promise: EventLoopPromise<Reply>
  private var reply = Reply()

  init(_ head: HTTPRequestHead, _ body: [UInt8], _ promise: EventLoopPromise<Reply>) {
    self.head = head
    self.body = body
    self.promise = promise
  }

  func channelActive(context: ChannelHandlerContext) {
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    if !body.isEmpty {
      context.write(wrapOutboundOut(.body(.byteBuffer(context.channel.allocator.buffer(bytes: body)))), promise: nil)
    }
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      reply.status = Int(head.status.code)
      reply.contentType = head.headers.first(name: "content-type") ?? ""
    case .body(var buffer): reply.body += buffer.readBytes(length: buffer.readableBytes) ?? []
    case .end:
      promise.succeed(reply)
      context.close(promise: nil)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    promise.fail(error)
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) { promise.fail(ChannelError.eof) }
}
