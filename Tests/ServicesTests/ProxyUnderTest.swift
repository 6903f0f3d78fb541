import Exposition
import Foundation
import Net
import Services
import Signals
import TestSupport

/// A proxy with one host, `s3-1.zenko.svc:8002`, at five seconds past the start.
struct ProxyUnderTest {
  let port: Int
  let clock: ManualClock
  /// One for each time that the host's metrics were read.
  let scrapes: Arrivals
  let authorityFile: String

  /// Asks through the proxy with curl; `|` and the status behind the answer.
  func ask(_ url: String, _ arguments: String...) async throws -> (status: Int32, output: String) {
    let own = ["-q", "-sS", "--max-time", "20", "-x", "http://127.0.0.1:\(port)", "-w", "|%{http_code}"]
    return try await run("curl", own + ["--cacert", authorityFile] + arguments + [url])
  }
}

func withProxy(
  _ faults: FaultSchedule = FaultSchedule(), others: [String: ForwardProxy.Host] = [:],
  _ body: (ProxyUnderTest) async throws -> Void
) async throws {
  let clock = ManualClock(at: .seconds(5))
  let scrapes = Arrivals()
  let instance = FakeInstance(
    name: "s3[1]", routes: [.init(path: "/live", methods: ["GET", "POST"], body: "up")], faults: faults,
    otherPathStatus: 405
  ) { now in
    scrapes.note()
    let value = Double(now.components.seconds)
    return [MetricFamily(name: "t", type: .gauge, help: "", samples: [.init(name: "t", value: value)])]
  }
  let authority = try RunAuthority()
  try await withTemporaryFolder { folder in
    try authority.pem.write(toFile: "\(folder)/ca.pem", atomically: true, encoding: .utf8)
    try await withEventLoops { loops in
      let proxy = try await ForwardProxy(
        loops, clock: clock, address: "127.0.0.1", authority: authority,
        hosts: others.merging(["s3-1.zenko.svc:8002": .fake(instance)]) { $1 })
      try await body(
        ProxyUnderTest(port: proxy.port, clock: clock, scrapes: scrapes, authorityFile: "\(folder)/ca.pem"))
    }
  }
}
