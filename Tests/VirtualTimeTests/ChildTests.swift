import Foundation
import Testing
import VirtualTime

/// A real, unmodified Go program under the clock: the Pushgateway, which logs its start with a time stamp and needs no configuration.
@Suite struct ChildTests {
  private static let pushgateway = ["/usr/bin/prometheus-pushgateway", "/usr/bin/pushgateway"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  private func command(_ folder: String) throws -> Command {
    Command(
      path: try #require(Self.pushgateway), arguments: ["--web.listen-address=127.0.0.1:0"],
      environment: ["GOMAXPROCS": "1"], directory: folder,
      logPath: folder + "/log")
  }

  @Test func aChildLivesInTheScenariosCalendar() async throws {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    // 2028-02-29T12:00:00Z: a leap day.
    let clock = try VirtualClock(epoch: 1_835_438_400, lead: .zero)
    defer { clock.stop() }
    let child = try await clock.start(try command(folder))
    try await clock.participate { try await clock.sleep(until: RunInstant(.seconds(7200))) }
    child.send(signal: SIGTERM)
    #expect(await child.exitStatus() == .exited(0))
    let log = try String(contentsOfFile: folder + "/log", encoding: .utf8)
    #expect(log.contains("ts=2028-02-29T12:00:"))
    // It was told to stop two hours later.
    #expect(log.contains("ts=2028-02-29T14:00:"))
    #expect(clock.statistics.jumps > 0)
  }

  @Test func aChildsDeathIsNoticed() async throws {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let clock = try VirtualClock(epoch: 0, lead: .zero)
    defer { clock.stop() }
    let child = try await clock.start(try command(folder))
    child.send(signal: SIGKILL)
    #expect(await child.exitStatus() == .signaled(SIGKILL))
    // Time goes on without it.
    try await clock.participate { try await clock.sleep(until: RunInstant(.seconds(3600))) }
  }

  @Test func aStallSaysWhatEveryThreadWaitsFor() async throws {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let (stalls, continuation) = AsyncStream<VirtualTimeStalled>.makeStream()
    let clock = try VirtualClock(epoch: 0, lead: .zero, patience: .milliseconds(300)) { continuation.yield($0) }
    defer { clock.stop() }
    let token = clock.hold()
    let child = try await clock.start(try command(folder))
    // Stopped, it is neither idle nor busy: state T, which no jump may pass.
    child.send(signal: SIGSTOP)
    token.release()
    let stall = await stalls.first { _ in true }
    #expect(stall?.threads.contains { $0.contains("\(child.pid) thread") } == true)
    child.send(signal: SIGKILL)
    _ = await child.exitStatus()
  }
}
