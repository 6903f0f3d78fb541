import Foundation
import Synchronization
import Testing
import VirtualTime

/// The clock by itself: without children only Firedrill's own sleepers move it.
@Suite struct VirtualClockTests {
  @Test func jumpsToTheNextSleeper() async throws {
    let clock = try VirtualClock(epoch: 0, lead: .zero)
    defer { clock.stop() }
    let began = ContinuousClock.now
    try await clock.participate { try await clock.sleep(until: RunInstant(.seconds(86400))) }
    #expect(clock.now.offset >= .seconds(86400))
    // A day of real time would be noticed.
    #expect(ContinuousClock.now - began < .seconds(60))
  }

  @Test func wakesInOrderOfDeadlines() async throws {
    let clock = try VirtualClock(epoch: 0, lead: .zero)
    defer { clock.stop() }
    let order = Recorded<Int>()
    let start = clock.hold()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for minutes in [30, 10, 20] {
        group.addTask {
          try await clock.participate {
            try await clock.sleep(until: RunInstant(.seconds(minutes * 60)))
            order.add(minutes)
          }
        }
      }
      // Nobody may be left behind: all sleepers are there before time moves.
      while clock.sleeperCount < 3 { await Task.yield() }
      start.release()
      try await group.waitForAll()
    }
    #expect(order.all == [10, 20, 30])
  }

  @Test func standsStillWhileSomebodyHoldsIt() async throws {
    let clock = try VirtualClock(epoch: 0, lead: .zero)
    defer { clock.stop() }
    let called = Recorded<Bool>()
    let token = clock.hold()
    _ = clock.schedule(at: RunInstant(.seconds(3600))) { token in
      called.add(true)
      token.release()
    }
    for _ in 0..<1000 { await Task.yield() }
    #expect(called.all.isEmpty && clock.now.offset < .seconds(3600))
    token.release()
    try await clock.participate { try await clock.sleep(until: RunInstant(.seconds(3601))) }
    #expect(called.all == [true])
  }

  @Test func knowsHowLongItStoodStill() async throws {
    let clock = try VirtualClock(epoch: 0, lead: .zero)
    defer { clock.stop() }
    // What keeps the controller from its turns stands for a machine that does.
    _ = clock.schedule(at: RunInstant(.seconds(1))) { token in
      let end = ContinuousClock.now + .milliseconds(80)
      while ContinuousClock.now < end {}
      token.release()
    }
    try await clock.participate { try await clock.sleep(until: RunInstant(.seconds(2))) }
    #expect(clock.statistics.longestPause >= .milliseconds(80))
  }

  @Test func aSleepEndsWhenItIsCancelled() async throws {
    let clock = try VirtualClock(epoch: 0, lead: .zero)
    defer { clock.stop() }
    let token = clock.hold()
    // A day: the clock runs at real speed while it is held, and a loaded machine may take seconds to get to the sleep.
    let task = Task { try await clock.sleep(until: RunInstant(.seconds(86400))) }
    while clock.sleeperCount < 1 { await Task.yield() }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    token.release()
  }

  @Test func refusesWhatCannotLiveUnderIt() async throws {
    let clock = try VirtualClock(epoch: 0, lead: .zero)
    defer { clock.stop() }
    let folder = try temporaryFolder()
    let script = folder + "/script"
    try "#!/bin/sh\n".write(toFile: script, atomically: true, encoding: .utf8)
    for (path, reason) in [(script, "script"), ("/bin/sleep", "not a Go program"), (folder + "/none", "No such file")] {
      let command = Command(path: path, arguments: [], directory: "/", logPath: folder + "/log")
      let error = await #expect(throws: SpawnError.self) { try await clock.start(command) }
      #expect(error?.description.contains(reason) == true)
    }
  }
}

/// What happened, in order.
final class Recorded<Value: Sendable>: Sendable {
  private let values = Mutex<[Value]>([])

  func add(_ value: Value) { values.withLock { $0.append(value) } }

  var all: [Value] { values.withLock { $0 } }
}

func temporaryFolder() throws -> String {
  let folder = NSTemporaryDirectory() + "firedrill-test-\(UUID().uuidString)"
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  return folder
}
