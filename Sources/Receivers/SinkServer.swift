public import Events
public import Net
public import VirtualTime

/// Stands for the services that Alertmanager notifies: takes each delivery, answers as the real one, and passes it on.
public final class SinkServer: Sendable {
  private let address: String
  private let listener: HTTPListener

  /// Listens on `address` for deliveries to `/<receiver>/<kind>/<index>`; `deliver` gets every delivery on the event loop, in the order of arrival.
  public init(
    _ loops: EventLoops, clock: any RunClock, address: String, port: Int = 0,
    deliver: @escaping @Sendable (Notification) -> Void
  ) async throws {
    self.address = address
    listener = try await HTTPListener(loops, clock: clock, address: address, port: port) { request, now in
      .now(receive(request, at: now.offset, deliver: deliver))
    }
  }

  /// The port it listens on.
  public var port: Int { listener.port }

  /// `http://127.64.3.2:40000`, below which receivers have their paths.
  public var url: String { "http://\(address):\(port)" }

  /// Stops listening and closes every connection.
  public func close() async { await listener.close() }
}

private func receive(_ request: HTTPRequest, at: Duration, deliver: (Notification) -> Void) -> HTTPReply {
  let path = request.target.split(separator: "?", maxSplits: 1).first ?? ""
  let segments = path.split(separator: "/")
  guard segments.count == 3, Int(segments[2]) != nil, let receiver = PathSegment.decode(segments[0]) else {
    return HTTPReply(status: 404, text: "a sink's path is /<receiver>/<kind>/<index>\n")
  }
  guard request.method == "POST" else { return HTTPReply(status: 405, text: "a delivery is a POST\n") }
  let delivery = Delivery(at: at, receiver: receiver, kind: String(segments[1]), body: request.body)
  let kind = ReceiverKind.named(delivery.kind)
  guard let notification = kind.parse(delivery) else {
    return HTTPReply(status: 400, text: "the body is no delivery of kind \(kind.name)\n")
  }
  deliver(notification)
  return kind.accepted
}
