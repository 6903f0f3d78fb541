import NIOCore
import Net
import Services
import Synchronization
import TestSupport
import Testing
import VirtualTime

@Suite(.timeLimit(.minutes(1))) struct RealHostTests {
  @Test(arguments: ["http", "https"])
  func requestsArePassedOn(scheme: String) async throws {
    try await withEventLoops { loops in
      let upstream = try await HTTPListener(loops, clock: ManualClock(), address: "127.0.0.1", port: 0) { request, _ in
        let accept = request.header("accept") ?? ""
        let body = String(decoding: request.body, as: UTF8.self)
        return .now(
          HTTPReply(status: 418, contentType: "text/odd", text: "\(request.method) \(request.target) \(accept) \(body)")
        )
      }
      try await withProxy(others: ["redis.svc:9121": .real(host: "127.0.0.1", port: upstream.port)]) { proxy in
        let answer = try await proxy.ask(
          "\(scheme)://redis.svc:9121/metrics?a=b", "-H", "Accept: text/plain", "-d", "x=1", "-w",
          "|%{http_code}|%{content_type}")
        #expect(answer.output == "POST /metrics?a=b text/plain x=1|418|text/odd")
      }
    }
  }

  @Test func programMayStartLater() async throws {
    try await withEventLoops { loops in
      let upstream = try await HTTPListener(loops, clock: ManualClock(), address: "127.0.0.1", port: 0) { _, _ in
        .now(HTTPReply(status: 200, text: "here"))
      }
      let started = Atomic(false)
      try await withProxy(
        others: ["redis.svc:9121": .later { started.load(ordering: .relaxed) ? ("127.0.0.1", upstream.port) : nil }]
      ) { proxy in
        let early = try await proxy.ask("http://redis.svc:9121/metrics")
        #expect(early.output == "redis.svc:9121 has not started yet\n|503")
        started.store(true, ordering: .relaxed)
        let late = try await proxy.ask("http://redis.svc:9121/metrics")
        #expect(late.output == "here|200")
      }
    }
  }

  /// A look-up would be work on a thread that no scan sees, and time would jump over it.
  @Test func namesAreNotLookedUp() async throws {
    try await withEventLoops { loops in
      let upstream = try await HTTPListener(loops, clock: ManualClock(), address: "127.0.0.1", port: 0) { _, _ in
        .now(HTTPReply(status: 200))
      }
      try await withProxy(others: ["redis.svc:9121": .real(host: "localhost", port: upstream.port)]) { proxy in
        let answer = try await proxy.ask("http://redis.svc:9121/metrics")
        #expect(answer.output.hasSuffix("|502"), "\(answer.output)")
      }
      await #expect(throws: SocketAddressError.self) {
        try await Relay(
          loops, clock: ManualClock(), address: "127.0.0.1", upstream: "localhost", upstreamPort: upstream.port
        ) { _ in .none }
      }
    }
  }

  @Test func programThatIsGoneIsABadGateway() async throws {
    try await withEventLoops { loops in
      let upstream = try await HTTPListener(loops, clock: ManualClock(), address: "127.0.0.1", port: 0) { _, _ in
        .now(HTTPReply(status: 200))
      }
      await upstream.close()
      try await withProxy(others: ["redis.svc:9121": .real(host: "127.0.0.1", port: upstream.port)]) { proxy in
        let answer = try await proxy.ask("http://redis.svc:9121/metrics")
        #expect(answer.output.hasSuffix("|502"), "\(answer.output)")
      }
    }
  }

  @Test func answerThatBreaksOffIsABadGateway() async throws {
    try await withEventLoops { loops in
      let upstream = try await HTTPListener(loops, clock: ManualClock(), address: "127.0.0.1", port: 0) { _, _ in
        .now(HTTPReply(status: 200, text: "whole", manner: .truncated(at: 2)))
      }
      try await withProxy(others: ["redis.svc:9121": .real(host: "127.0.0.1", port: upstream.port)]) { proxy in
        let answer = try await proxy.ask("http://redis.svc:9121/metrics")
        #expect(answer.output.hasSuffix("|502"), "\(answer.output)")
      }
    }
  }
}
