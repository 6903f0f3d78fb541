import NIOCore
import NIOSSL

/// The tunnels that clients of a proxy open by CONNECT: TLS is ended here, as the host that they asked for.
public struct Tunnels: Sendable {
  let authority: RunAuthority
  let leads: @Sendable (String) -> Bool

  /// Takes tunnels to each `host:port` of which `leads` says so, with certificates of `authority`.
  public init(authority: RunAuthority, leads: @escaping @Sendable (String) -> Bool) {
    self.authority = authority
    self.leads = leads
  }
}

/// Looks at how a connection begins: after CONNECT there is TLS and HTTP in it, else plain HTTP.
final class TunnelEntrance: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private static let method = Array("CONNECT ".utf8)
  private static let headEnd = Array("\r\n\r\n".utf8)
  private static let headLimit = 16 << 10

  private let tunnels: Tunnels
  private let service: HTTPService
  private var beginning = ByteBuffer()
  private var isDecided = false

  init(_ tunnels: Tunnels, _ service: HTTPService) {
    self.tunnels = tunnels
    self.service = service
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isDecided else { return context.fireChannelRead(data) }
    beginning.writeImmutableBuffer(unwrapInboundIn(data))
    let view = beginning.readableBytesView
    guard view.prefix(Self.method.count).elementsEqual(Self.method.prefix(view.count)) else {
      return enter(context) { try service.serve(context.channel) }
    }
    if let end = view.firstRange(of: Self.headEnd) {
      let head = String(decoding: view[..<end.lowerBound], as: UTF8.self)
      beginning.moveReaderIndex(to: end.upperBound)
      connect(head, context)
    } else if view.count > Self.headLimit {
      context.close(promise: nil)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

  private func connect(_ head: String, _ context: ChannelHandlerContext) {
    // `CONNECT s3-1.zenko.svc:8443 HTTP/1.1`
    let words = head.prefix { !$0.isNewline }.split(separator: " ")
    guard words.count == 3, words[2].hasPrefix("HTTP/1.") else { return refuse("400 Bad Request", context) }
    let target = words[1].lowercased()
    guard tunnels.leads(target) else { return refuse("502 Bad Gateway", context) }
    enter(context) {
      let tls = try tunnels.authority.serverContext(for: String(target.prefix { $0 != ":" }))
      context.writeAndFlush(
        wrapOutboundOut(ByteBuffer(string: "HTTP/1.1 200 Connection established\r\n\r\n")), promise: nil)
      try context.channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls))
      try service.serve(context.channel, tunnel: target)
    }
  }

  /// Readies the pipeline behind this handler and gives it what has come so far.
  private func enter(_ context: ChannelHandlerContext, _ prepare: () throws -> Void) {
    isDecided = true
    do { try prepare() } catch { return context.close(promise: nil) }
    let rest = beginning
    beginning = ByteBuffer()
    if rest.readableBytes > 0 { context.fireChannelRead(wrapInboundOut(rest)) }
  }

  private func refuse(_ status: String, _ context: ChannelHandlerContext) {
    isDecided = true
    let channel = context.channel
    let answer = ByteBuffer(string: "HTTP/1.1 \(status)\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
    context.writeAndFlush(wrapOutboundOut(answer)).whenComplete { _ in channel.close(promise: nil) }
  }
}
