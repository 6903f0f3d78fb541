public import Net
import NIOCore
public import VirtualTime

/// A Redis server whose `INFO` is scripted, good enough for the real exporter and redis-cli.
public final class RedisServer: Sendable {
  private let listener: TCPListener

  /// Listens; `state` gives fields of `INFO` at a moment and `db0_keys`, `db1_keys`, ... the sizes of databases.
  public init(
    _ loops: EventLoops, clock: any RunClock, address: String, port: Int = 6379,
    faults: FaultSchedule = FaultSchedule(), state: @escaping @Sendable (Duration) -> [String: Double]
  ) async throws {
    listener = try await TCPListener(loops, address: address, port: port) { channel in
      let handler = RedisHandler(clock: clock, faults: faults, state: state)
      try channel.pipeline.syncOperations.addHandler(handler)
    }
  }

  /// The port it listens on.
  public var port: Int { listener.port }

  /// Stops listening and closes every connection.
  public func close() async { await listener.close() }
}

/// One connection to a Redis server.
private final class RedisHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let clock: any RunClock
  private let faults: FaultSchedule
  private let state: @Sendable (Duration) -> [String: Double]
  private let connectedAt: RunInstant
  private var reader = RedisCommandReader()
  private var session = RedisSession()
  private var delayed: [ScheduledCall] = []

  init(clock: any RunClock, faults: FaultSchedule, state: @escaping @Sendable (Duration) -> [String: Double]) {
    self.clock = clock
    self.faults = faults
    self.state = state
    connectedAt = clock.now
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    reader.append(unwrapInboundIn(data).readableBytesView)
    var output: [UInt8] = []
    let now = clock.now
    let port = context.channel.localAddress?.port ?? 6379
    let info = RedisInfo(state: state(now.offset), now: now.offset, epoch: clock.epoch, port: port)
    do {
      while !session.ended, let command = try reader.next() {
        guard !command.isEmpty else { continue }
        session.answer(command, info).write(version: session.version, into: &output)
      }
      send(output, ending: session.ended, at: now, on: context.channel)
    } catch {
      RESP.error("ERR Protocol error: \(error.message)").write(version: session.version, into: &output)
      send(output, ending: true, at: now, on: context.channel)
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    for call in delayed { call.cancel() }
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  private func send(_ output: [UInt8], ending: Bool, at now: RunInstant, on channel: any Channel) {
    guard !output.isEmpty else { return }
    if faults.restarted(since: connectedAt.offset, until: now.offset) { return channel.reset() }
    let write: @Sendable () -> Void = {
      let sent = channel.writeAndFlush(ByteBuffer(bytes: output))
      if ending { sent.whenComplete { _ in channel.close(promise: nil) } }
    }
    switch faults.fault(at: now.offset) {
    case .down: channel.reset()
    case .hang: break
    case .slow(let delay):
      delayed.append(
        clock.schedule(at: now.advanced(by: delay)) { token in
          channel.eventLoop.execute {
            write()
            token.release()
          }
        })
    // The rest are faults of HTTP.
    case .none, .status, .truncate, .garbage, .wrongContentType: write()
    }
  }
}
