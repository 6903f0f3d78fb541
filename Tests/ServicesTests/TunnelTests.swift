import Net
import Services
import TestSupport
import Testing
import VirtualTime

/// What only TLS in a tunnel has; the faults in it are those of ``ForwardProxyTests``.
@Suite(.timeLimit(.minutes(1))) struct TunnelTests {
  @Test func keepsOneConnectionForManyRequests() async throws {
    try await withProxy { proxy in
      let url = "https://s3-1.zenko.svc:8002/live"
      let answer = try await proxy.ask(url, url, "-w", "|%{num_connects}%{http_version}%{ssl_verify_result} ")
      #expect(answer.output == "up|11.10 up|01.10 ")
    }
  }

  @Test func largeAnswersComeWhole() async throws {
    try await withEventLoops { loops in
      let text = String(repeating: "x", count: 3_000_000)
      let upstream = try await HTTPListener(loops, clock: ManualClock(), address: "127.0.0.1", port: 0) { _, _ in
        .now(HTTPReply(status: 200, text: text))
      }
      try await withProxy(others: ["big.svc:443": .real(host: "127.0.0.1", port: upstream.port)]) { proxy in
        let answer = try await proxy.ask("https://big.svc/")
        #expect(answer.output == "\(text)|200")
      }
    }
  }

  @Test func strangersToTheAuthorityAreNotFooled() async throws {
    try await withProxy { proxy in
      let answer = try await proxy.ask(
        "https://s3-1.zenko.svc:8002/live", "--cacert", "/etc/ssl/certs/ca-certificates.crt")
      #expect([60, 77].contains(answer.status), "\(answer.output)")
    }
  }

  @Test(arguments: [
    ("CONNECT nobody.svc:443 HTTP/1.1\r\nHost: nobody.svc:443\r\n\r\n", "HTTP/1.1 502"),
    ("CONNECT nonsense\r\n\r\n", "HTTP/1.1 400"), ("CONNECT a:1 SPDY/3\r\n\r\n", "HTTP/1.1 400"),
  ])
  func refusals(request: String, status: String) async throws {
    try await withProxy { proxy in
      let answer = try RawConnection(port: proxy.port)
      try answer.send(request)
      #expect(try answer.readToEnd().hasPrefix(status))
    }
  }

  @Test func requestMayComeInPieces() async throws {
    try await withProxy { proxy in
      let connection = try RawConnection(port: proxy.port)
      try connection.send("CONN")
      // Once another has been answered, the piece has been read.
      _ = try await proxy.ask("http://nobody.svc/")
      try connection.send("ECT s3-1.zenko.svc:8002 HTTP/1.1\r\nHost: s3-1.zenko.svc:8002\r\n")
      _ = try await proxy.ask("http://nobody.svc/")
      #expect(connection.isSilent)
      let answer = try connection.ask("\r\n", bytes: 39)
      #expect(answer == "HTTP/1.1 200 Connection established\r\n\r\n")
    }
  }

  @Test func headWithoutEndIsCutOff() async throws {
    try await withProxy { proxy in
      let connection = try RawConnection(port: proxy.port)
      try connection.send("CONNECT " + String(repeating: "x", count: 17_000))
      #expect(throws: RawConnection.Failure.self) { try connection.read(1) }
    }
  }
}
