import Diagnostics
public import Events
import Scenarios

/// Judges one check by what was seen; pure, so the same observations always give the same verdict.
///
/// - Parameter at: the virtual time of judging, for the record.
public func judge(_ check: Check, _ seen: Observations, at: Duration) -> CheckResult {
  let finding: Judgement
  switch check.demand {
  case .pending(let alert, let window): finding = judgeTransition(alert, to: .pending, window, seen)
  case .firing(let alert, let window): finding = judgeTransition(alert, to: .firing, window, seen)
  case .resolved(let alert, let window): finding = judgeTransition(alert, to: .inactive, window, seen)
  case .notified(let alert, let notified): finding = judgeNotified(alert, notified, seen)
  case .never(let alert, let never): finding = judgeNever(alert, never, seen)
  case .query(let query): finding = judgeQuery(query, seen.queries[check.id])
  case .target(let target): finding = judgeTarget(target, seen)
  case .notifications(let notifications): finding = judgeCount(notifications, seen)
  case .unexpectedAlerts(let policy, let mentioned): finding = judgeUnexpected(policy, mentioned, seen)
  }
  let window = check.window
  let showsWhy = finding.verdict != .passed
  return CheckResult(
    id: check.id, kind: check.kind, verdict: finding.verdict, message: finding.message, expected: showsWhy ? finding.expected : nil,
    actual: showsWhy ? finding.actual : nil, evidence: showsWhy ? evidence(check, seen) : [], file: check.place.file, line: check.place.line, at: at,
    from: window?.from, to: window?.to)
}

/// What a judge of one kind of check says.
struct Judgement {
  var verdict: Verdict
  var message: String
  var expected: String?
  var actual: String?

  static func passed(_ message: String) -> Judgement { Judgement(verdict: .passed, message: message) }

  static func failed(_ message: String, expected: String, actual: String) -> Judgement {
    Judgement(verdict: .failed, message: message, expected: expected, actual: actual)
  }
}

extension Check {
  /// The word for reports.
  public var kind: String {
    switch demand {
    case .pending: "pending"
    case .firing: "firing"
    case .resolved: "resolved"
    case .notified: "notified"
    case .never: "never"
    case .query: "query"
    case .target: "target"
    case .notifications: "notifications"
    case .unexpectedAlerts: "unexpected_alerts"
    }
  }

  /// The window in which it must hold.
  var window: Window? {
    switch demand {
    case .pending(_, let window), .firing(_, let window), .resolved(_, let window): window
    case .notified(_, let notified): notified.within
    case .target(let target): target.during
    case .notifications(let notifications): notifications.within
    case .query(let query): Window(from: query.at, to: query.at)
    case .never, .unexpectedAlerts: nil
    }
  }

  /// The alert that it is about.
  public var alertName: String? {
    switch demand {
    case .pending(let alert, _), .firing(let alert, _), .resolved(let alert, _), .notified(let alert, _), .never(let alert, _): alert.name.value
    default: nil
    }
  }
}

/// The last transitions, notifications and samples around a check, at most a dozen lines.
private func evidence(_ check: Check, _ seen: Observations) -> [String] {
  var lines: [(Duration, String)] = []
  let name = check.alertName
  for transition in seen.transitions where name == nil || transition.alertname == name {
    lines.append((transition.at, "\(transition.alertname)\(braces(transition.labels)) \(transition.from.rawValue) -> \(transition.to.rawValue)"))
  }
  for notification in seen.notifications where name == nil || notification.alerts.contains(where: { $0.labels["alertname"] == name }) {
    lines.append((notification.at, "\(notification.receiver) got \(notification.status.rawValue): \(notification.groupKey)"))
  }
  if case .target(let target) = check.demand {
    for sample in seen.health[target.target.value] ?? [] where target.during.contains(sample.at) { lines.append((sample.at, sample.up ? "up" : "down")) }
  }
  if case .query = check.demand { return [] }
  let sorted = lines.sorted { $0.0 < $1.0 }.suffix(12).map { "\($0.0.prometheusText): \($0.1)" }
  return sorted + (name.flatMap { seen.expressionValues[$0] } ?? [])
}
