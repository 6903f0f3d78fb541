/// Calls that a clock owes, by deadline and then in the order in which they were asked for.
struct Sleepers {
  /// Names one call.
  struct Key: Hashable, Comparable {
    let deadline: Duration
    let number: UInt64

    static func < (left: Key, right: Key) -> Bool { (left.deadline, left.number) < (right.deadline, right.number) }
  }

  private var heap: [Key] = []
  private var bodies: [Key: @Sendable (BusyToken) -> Void] = [:]
  private var added: UInt64 = 0

  /// How many calls are still wanted.
  var count: Int { bodies.count }

  /// The earliest deadline of those that are still wanted.
  mutating func nearest() -> Duration? {
    while let first = heap.first, bodies[first] == nil { removeFirst() }
    return heap.first?.deadline
  }

  /// Adds a call.
  mutating func add(at deadline: Duration, _ body: @escaping @Sendable (BusyToken) -> Void) -> Key {
    added += 1
    let key = Key(deadline: deadline, number: added)
    bodies[key] = body
    heap.append(key)
    siftUp()
    return key
  }

  /// Withdraws a call.
  mutating func remove(_ key: Key) { bodies[key] = nil }

  /// Takes out the calls whose deadline has come, in order.
  mutating func takeDue(at now: Duration) -> [@Sendable (BusyToken) -> Void] {
    var due: [@Sendable (BusyToken) -> Void] = []
    while let deadline = nearest(), deadline <= now, let first = heap.first {
      if let body = bodies.removeValue(forKey: first) { due.append(body) }
      removeFirst()
    }
    return due
  }

  private mutating func siftUp() {
    var child = heap.count - 1
    while child > 0, heap[child] < heap[(child - 1) / 2] {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  private mutating func removeFirst() {
    guard let last = heap.popLast(), !heap.isEmpty else { return }
    heap[0] = last
    var parent = 0
    while true {
      let left = 2 * parent + 1
      guard left < heap.count else { return }
      let smaller = left + 1 < heap.count && heap[left + 1] < heap[left] ? left + 1 : left
      guard heap[smaller] < heap[parent] else { return }
      heap.swapAt(smaller, parent)
      parent = smaller
    }
  }
}
