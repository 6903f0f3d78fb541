import Exposition
import Net
import Services
import TestSupport
import Testing
import VirtualTime

@Suite(.timeLimit(.minutes(1))) struct ForwardProxyTests {
  @Test(arguments: [
    ("http://s3-1.zenko.svc:8002/metrics", "t 5\n|200"), ("http://S3-1.zenko.svc:8002/metrics", "t 5\n|200"),
    ("http://s3-1.zenko.svc:8002/live", "up|200"), ("http://s3-1.zenko.svc:8002/x", "[]|405"),
    // The query counts.
    ("http://s3-1.zenko.svc:8002/metrics?a=b", "[]|405"), ("http://s3-1.zenko.svc:8002", "[]|405"),
    ("http://nobody.svc/x", "nobody.svc:80\n|502"),
  ])
  func virtualHosts(url: String, end: String) async throws {
    try await withProxy { proxy in
      let answer = try await proxy.ask(url)
      #expect(answer.output.hasSuffix(end), "\(answer.output)")
    }
  }

  @Test(arguments: [("/live", "POST", "up|200"), ("/live", "DELETE", "[]|405"), ("/metrics", "POST", "[]|405")])
  func wrongMethodsAreAnsweredAsOtherPaths(path: String, method: String, end: String) async throws {
    try await withProxy { proxy in
      let answer = try await proxy.ask("http://s3-1.zenko.svc:8002\(path)", "-X", method)
      #expect(answer.output.hasSuffix(end), "\(answer.output)")
    }
  }

  @Test(
    arguments: ["http", "https"],
    [
      (ServiceFault.none, Int32(0), "t 5\n|200"), (.down, 56, "|000"), (.status(503), 0, "|503"),
      (.truncate, 18, "|200"), (.garbage, 0, "exposition\n|200"), (.wrongContentType, 0, "|200"),
    ])
  func faults(scheme: String, expected: (fault: ServiceFault, exit: Int32, end: String)) async throws {
    try await withProxy(FaultSchedule([.init(at: .seconds(5), fault: expected.fault)])) { proxy in
      let answer = try await proxy.ask("\(scheme)://s3-1.zenko.svc:8002/metrics")
      #expect(answer.status == expected.exit, "\(answer.output)")
      #expect(answer.output.hasSuffix(expected.end), "\(answer.output)")
    }
  }

  @Test func hangKeepsTheConnectionOpenAndSilent() async throws {
    try await withProxy(FaultSchedule([.init(at: .zero, fault: .hang)])) { proxy in
      let hanging = try RawConnection(port: proxy.port)
      try hanging.send(request)
      await proxy.scrapes.next()
      let other = try await proxy.ask("http://nobody.svc/")
      #expect(other.output.hasSuffix("|502"))
      #expect(hanging.isSilent)
    }
  }

  @Test(arguments: ["http", "https"])
  func slowAnswersComeLaterInVirtualTime(scheme: String) async throws {
    try await withProxy(FaultSchedule([.init(at: .zero, fault: .slow(.seconds(12)))])) { proxy in
      async let answer = proxy.ask("\(scheme)://s3-1.zenko.svc:8002/metrics")
      await proxy.clock.owes(1)
      proxy.clock.advance(by: .seconds(12) - .nanoseconds(1))
      #expect(proxy.clock.owed == 1)
      proxy.clock.advance(by: .nanoseconds(1))
      let output = try await answer.output
      #expect(output.hasSuffix("t 5\n|200"), "the values are those of the moment of the request")
    }
  }

  @Test func restartDropsLiveConnectionsOnce() async throws {
    try await withProxy(FaultSchedule(restarts: [.seconds(9)])) { proxy in
      let old = try RawConnection(port: proxy.port)
      let before = try old.ask(request, bytes: 12)
      #expect(before == "HTTP/1.1 200")
      proxy.clock.advance(by: .seconds(4))
      try old.send(request)
      let failure = #expect(throws: RawConnection.Failure.self) { try old.readToEnd() }
      #expect(failure?.errno == RawConnection.Failure.reset.errno)
      let after = try RawConnection(port: proxy.port).ask(request, bytes: 12)
      #expect(after == "HTTP/1.1 200")
    }
  }

  private let request = "GET http://s3-1.zenko.svc:8002/metrics HTTP/1.1\r\nHost: s3-1.zenko.svc:8002\r\n\r\n"
}
