import Glibc
import NIOCore
import Net
import TestSupport
import Testing
import VirtualTime

@Suite(.timeLimit(.minutes(1))) struct HTTPListenerTests {
  private func serving(
    _ clock: ManualClock = ManualClock(), _ handler: @escaping HTTPListener.Handler,
    _ body: (HTTPListener, String) async throws -> Void
  ) async throws {
    try await withEventLoops { loops in
      let listener = try await HTTPListener(loops, clock: clock, address: "127.0.0.1", port: 0, handler: handler)
      try await body(listener, "http://127.0.0.1:\(listener.port)")
    }
  }

  @Test func answersWithTheBodyThatCame() async throws {
    try await serving { request, _ in
      let body = String(decoding: request.body, as: UTF8.self)
      return .now(HTTPReply(status: 201, text: "\(request.method) \(request.target) " + body))
    } _: { _, url in
      let post = try await curl("-d", "hello", "-w", " %{http_code}", url + "/a?b=c")
      #expect(post.output == "POST /a?b=c hello 201")
      let twice = try await curl(url + "/1", url + "/2", "-w", "(%{num_connects})")
      #expect(twice.output == "GET /1 (1)GET /2 (0)", "the connection is kept")
    }
  }

  @Test func headHasNoBody() async throws {
    try await serving { request, _ in
      .now(HTTPReply(status: 200, headers: [("x-path", request.target)], body: Array("body".utf8)))
    } _: { listener, _ in
      let connection = try RawConnection(port: listener.port)
      // Two requests at once: what follows the head of the first answer must be that of the second.
      try connection.send("HEAD /a HTTP/1.1\r\nHost: h\r\n\r\nGET /b HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
      let answers = try connection.readToEnd().split(separator: "\r\n\r\n")
      #expect(answers.count == 3)
      #expect(answers[0].contains("x-path: /a\r\ncontent-length: 4"))
      #expect(answers[1].hasPrefix("HTTP/1.1 200 OK\r\nx-path: /b"))
      #expect(answers[2] == "body")
    }
  }

  @Test(arguments: [(HTTPReply.Manner.reset, Int32(56)), (.truncated(at: 2), 18)])
  func brokenAnswersBreakTheClient(manner: HTTPReply.Manner, exit: Int32) async throws {
    try await serving { _, _ in
      .now(HTTPReply(status: 200, text: "whole", manner: manner))
    } _: { _, url in
      let answer = try await curl(url)
      #expect(answer.status == exit)
    }
  }

  @Test func hangKeepsTheConnectionOpenAndSilent() async throws {
    let arrivals = Arrivals()
    try await serving { request, _ in
      arrivals.note()
      return .now(HTTPReply(status: 200, text: "done", manner: request.target == "/hang" ? .hang : .normal))
    } _: { listener, url in
      let hanging = try RawConnection(port: listener.port)
      try hanging.send("GET /hang HTTP/1.1\r\nHost: h\r\n\r\n")
      await arrivals.next()
      let other = try await curl(url)
      #expect(other.output == "done")
      #expect(hanging.isSilent)
    }
  }

  @Test func delayIsVirtual() async throws {
    let clock = ManualClock()
    try await serving(clock) { _, now in
      let text = "asked at \(now.offset.components.seconds)"
      return .now(HTTPReply(status: 200, text: text, manner: .afterDelay(.seconds(3600))))
    } _: { listener, _ in
      let connection = try RawConnection(port: listener.port)
      try connection.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
      await clock.owes(1)
      clock.advance(by: .seconds(3600) - .nanoseconds(1))
      #expect(clock.owed == 1)
      #expect(connection.isSilent)
      clock.advance(by: .nanoseconds(1))
      let answer = try connection.readToEnd()
      #expect(answer.hasSuffix("asked at 0"))
    }
  }

  @Test func delayIsForgottenWhenTheClientLeaves() async throws {
    let clock = ManualClock()
    try await serving(clock) { _, _ in
      .now(HTTPReply(status: 200, manner: .afterDelay(.seconds(9))))
    } _: { listener, _ in
      do {
        let connection = try RawConnection(port: listener.port)
        try connection.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        await clock.owes(1)
      }
      await clock.owes(0)
    }
  }

  @Test(arguments: [(true, "later|200"), (false, "|502")])
  func answersThatComeLater(succeeds: Bool, end: String) async throws {
    try await withEventLoops { loops in
      let listener = try await HTTPListener(loops, clock: ManualClock(), address: "127.0.0.1", port: 0) { _, _ in
        let promise = loops.loop.makePromise(of: HTTPReply.self)
        loops.loop.execute {
          if succeeds { promise.succeed(HTTPReply(status: 200, text: "later")) } else { promise.fail(Refused()) }
        }
        return .later(promise.futureResult)
      }
      let answer = try await curl("-w", "|%{http_code}", "http://127.0.0.1:\(listener.port)/")
      #expect(answer.output.hasSuffix(end))
    }
  }

  private struct Refused: Error {}

  @Test func badRequestsGet400() async throws {
    try await serving { _, _ in
      .now(HTTPReply(status: 200, text: "fine"))
    } _: { _, url in
      let bad = try await curl("-X", "G\u{1}T", "-w", "%{http_code}", url)
      #expect(bad.output == "400")
      let good = try await curl(url)
      #expect(good.output == "fine")
    }
  }

  @Test func hugeBodiesAreRefused() async throws {
    try await serving { _, _ in
      .now(HTTPReply(status: 200))
    } _: { _, url in
      try await withTemporaryFolder { folder in
        _ = try await run("truncate", ["-s", "17M", "\(folder)/body"])
        let answer = try await curl("-H", "Expect:", "--data-binary", "@\(folder)/body", "-w", "|%{http_code}", url)
        #expect(answer.output.contains("|413"))
      }
    }
  }

  @Test func closingEndsItsConnections() async throws {
    try await serving { _, _ in
      .now(HTTPReply(status: 204))
    } _: { listener, _ in
      let connection = try RawConnection(port: listener.port)
      let head = "HTTP/1.1 204 No Content\r\n\r\n"
      let answer = try connection.ask("GET / HTTP/1.1\r\nHost: h\r\n\r\n", bytes: head.utf8.count)
      #expect(answer == head)
      #expect(listener.openConnections == 1)
      await listener.close()
      #expect(listener.openConnections == 0)
      #expect(throws: RawConnection.Failure.closed) { try connection.read(1) }
    }
  }

  @Test func loopKnowsItsThread() async throws {
    try await withEventLoops { loops in
      let ids = try await loops.threadIDs()
      #expect(ids.count == 1)
      #expect(access("/proc/self/task/\(ids[0])", F_OK) == 0)
    }
  }
}
