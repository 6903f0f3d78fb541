import Net
import TestSupport
import Testing
import VirtualTime

@Suite(.timeLimit(.minutes(1))) struct RelayTests {
  private func relaying(
    _ fault: @escaping @Sendable (Duration) -> RelayFault, clock: ManualClock = ManualClock(),
    _ body: (_ relay: Relay, _ upstream: HTTPListener) async throws -> Void
  ) async throws {
    try await withEventLoops { loops in
      let upstream = try await HTTPListener(loops, clock: clock, address: "127.0.0.1", port: 0) { _, _ in
        .now(HTTPReply(status: 200, text: String(repeating: "x", count: 1_000_000)))
      }
      let relay = try await Relay(
        loops, clock: clock, address: "127.0.0.1", upstream: "127.0.0.1", upstreamPort: upstream.port, fault: fault)
      try await body(relay, upstream)
    }
  }

  @Test func passesAllOn() async throws {
    try await relaying { _ in
      .none
    } _: { relay, _ in
      let answer = try await curl("http://127.0.0.1:\(relay.port)/")
      #expect(answer.status == 0)
      #expect(answer.output.utf8.count == 1_000_000)
    }
  }

  @Test func refuses() async throws {
    try await relaying { _ in
      .refuse
    } _: { relay, _ in
      let answer = try await curl("http://127.0.0.1:\(relay.port)/")
      // A reset may meet the client within its connect (7) or after it (56).
      #expect([7, 56].contains(answer.status))
    }
  }

  @Test func hangSwallowsWhatComes() async throws {
    let arrivals = Arrivals()
    try await relaying { _ in
      arrivals.note()
      return .hang
    } _: { relay, upstream in
      let hanging = try RawConnection(port: relay.port)
      await arrivals.next()
      try hanging.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
      await arrivals.next()
      let other = try await curl("-o", "/dev/null", "http://127.0.0.1:\(upstream.port)/")
      #expect(other.status == 0)
      #expect(hanging.isSilent)
    }
  }

  @Test func oldConnectionsAreResetWhenTheyNextSend() async throws {
    let clock = ManualClock()
    try await relaying({ $0 < .seconds(5) ? .none : .refuse }, clock: clock) { relay, _ in
      let connection = try RawConnection(port: relay.port)
      let answer = try connection.ask("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n", bytes: 12)
      #expect(answer == "HTTP/1.1 200")
      clock.advance(by: .seconds(5))
      try connection.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n")
      let failure = #expect(throws: RawConnection.Failure.self) { try connection.readToEnd() }
      #expect(failure?.errno == RawConnection.Failure.reset.errno)
    }
  }
}
