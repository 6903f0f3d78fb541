import Net
import Services
import TestSupport
import Testing
import VirtualTime

@Suite(.timeLimit(.minutes(1))) struct RedisServerTests {
  private struct Server {
    var port: Int
    var clock: ManualClock
    /// One for each time that bytes came.
    var reads: Arrivals
  }

  private func serving(_ faults: FaultSchedule = FaultSchedule(), _ body: (Server) async throws -> Void) async throws {
    let clock = ManualClock(at: .seconds(5))
    let reads = Arrivals()
    try await withEventLoops { loops in
      let server = try await RedisServer(loops, clock: clock, address: "127.0.0.1", port: 0, faults: faults) { _ in
        reads.note()
        return [
          "used_memory": 734_003_200, "db0_keys": 12, "evicted_keys": 3.4, "mem_fragmentation_ratio": 1.25,
          "rdb_last_bgsave_status": 0,
        ]
      }
      try await body(Server(port: server.port, clock: clock, reads: reads))
    }
  }

  // MARK: - Real clients

  @Test(arguments: [
    (["PING"], "PONG\n"), (["INFO", "memory"], "used_memory_human:700.00M\r\n"), (["DBSIZE"], "12\n"),
    (["INFO"], "db0:keys=12,expires=0,avg_ttl=0\r\n"), (["CONFIG", "GET", "maxclients"], "maxclients\n10000\n"),
    (["-3", "CONFIG", "GET", "maxclients"], "10000"), (["INFO", "stats"], "evicted_keys:3\r\n"),
    (["INFO", "memory"], "mem_fragmentation_ratio:1.25\r\n"), (["INFO", "server"], "uptime_in_seconds:86405\r\n"),
    (["INFO", "persistence"], "rdb_last_bgsave_status:err\r\n"),
    (["INFO", "persistence"], "rdb_last_save_time:1700000000\r\n"),
    (["NOSUCH", "a"], "ERR unknown command 'NOSUCH', with args beginning with: 'a'"),
  ])
  func redisCLI(arguments: [String], shown: String) async throws {
    try await serving { server in
      let answer = try await run("redis-cli", ["-h", "127.0.0.1", "-p", "\(server.port)"] + arguments)
      #expect(answer.output.contains(shown), "\(answer.output)")
    }
  }

  // MARK: - The protocol

  @Test(arguments: [
    // An array, a bulk string with a line break, and a typed line, all at once; an empty line is nothing.
    ("*1\r\n$4\r\nPING\r\n*2\r\n$4\r\necho\r\n$4\r\na\r\nb\r\n\r\nPING x\r\n", "+PONG\r\n$4\r\na\r\nb\r\n$1\r\nx\r\n"),
    ("PING\nQUIT\r\nPING\r\n", "+PONG\r\n+OK\r\n"),
    ("*x\r\n", "-ERR Protocol error: invalid multibulk length\r\n"),
    ("PING\r\n*1\r\n+PING\r\n", "+PONG\r\n-ERR Protocol error: expected '$', got '+'\r\n"),
    ("*1\r\n$-1\r\n", "-ERR Protocol error: invalid bulk length\r\n"),
  ])
  func pipelines(sent: String, answered: String) async throws {
    try await serving { server in
      let connection = try RawConnection(port: server.port)
      let answer = try connection.ask(sent, bytes: answered.utf8.count)
      #expect(answer == answered)
    }
  }

  @Test(arguments: ["QUIT\r\n", "*x\r\n"])
  func someAnswersAreTheLast(sent: String) async throws {
    try await serving { server in
      let connection = try RawConnection(port: server.port)
      try connection.send(sent)
      let answer = try connection.readToEnd()
      #expect(answer.hasSuffix("\r\n"))
    }
  }

  @Test func commandsComeInPieces() async throws {
    try await serving { server in
      let connection = try RawConnection(port: server.port)
      for piece in ["*2\r", "\n$4\r\nEC", "HO\r\n$2\r\nh", "i\r"] {
        try connection.send(piece)
        await server.reads.next()
        #expect(connection.isSilent)
      }
      let answer = try connection.ask("\n", bytes: 8)
      #expect(answer == "$2\r\nhi\r\n")
    }
  }

  // MARK: - Faults

  @Test func downResets() async throws {
    try await serving(FaultSchedule([.init(at: .zero, fault: .down)])) { server in
      let connection = try RawConnection(port: server.port)
      #expect(throws: RawConnection.Failure.reset) { try connection.ask("PING\r\n", bytes: 1) }
    }
  }

  @Test func hangKeepsTheConnectionOpenAndSilent() async throws {
    try await serving(FaultSchedule([.init(at: .zero, fault: .hang), .init(at: .seconds(6), fault: .none)])) { server in
      let hanging = try RawConnection(port: server.port)
      try hanging.send("PING\r\n")
      await server.reads.next()
      server.clock.advance(by: .seconds(1))
      let other = try RawConnection(port: server.port).ask("PING\r\n", bytes: 7)
      #expect(other == "+PONG\r\n")
      #expect(hanging.isSilent)
    }
  }

  @Test func slowAnswersComeLaterInVirtualTime() async throws {
    try await serving(FaultSchedule([.init(at: .zero, fault: .slow(.seconds(12)))])) { server in
      let connection = try RawConnection(port: server.port)
      try connection.send("PING\r\n")
      await server.clock.owes(1)
      server.clock.advance(by: .seconds(12) - .nanoseconds(1))
      #expect(server.clock.owed == 1)
      #expect(connection.isSilent)
      server.clock.advance(by: .nanoseconds(1))
      let answer = try connection.read(7)
      #expect(answer == "+PONG\r\n")
    }
  }

  @Test func slowAnswersAreForgottenWhenTheClientLeaves() async throws {
    try await serving(FaultSchedule([.init(at: .zero, fault: .slow(.seconds(12)))])) { server in
      do {
        let connection = try RawConnection(port: server.port)
        try connection.send("PING\r\n")
        await server.clock.owes(1)
      }
      await server.clock.owes(0)
    }
  }

  @Test func restartDropsLiveConnectionsOnce() async throws {
    try await serving(FaultSchedule(restarts: [.seconds(9)])) { server in
      let old = try RawConnection(port: server.port)
      let before = try old.ask("PING\r\n", bytes: 7)
      #expect(before == "+PONG\r\n")
      server.clock.advance(by: .seconds(4))
      #expect(throws: RawConnection.Failure.reset) { try old.ask("PING\r\n", bytes: 7) }
      let new = try RawConnection(port: server.port)
      for _ in 1...2 {
        let after = try new.ask("PING\r\n", bytes: 7)
        #expect(after == "+PONG\r\n")
      }
    }
  }
}
