import NIOCore
import NIOHTTP1
import VirtualTime

/// Gathers the requests of one connection and gives the answers of a handler.
final class HTTPServing: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  /// Bytes of a body beyond which a request is refused.
  static let bodyLimit = 16 << 20

  private let service: HTTPService
  private let tunnel: String?
  private var head: HTTPRequestHead?
  private var body: [UInt8] = []
  private var pending: ScheduledCall?

  init(_ service: HTTPService, tunnel: String?) {
    self.service = service
    self.tunnel = tunnel
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      self.head = head
      body = []
    case .body(let part):
      guard head != nil else { return }
      guard body.count + part.readableBytes <= Self.bodyLimit else { return refuse(context.channel) }
      body.append(contentsOf: part.readableBytesView)
    case .end:
      guard let head else { return }
      self.head = nil
      answer(head, on: context.channel)
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    pending?.cancel()
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  private func refuse(_ channel: any Channel) {
    guard let head else { return }
    self.head = nil
    body = []
    let exchange = Exchange(channel: channel, method: head.method, keepAlive: false)
    exchange.send(HTTPReply(status: 413, text: "the body is too large\n"))
  }

  private func answer(_ head: HTTPRequestHead, on channel: any Channel) {
    let request = HTTPRequest(
      method: head.method.rawValue, target: head.uri, headers: head.headers.map { ($0.name, $0.value) }, body: body,
      connectedAt: service.connectedAt, tunnel: tunnel)
    body = []
    let exchange = Exchange(channel: channel, method: head.method, keepAlive: head.isKeepAlive)
    switch service.handler(request, service.clock.now) {
    case .now(let reply): give(reply, exchange)
    case .later(let future):
      future.hop(to: channel.eventLoop).assumeIsolated().whenComplete { result in
        switch result {
        case .success(let reply): self.give(reply, exchange)
        case .failure(let error): self.give(HTTPReply(status: 502, text: "\(error)\n"), exchange)
        }
      }
    }
  }

  private func give(_ reply: HTTPReply, _ exchange: Exchange) {
    switch reply.manner {
    case .normal: exchange.send(reply)
    case .hang: break
    case .reset: exchange.channel.reset()
    case .truncated(let count): exchange.send(reply, bytes: count)
    case .afterDelay(let delay):
      pending = service.clock.schedule(at: service.clock.now.advanced(by: delay)) { token in
        exchange.channel.eventLoop.execute {
          exchange.send(reply)
          token.release()
        }
      }
    }
  }
}

/// One request that waits for its answer.
private struct Exchange: Sendable {
  var channel: any Channel
  var method: HTTPMethod
  var keepAlive: Bool

  /// Sends the answer, or its first `bytes` bytes and then the end of the connection.
  func send(_ reply: HTTPReply, bytes: Int? = nil) {
    var headers = HTTPHeaders(reply.headers.map { ($0.name, $0.value) })
    let bodiless = reply.status == 204 || reply.status == 304
    if !bodiless { headers.replaceOrAdd(name: "content-length", value: String(reply.body.count)) }
    if !keepAlive { headers.replaceOrAdd(name: "connection", value: "close") }
    let head = HTTPResponseHead(
      version: .http1_1, status: HTTPResponseStatus(statusCode: reply.status), headers: headers)
    channel.write(HTTPServerResponsePart.head(head), promise: nil)
    if method != .HEAD, !bodiless {
      let buffer = ByteBuffer(bytes: reply.body.prefix(bytes ?? reply.body.count))
      channel.write(HTTPServerResponsePart.body(.byteBuffer(buffer)), promise: nil)
    }
    guard bytes == nil else {
      channel.flush()
      return channel.close(promise: nil)
    }
    let channel = channel
    let sent = channel.writeAndFlush(HTTPServerResponsePart.end(nil))
    if !keepAlive { sent.whenComplete { _ in channel.close(promise: nil) } }
  }
}
