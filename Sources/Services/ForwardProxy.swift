import NIOCore
public import Net
public import VirtualTime

/// One forward proxy that serves every virtual host of a run, so that `instance` is what production says and no scrape hash depends on a port.
public struct ForwardProxy: Sendable {
  private let listener: HTTPListener

  /// Where a virtual host is served from.
  public enum Host: Sendable {
    case fake(FakeInstance)
    /// A real program of the stack; faults act in front of it.
    case real(host: String, port: Int)
  }

  /// `http://127.1.2.3:40000`
  public var url: String { "http://\(listener.address)" }

  /// Serves `hosts`, by `name:port`, at an address of the run.
  public static func start(on loops: EventLoops, clock: any RunClock, host: String, hosts: [String: Host]) async throws
    -> ForwardProxy
  {
    let forwarder = HTTPForwarder(loops)
    let listener = try await HTTPListener.start(on: loops, clock: clock, host: host) { request, now in
      guard let (authority, path) = split(request.target) else {
        return .now(Reply(status: 400, text: "this is a forward proxy: it takes absolute URLs\n"))
      }
      switch hosts[authority] {
      case .fake(let instance): return .now(instance.reply(to: request, path: path, at: now.offset))
      case .real(let host, let port): return .later(forwarder.forward(request, path: path, host: host, port: port))
      case nil: return .now(Reply(status: 502, text: "no service of this run is called \(authority)\n"))
      }
    }
    return ForwardProxy(listener: listener)
  }

  /// Stops serving.
  public func stop() async { await listener.stop() }
}

/// `http://host:port/path?query` into its authority, with a port, and the rest.
private func split(_ target: String) -> (authority: String, path: String)? {
  guard target.hasPrefix("http://") else { return nil }
  let rest = target.dropFirst("http://".count)
  let authority = rest.prefix { $0 != "/" && $0 != "?" }
  let path = rest.dropFirst(authority.count)
  return ("\(authority)\(authority.contains(":") ? "" : ":80")", path.hasPrefix("/") ? String(path) : "/\(path)")
}
