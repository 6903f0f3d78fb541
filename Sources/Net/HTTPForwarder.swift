public import NIOCore
import NIOHTTP1
import NIOPosix

/// Asks a real server of this machine on the run's own loop, for a proxy that stands in front of it.
public struct HTTPForwarder: Sendable {
  private let loops: EventLoops

  /// What a scraper says and an exporter heeds; without `accept-encoding`, so that answers come plain.
  private static let forwarded: Set = ["accept", "content-type", "user-agent", "x-prometheus-scrape-timeout-seconds"]

  /// Forwards on the loop of a run.
  public init(_ loops: EventLoops) {
    self.loops = loops
  }

  /// Sends `request` for `path` to `host:port` and gives the whole answer.
  public func forward(_ request: HTTPRequest, path: String, host: String, port: Int) -> EventLoopFuture<HTTPReply> {
    let promise = loops.loop.makePromise(of: HTTPReply.self)
    var headers = HTTPHeaders([("host", "\(host):\(port)"), ("connection", "close")])
    for (name, value) in request.headers where Self.forwarded.contains(name.lowercased()) {
      headers.add(name: name, value: value)
    }
    if !request.body.isEmpty { headers.add(name: "content-length", value: "\(request.body.count)") }
    let head = HTTPRequestHead(version: .http1_1, method: .init(rawValue: request.method), uri: path, headers: headers)
    // An address, not a name: NIO looks names up on a thread of its own, which no scan sees, and time would jump over the request.
    let address: SocketAddress
    do { address = try SocketAddress(ipAddress: host, port: port) } catch {
      promise.fail(error)
      return promise.futureResult
    }
    let body = request.body
    ClientBootstrap(group: loops.loop)
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHTTPClientHandlers()
          try channel.pipeline.syncOperations.addHandler(AnswerCollector(head, body, promise))
        }
      }
      .connect(to: address)
      .cascadeFailure(to: promise)
    return promise.futureResult
  }
}

/// Sends one request and gathers its answer.
private final class AnswerCollector: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart
  typealias OutboundOut = HTTPClientRequestPart

  private let head: HTTPRequestHead
  private let body: [UInt8]
  private let promise: EventLoopPromise<HTTPReply>
  private var reply = HTTPReply(status: 502)

  init(_ head: HTTPRequestHead, _ body: [UInt8], _ promise: EventLoopPromise<HTTPReply>) {
    self.head = head
    self.body = body
    self.promise = promise
  }

  func channelActive(context: ChannelHandlerContext) {
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    if !body.isEmpty { context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: body)))), promise: nil) }
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      reply.status = Int(head.status.code)
      reply.headers = head.headers.first(name: "content-type").map { [("content-type", $0)] } ?? []
    case .body(let part): reply.body.append(contentsOf: part.readableBytesView)
    case .end:
      promise.succeed(reply)
      context.close(promise: nil)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    promise.fail(error)
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    // After the answer this says nothing: a promise keeps what it had first.
    promise.fail(ChannelError.eof)
  }
}
