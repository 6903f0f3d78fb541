import CVirtualTime
import Glibc

/// The one thread that owns a virtual clock: it looks at every thread of every child and jumps when all are at rest.
///
/// The rules are numbered in docs/virtual-time.md; each was paid for.
struct Controller {
  private let clock: VirtualClock
  private let scanner: OpaquePointer
  private let patience: Int64
  private let onStall: @Sendable (VirtualTimeStalled) -> Void
  private var lastProgress = vt_monotonic()
  /// Something ran between the snapshot and the jump: it may have computed a timeout from the old time.
  private var mayHoldOldTime = false

  /// epoll rounds to milliseconds and Go's monitor does not: without this slack half of all jumps are repeats.
  private static let slack: Int64 = 1_100_000
  /// How much earlier than the nearest deadline another may lie unseen; a scrape is snapped to its grid within 2 ms.
  private static let precision: Int64 = 500_000

  init?(clock: VirtualClock, patience: Duration, onStall: @escaping @Sendable (VirtualTimeStalled) -> Void) {
    guard let scanner = vt_scanner_new() else { return nil }
    self.clock = clock
    self.scanner = scanner
    self.patience = patience.nanoseconds
    self.onStall = onStall
  }

  mutating func run() {
    defer { vt_scanner_free(scanner) }
    while true {
      measurePause()
      switch clock.nextErrand() {
      case .stop:
        return
      case .call(let bodies):
        lastProgress = vt_monotonic()
        for body in bodies { body(clock.countedToken()) }
      case .watch(let newChildren, let endedChildren, let newThreads):
        watch(newChildren: newChildren, endedChildren: endedChildren, newThreads: newThreads)
      case .wait:
        clock.waitForChange()
        // Firedrill holds time on purpose: for a person who looks at a held stack, as long as they like.
        lastProgress = vt_monotonic()
      case .scan:
        tryToJump()
      }
      if vt_monotonic() - lastProgress > patience, giveUp() { return }
    }
  }

  private func measurePause() {
    let pause = Duration.nanoseconds(vt_monotonic() - lastProgress)
    // Between two jumps lie microseconds to milliseconds: what is shorter than this is not worth the lock.
    if pause > .milliseconds(50) { clock.count { $0.longestPause = max($0.longestPause, pause) } }
  }

  private func watch(newChildren: [Int32], endedChildren: [Int32], newThreads: [Int32]) {
    for pid in newChildren { vt_scanner_add_child(scanner, pid) }
    for pid in endedChildren { vt_scanner_remove_child(scanner, pid) }
    for thread in newThreads { vt_scanner_add_own_thread(scanner, thread) }
  }

  private mutating func tryToJump() {
    var first = vt_scan()
    vt_scanner_scan(scanner, false, &first)
    guard first.idle else {
      // Leaves the processor to whoever is busy; shorter pauses cost more than the stack itself and gain nothing.
      usleep(100)
      return
    }
    guard let rest = confirm(first) else { return }
    if mayHoldOldTime {
      mayHoldOldTime = false
      clock.count { $0.refreshes += 1 }
      return vt_scanner_wake_sleepers(scanner)
    }
    if rest.nearest_ns != .max, rest.uncertain_ns < rest.nearest_ns - Self.precision {
      clock.count { $0.recomputations += 1 }
      return vt_scanner_wake_sleepers(scanner)
    }
    // The second look takes its time: who ran since may have set a deadline that the jump would pass, who was woken since is about to.
    guard !hasAnythingRun(since: rest, orIsWoken: true) else {
      clock.count { $0.lateEscapes += 1 }
      return
    }
    let deadline = rest.nearest_ns == .max ? nil : rest.nearest_ns + Self.slack
    guard clock.jump(upTo: deadline) else {
      usleep(100)
      return
    }
    lastProgress = vt_monotonic()
    mayHoldOldTime = hasAnythingRun(since: rest, orIsWoken: false)
    vt_scanner_wake_sleepers(scanner)
  }

  private func hasAnythingRun(since snapshot: vt_scan, orIsWoken: Bool) -> Bool {
    var now = vt_scan()
    vt_scanner_scan(scanner, orIsWoken, &now)
    return !now.idle || now.signature != snapshot.signature
  }

  /// The second look: no packet is on its way, nothing ran since `earlier`, and nobody is being woken.
  ///
  /// In this order: a packet that leaves the kernel's queue after it was looked into wakes its reader, which the look at the threads then sees.
  private func confirm(_ earlier: vt_scan) -> vt_scan? {
    guard !vt_scanner_packets_pending(scanner) else {
      clock.count { $0.packetsSeen += 1 }
      return nil
    }
    var again = vt_scan()
    vt_scanner_scan(scanner, true, &again)
    guard again.idle, again.signature == earlier.signature else {
      clock.count { $0.narrowEscapes += 1 }
      return nil
    }
    return again
  }

  private mutating func giveUp() -> Bool {
    var buffer = [CChar](repeating: 0, count: 65536)
    let length = Int(vt_scanner_describe(scanner, &buffer, Int32(buffer.count)))
    let text = String(decoding: buffer.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    onStall(VirtualTimeStalled(threads: text.split(separator: "\n").map(String.init)))
    return true
  }
}
