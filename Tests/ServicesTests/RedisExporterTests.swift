import Foundation
import Net
import Services
import TestSupport
import Testing
import VirtualTime

@Suite(.timeLimit(.minutes(1))) struct RedisExporterTests {
  @Test func realExporterReadsTheScriptedState() async throws {
    try await withTemporaryFolder { folder in
      let range = try LoopbackRange(directory: folder)
      try await withEventLoops { loops in
        let server = try await RedisServer(loops, clock: ManualClock(), address: range.address(9)) { _ in
          ["used_memory": 734_003_200, "db0_keys": 12, "evicted_keys": 3]
        }
        let exporter = Process()
        exporter.executableURL = URL(fileURLWithPath: "/usr/bin/prometheus-redis-exporter")
        exporter.arguments = [
          "--web.listen-address=\(range.address(9)):9121", "--redis.addr=redis://\(range.address(9)):\(server.port)",
        ]
        let log = Pipe()
        exporter.standardOutput = log
        exporter.standardError = log
        try exporter.run()
        let scrape = try await curl(
          "--retry", "50", "--retry-connrefused", "--retry-delay", "1", "http://\(range.address(9)):9121/metrics")
        exporter.terminate()
        let logged = String(decoding: log.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        exporter.waitUntilExit()
        let lines = Set(scrape.output.split(separator: "\n").map(String.init))
        #expect(lines.contains("redis_up 1"))
        #expect(lines.contains("redis_memory_used_bytes 7.340032e+08"))
        #expect(lines.contains("redis_db_keys{db=\"db0\"} 12"))
        #expect(lines.contains("redis_evicted_keys_total 3"))
        #expect(!logged.contains("level=error"), "\(logged)")
      }
    }
  }
}
