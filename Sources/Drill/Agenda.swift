import Bundles
import Diagnostics
import Judge
import Scenarios

/// What the conductor does at a moment; at one moment in the order of these cases.
enum Errand {
  case push(Int)
  case step(TimelineEntry)
  case poll
  case check(Check)
  case hold
}

/// All that a scenario has to do, in order of time: one list, so that the same scenario always does the same in the same order.
struct Agenda {
  private(set) var entries: [(at: Duration, errand: Errand)] = []

  /// A judgement waits this long after its window: an evaluation at its very edge must have been stored.
  static let settling = Duration.seconds(1)

  init(plan: Plan, pushers: [Pusher], holdAt: Duration?) {
    for (number, pusher) in pushers.enumerated() {
      repeating(every: pusher.push.every, until: plan.end) { .push(number) }
    }
    for entry in plan.scenario.timeline where entry.at <= plan.end { entries.append((entry.at, .step(entry))) }
    // Often enough to see what happens as it happens, seldom enough to cost nothing: samples are never missed, whenever one looks.
    repeating(every: max(plan.bundle.evaluationInterval, plan.end / 400), until: plan.end) { .poll }
    if let holdAt { entries.append((min(holdAt, plan.end), .hold)) }
    for check in plan.checks { entries.append((check.decidableAt + Self.settling, .check(check))) }
    entries = entries.enumerated().sorted { left, right in
      (left.element.at, left.element.errand.rank, left.offset) < (
        right.element.at, right.element.errand.rank, right.offset
      )
    }.map(\.element)
  }

  private mutating func repeating(every interval: Duration, until end: Duration, _ errand: () -> Errand) {
    var at = Duration.zero
    while at <= end {
      entries.append((at, errand()))
      at += interval
    }
  }
}

extension Errand {
  fileprivate var rank: Int {
    switch self {
    case .push: 0
    case .step: 1
    case .poll: 2
    case .check: 3
    case .hold: 4
    }
  }
}
