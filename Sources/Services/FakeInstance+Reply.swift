import Exposition
import Net
import VirtualTime

extension FakeInstance {
  /// Answers a request for `path` at a moment, faults included.
  func reply(to request: HTTPRequest, path: String, at now: Duration) -> HTTPReply {
    if faults.restarted(since: request.connectedAt.offset, until: now) { return HTTPReply(status: 503, manner: .reset) }
    var reply = healthyReply(to: request, path: path, at: now)
    switch faults.fault(at: now) {
    case .none: break
    case .down: reply.manner = .reset
    case .hang: reply.manner = .hang
    case .slow(let delay): reply.manner = .afterDelay(delay)
    case .status(let status): reply = HTTPReply(status: status, text: "\(name) answers \(status)\n")
    case .truncate: reply.manner = .truncated(at: reply.body.count / 2)
    case .garbage where path == metricsPath: reply.body = Array("{\"this is\": [no exposition\n".utf8)
    case .wrongContentType where path == metricsPath: reply.headers = [("content-type", "text/html")]
    case .garbage, .wrongContentType: break
    }
    return reply
  }

  private func healthyReply(to request: HTTPRequest, path: String, at now: Duration) -> HTTPReply {
    // The query counts, as it does in Scality's ProbeServer, which looks the whole URL up.
    if path == metricsPath, request.method == "GET" {
      let format = ExpositionFormat.negotiate(accept: request.header("accept"))
      return HTTPReply(status: 200, contentType: format.contentType, text: format.write(families(now)))
    }
    if let route = routes.first(where: { $0.path == path && $0.methods.contains(request.method) }) {
      return HTTPReply(status: route.status, contentType: route.contentType, text: route.body)
    }
    // CloudServer's admin port words its refusal as an empty list.
    return otherPathStatus == 405
      ? HTTPReply(status: 405, contentType: "application/json", text: "[]")
      : HTTPReply(status: otherPathStatus, text: "\(name) has no \(path)\n")
  }
}
