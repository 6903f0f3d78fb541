import Curl
import Diagnostics
import Exposition
import Scenarios
import Services
import Stack

/// A batch job: pushes its metrics to the real Pushgateway while it is not down.
struct Pusher: Sendable {
  let instance: PlannedInstance
  let push: Push
  let gateway: String

  /// Pushes what is due at `moment`; the Pushgateway's refusal is an error of the scenario's own making, so it is thrown.
  func push(at moment: Duration) async throws {
    guard instance.faults.fault(at: moment) == .none else { return }
    let body = TextFormat.write(instance.book.families(at: moment))
    let request = HTTPRequest(
      "PUT", gateway + path, headers: ["Content-Type": ExpositionFormat.text.contentType], body: Array(body.utf8),
      timeout: .seconds(10))
    let response = try await HTTPClient.shared.send(request)
    guard (200..<300).contains(response.status) else {
      throw StackError("the Pushgateway refused the push of \(instance.service.name.value): \(response.text)")
    }
  }

  /// `/metrics/job/<job>/<label>/<value>...`; values that a path cannot hold go as base64 (README of prometheus/pushgateway).
  private var path: String {
    var path = "/metrics/" + component("job", push.job)
    for (name, value) in push.grouping.sorted(by: { $0.key < $1.key }) { path += "/" + component(name, value) }
    return path
  }

  private func component(_ name: String, _ value: String) -> String {
    value.isEmpty || value.contains("/") ? "\(name)@base64/\(base64URL(value))" : "\(name)/\(percentEncoded(value))"
  }
}

/// The URL-safe alphabet without padding; `=` alone stands for the empty text.
private func base64URL(_ text: String) -> String {
  let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
  let bytes = Array(text.utf8)
  guard !bytes.isEmpty else { return "=" }
  var result = ""
  for start in stride(from: 0, to: bytes.count, by: 3) {
    let group = bytes[start..<min(start + 3, bytes.count)]
    var bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
    var letters: [Character] = []
    for _ in 0..<4 {
      letters.insert(alphabet[bits & 63], at: 0)
      bits >>= 6
    }
    result += String(letters.prefix(group.count + 1))
  }
  return result
}
