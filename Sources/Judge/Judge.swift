import Diagnostics
public import Events
import Scenarios

/// The verdict of one check on what was seen, decided at `at`; pure, so it can be asked as often as one likes.
public func judge(_ check: Check, _ seen: Observations, at: Duration) -> CheckResult {
  let judgement = judged(check.demand, check.id, seen)
  let (kind, window) = description(of: check.demand)
  let passed = judgement.verdict == .passed
  return CheckResult(
    id: check.id, kind: kind, verdict: judgement.verdict, message: judgement.message,
    expected: passed ? nil : judgement.expected, actual: passed ? nil : judgement.actual,
    evidence: passed ? judgement.notes : evidence(for: check, window: window, seen),
    file: check.place.file, line: check.place.line, at: at, from: window?.from, to: window?.to)
}

/// What a judgement says, before it is filed under its check.
struct Judgement {
  var verdict: Verdict
  var message: String
  var expected: String?
  var actual: String?
  /// What a person should know although it passed.
  var notes: [String] = []

  static func passed(_ message: String) -> Judgement { Judgement(verdict: .passed, message: message) }

  static func failed(_ message: String, expected: String, actual: String) -> Judgement {
    Judgement(verdict: .failed, message: message, expected: expected, actual: actual)
  }
}

private func judged(_ demand: Check.Demand, _ id: String, _ seen: Observations) -> Judgement {
  switch demand {
  case .pending(let alert, let window): StateDemand(alert, .pending, window).judge(seen)
  case .firing(let alert, let window): StateDemand(alert, .firing, window).judge(seen)
  case .resolved(let alert, let window): StateDemand(alert, .resolved, window).judge(seen)
  case .notified(let alert, let demand): judge(notified: demand, of: alert, seen)
  case .never(let alert, let what): judge(never: what, of: alert, seen)
  case .query(let query): judge(query, answer: seen.queries[id])
  case .target(let target): judge(target, seen)
  case .notifications(let demand): judge(demand, seen)
  case .dashboard(let demand): judge(demand, problems: seen.dashboards[id])
  case .panel(let demand): judge(demand, seen.panels[id])
  case .unexpectedAlerts(let policy, let mentions): judge(policy, mentions: mentions, seen)
  }
}

/// The kind of a demand in the words of `CheckResult`, and the window in which it must hold.
private func description(of demand: Check.Demand) -> (kind: String, window: Window?) {
  switch demand {
  case .pending(_, let window): ("pending", window)
  case .firing(_, let window): ("firing", window)
  case .resolved(_, let window): ("resolved", window)
  case .notified(_, let demand): ("notified", demand.within)
  case .never: ("never", nil)
  case .query(let query): ("query", Window(from: query.at, to: query.at))
  case .target(let target): ("target", target.during)
  case .notifications(let demand): ("notifications", demand.within)
  case .dashboard(let demand): ("dashboard", Window(from: demand.expectation.at, to: demand.expectation.at))
  case .panel(let demand): ("panel", Window(from: demand.expectation.at, to: demand.expectation.at))
  case .unexpectedAlerts: ("unexpected_alerts", nil)
  }
}
