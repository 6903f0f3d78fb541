import Glibc
import NIOCore
import NIOPosix
public import Net
public import VirtualTime

/// A Redis that speaks RESP2 well enough for redis-cli and the real exporter; its INFO fields are scripted.
public final class RedisServer: Sendable {
  private let channel: any Channel

  private init(_ channel: any Channel) { self.channel = channel }

  /// - Parameters:
  ///   - state: INFO fields by name at a moment; what it does not name has a healthy value.
  public static func start(
    on loops: EventLoops, clock: any RunClock, host: String, port: Int = 6379, faults: FaultSchedule = FaultSchedule(),
    state: @escaping @Sendable (Duration) -> [String: Double]
  ) async throws -> RedisServer {
    let channel = try await ServerBootstrap(group: loops.bootstrap)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandlers([
            ByteToMessageHandler(RESPDecoder(), maximumBufferSize: 1 << 20),
            RedisHandler(clock: clock, faults: faults, state: state),
          ])
        }
      }
      .bind(host: host, port: port).get()
    return RedisServer(channel)
  }

  /// Stops listening; connections end with the loop.
  public func stop() async { try? await channel.close().get() }
}

/// Commands: arrays of bulk strings, or a line of words as a person types it.
private struct RESPDecoder: ByteToMessageDecoder {
  typealias InboundOut = [String]

  private static let mostArguments = 1024

  func decode(context: ChannelHandlerContext, buffer: inout ByteBuffer) throws -> DecodingState {
    var attempt = buffer
    guard let line = readLine(&attempt) else { return .needMoreData }
    var words: [String] = []
    if line.hasPrefix("*") {
      guard let count = Int(line.dropFirst()), count <= Self.mostArguments else { throw RESPError() }
      for _ in 0..<max(0, count) {
        guard let header = readLine(&attempt) else { return .needMoreData }
        guard header.hasPrefix("$"), let length = Int(header.dropFirst()), (0...(1 << 20)).contains(length) else {
          throw RESPError()
        }
        guard let text = attempt.readString(length: length), attempt.readBytes(length: 2) != nil else {
          return .needMoreData
        }
        words.append(text)
      }
    } else {
      words = line.split(separator: " ").map(String.init)
    }
    buffer = attempt
    context.fireChannelRead(wrapInboundOut(words))
    return .continue
  }

  private func readLine(_ buffer: inout ByteBuffer) -> String? {
    guard let end = buffer.readableBytesView.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    let text = buffer.readString(length: end - buffer.readerIndex + 1) ?? ""
    return String(text.prefix { !$0.isNewline })
  }

  private struct RESPError: Error {}
}

private final class RedisHandler: ChannelInboundHandler {
  typealias InboundIn = [String]
  typealias OutboundOut = ByteBuffer

  private let clock: any RunClock
  private let faults: FaultSchedule
  private let state: @Sendable (Duration) -> [String: Double]
  private let openedAt: Duration

  init(clock: any RunClock, faults: FaultSchedule, state: @escaping @Sendable (Duration) -> [String: Double]) {
    self.clock = clock
    self.faults = faults
    self.state = state
    openedAt = clock.now.offset
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let words = unwrapInboundIn(data)
    guard let command = words.first?.uppercased() else { return }
    let now = clock.now.offset
    if let restart = faults.lastRestart(before: now), restart > openedAt { return context.close(promise: nil) }
    switch faults.fault(at: now) {
    case .down: context.close(promise: nil)
    case .hang: break
    case .slow(let delay): answerLater(command, words, after: delay, context)
    default: answer(command, words, context)
    }
  }

  private func answerLater(
    _ command: String, _ words: [String], after delay: Duration, _ context: ChannelHandlerContext
  ) {
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    let loop = context.eventLoop
    _ = clock.schedule(at: clock.now.advanced(by: delay)) { token in
      loop.execute {
        let (handler, context) = bound.value
        if context.channel.isActive { handler.answer(command, words, context) }
        token.release()
      }
    }
  }

  private func answer(_ command: String, _ words: [String], _ context: ChannelHandlerContext) {
    let now = clock.now.offset
    let commands = RedisCommands(
      state: state(now), now: now, epoch: clock.epoch, port: context.localAddress?.port ?? 6379)
    let reply = commands.reply(to: command, Array(words.dropFirst()))
    context.writeAndFlush(wrapOutboundOut(context.channel.allocator.buffer(string: reply.encoded)), promise: nil)
    if command == "QUIT" { context.close(promise: nil) }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    let reply = RESPValue.error("ERR Protocol error")
    context.writeAndFlush(wrapOutboundOut(context.channel.allocator.buffer(string: reply.encoded)), promise: nil)
    context.close(promise: nil)
  }
}

/// A value of the Redis protocol, RESP2.
indirect enum RESPValue {
  case simple(String)
  case error(String)
  case integer(Int)
  case bulk(String)
  case null
  case array([RESPValue])

  var encoded: String {
    switch self {
    case .simple(let text): "+\(text)\r\n"
    case .error(let text): "-\(text)\r\n"
    case .integer(let number): ":\(number)\r\n"
    case .bulk(let text): "$\(text.utf8.count)\r\n\(text)\r\n"
    case .null: "$-1\r\n"
    case .array(let items): "*\(items.count)\r\n" + items.map(\.encoded).joined()
    }
  }
}
