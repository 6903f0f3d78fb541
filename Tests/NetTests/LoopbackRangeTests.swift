import Net
import TestSupport
import Testing

struct LoopbackRangeTests {
  @Test func claimsDifferUntilReleased() async throws {
    try await withTemporaryFolder { folder in
      let first = try LoopbackRange(directory: folder, from: 515)
      let second = try LoopbackRange(directory: folder, from: 515)
      #expect(first.prefix == "127.66.3")
      #expect(second.prefix == "127.66.4")
      #expect(first.address(7) == "127.66.3.7")
      first.release()
      let third = try LoopbackRange(directory: folder, from: 515)
      #expect(third.prefix == first.prefix)
    }
  }

  @Test func searchGoesOnAtTheBeginning() async throws {
    try await withTemporaryFolder { folder in
      let last = try LoopbackRange(directory: folder, from: LoopbackRange.count - 1)
      let next = try LoopbackRange(directory: folder, from: LoopbackRange.count - 1)
      #expect(last.prefix == "127.127.255")
      #expect(next.prefix == "127.64.0")
      last.release()
      next.release()
    }
  }

  @Test func directoryThatCannotBeIsAnError() {
    #expect(throws: LoopbackRange.Failure.directory("/dev/null/claims", errno: 20)) {
      try LoopbackRange(directory: "/dev/null/claims")
    }
  }
}
