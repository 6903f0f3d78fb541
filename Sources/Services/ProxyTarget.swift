/// What a client of a proxy asks for.
struct ProxyTarget: Hashable {
  /// `s3-1.zenko.svc:8002`, in lower case.
  var authority: String
  /// With the query; at least `/`.
  var path: String

  /// A request in origin form within a tunnel.
  init(tunnel: String, path: String) {
    authority = tunnel.lowercased()
    self.path = path
  }

  /// A request in absolute form; nil where `text` is no `http://` URL.
  init?(_ text: String) {
    let scheme = "http://"
    guard text.prefix(scheme.count).lowercased() == scheme else { return nil }
    let rest = text.dropFirst(scheme.count)
    let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
    let parts = rest[..<end].split(separator: ":", omittingEmptySubsequences: false)
    guard let host = parts.first, !host.isEmpty, parts.count <= 2 else { return nil }
    guard let port = parts.count == 2 ? Int(parts[1]) : 80, (1...65535).contains(port) else { return nil }
    authority = "\(host.lowercased()):\(port)"
    path = rest[end...].first == "/" ? String(rest[end...]) : "/\(rest[end...])"
  }
}
