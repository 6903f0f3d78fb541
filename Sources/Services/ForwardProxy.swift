import NIOCore
public import Net
public import VirtualTime

/// Serves every virtual host of a run to clients that name it by `proxy_url`: plainly, or by TLS in a tunnel.
///
/// So `instance` is what production says, and no scrape offset, which is a hash of it, depends on a port of chance.
public final class ForwardProxy: Sendable {
  private let address: String
  private let listener: HTTPListener

  /// What stands behind a virtual host.
  public enum Host: Sendable {
    case fake(FakeInstance)
    /// A real program of the stack.
    case real(host: String, port: Int)
    /// A real program that starts after the proxy; nil as long as nobody knows where it listens.
    case later(@Sendable () -> (host: String, port: Int)?)
  }

  /// Listens on `address` for `hosts`, by their `name:port`; `authority` signs for those that are asked by TLS.
  public init(
    _ loops: EventLoops, clock: any RunClock, address: String, port: Int = 0, authority: RunAuthority,
    hosts: [String: Host]
  ) async throws {
    self.address = address
    let hosts = Dictionary(hosts.map { ($0.key.lowercased(), $0.value) }) { first, _ in first }
    let forwarder = HTTPForwarder(loops)
    let tunnels = Tunnels(authority: authority) { hosts[$0] != nil }
    listener = try await HTTPListener(loops, clock: clock, address: address, port: port, tunnels: tunnels) {
      request, now in
      let inTunnel = request.tunnel.map { ProxyTarget(tunnel: $0, path: request.target) }
      guard let target = inTunnel ?? ProxyTarget(request.target) else {
        return .now(HTTPReply(status: 400, text: "a proxy is asked with a whole URL, not \(request.target)\n"))
      }
      switch hosts[target.authority] {
      case .fake(let instance): return .now(instance.reply(to: request, path: target.path, at: now.offset))
      case .real(let host, let port):
        return .later(forwarder.forward(request, path: target.path, host: host, port: port))
      case .later(let address):
        guard let (host, port) = address() else {
          return .now(HTTPReply(status: 503, text: "\(target.authority) has not started yet\n"))
        }
        return .later(forwarder.forward(request, path: target.path, host: host, port: port))
      case nil: return .now(HTTPReply(status: 502, text: "no service of this scenario is \(target.authority)\n"))
      }
    }
  }

  /// The port it listens on.
  public var port: Int { listener.port }

  /// What `proxy_url` says: `http://127.64.3.2:40000`.
  public var url: String { "http://\(address):\(port)" }

  /// Stops listening and closes every connection.
  public func close() async { await listener.close() }
}
