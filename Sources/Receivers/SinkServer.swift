public import Events
import NIOCore
public import Net
public import VirtualTime

/// The local endpoint that stands for every receiver of an Alertmanager configuration; it records what arrives, and when.
///
/// Alertmanager is told to send to `url/<receiver>/<kind>/<number>`.
public struct SinkServer: Sendable {
  private let listener: HTTPListener

  /// The kinds that have a sink; a new one is a file beside ``WebhookSink`` and a line here.
  static let kinds: [any Sink.Type] = [WebhookSink.self]

  /// `http://127.1.2.3:40000`
  public var url: String { "http://\(listener.address)" }

  /// Listens at an address of the run; `deliver` is called on the loop, in the order of arrival.
  public static func start(
    on loops: EventLoops, clock: any RunClock, host: String, deliver: @escaping @Sendable (Events.Notification) -> Void
  ) async throws -> SinkServer {
    let listener = try await HTTPListener.start(on: loops, clock: clock, host: host) { request, now in
      let parts = request.target.split(separator: "/").map { $0.removingPercentEncodingOrSelf }
      guard parts.count == 3, request.method == "POST" else {
        return .now(Reply(status: 404, text: "no receiver here\n"))
      }
      let arrival = Arrival(at: now.offset, receiver: parts[0], kind: parts[1], body: request.body)
      // Until a kind has its own sink it is driven as a webhook.
      let sink = kinds.first { $0.kind == parts[1] } ?? WebhookSink.self
      guard let notification = sink.notification(from: arrival) else {
        return .now(Reply(status: 400, text: "this is no \(sink.kind) notification\n"))
      }
      deliver(notification)
      return .now(sink.reply)
    }
    return SinkServer(listener: listener)
  }

  /// Stops listening.
  public func stop() async { await listener.stop() }
}

/// A request to a sink.
struct Arrival {
  let at: Duration
  let receiver: String
  let kind: String
  let body: [UInt8]
}

/// A kind of receiver: what it takes, and what the real service answers.
protocol Sink: Sendable {
  /// As in the configuration's `<kind>_configs`.
  static var kind: String { get }
  static var reply: Reply { get }
  /// nil: the real service would refuse this request.
  static func notification(from arrival: Arrival) -> Events.Notification?
}

extension Substring {
  /// The text with `%20` and its like decoded; itself where that is no valid encoding.
  var removingPercentEncodingOrSelf: String {
    var bytes: [UInt8] = []
    var rest = Array(utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%"), rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      else {
        bytes.append(byte)
        continue
      }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
