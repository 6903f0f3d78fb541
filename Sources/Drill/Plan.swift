public import Bundles
public import Diagnostics
import Dashboards
import Events
public import Judge
public import Scenarios
public import Stack

/// A scenario that is ready to run: its bundle read, its checks numbered, its length known.
public struct Plan: Sendable {
  public var scenario: Scenario
  public var bundle: Bundle
  public var checks: [Check]
  /// The length of the scenario.
  public var end: Duration
  /// How long the stack runs before offset 0.
  public var warmup: Duration

  /// The real programs that it needs.
  public var programs: [Program] {
    let services = scenario.services
    let exporters = services.compactMap { $0.profile.exporter.flatMap { Program.named($0.name) } }
    return [.prometheus, .alertmanager] + (services.contains { $0.push != nil } ? [.pushgateway] : []) + exporters
  }
}

/// Makes plans: reads the bundle and checks the scenario against it.
public struct Planner: Sendable {
  /// Creates a planner.
  public init() {}

  /// Throws what the scenario names and its bundle does not have.
  public func plan(_ scenario: Scenario) throws(Findings) -> Plan {
    let bundle = try BundleLoader(inputs: scenario.inputs).load(scenario.bundle.value, named: scenario.bundle.place)
    let findings = scenario.expectations.flatMap { check($0, against: bundle) }
    guard findings.isEmpty else { throw Findings(findings) }
    let end = scenario.duration?.value ?? scenario.latestTime + bundle.evaluationInterval
    let unexpected = scenario.unexpectedAlerts ?? bundle.unexpectedAlerts ?? UnexpectedAlerts(policy: .fail)
    return Plan(
      scenario: scenario, bundle: bundle,
      checks: checks(of: scenario, unexpectedAlerts: unexpected, end: end) { bundle.demands(of: $0) }, end: end,
      warmup: scenario.warmup ?? bundle.scrapeInterval * 2)
  }

  private func check(_ expectation: Expectation, against bundle: Bundle) -> [Finding] {
    switch expectation.kind {
    case .alert(let alert):
      var findings: [Finding] = []
      if !bundle.hasAlert(alert.name.value) {
        let names = Set(bundle.rules.filter { $0.kind == .alert }.map(\.name))
        findings.append(
          Finding(
            .error, "the bundle has no alert `\(alert.name.value)`", at: alert.name.place,
            length: alert.name.value.count,
            advice: suggestion(for: alert.name.value, in: names)))
      }
      if let receiver = alert.notified?.value.receiver { findings += check(receiver, against: bundle) }
      for window in [alert.pending, alert.firing, alert.resolved].compactMap({ $0 }) {
        findings += check(window, against: bundle)
      }
      return findings
    case .notifications(let notifications): return check(notifications.receiver, against: bundle)
    case .dashboard(let dashboard): return bundle.findings(of: dashboard)
    case .query, .target: return []
    }
  }

  private func check(_ receiver: Located<String>, against bundle: Bundle) -> [Finding] {
    guard !bundle.receivers.contains(receiver.value) else { return [] }
    return [
      Finding(
        .error, "the bundle has no receiver `\(receiver.value)`", at: receiver.place, length: receiver.value.count,
        advice: suggestion(for: receiver.value, in: bundle.receivers))
    ]
  }

  /// An alert moves at evaluations of what scrapes saw: a narrower window would depend on chance.
  private func check(_ window: Located<Window>, against bundle: Bundle) -> [Finding] {
    let narrowest = bundle.scrapeInterval + bundle.evaluationInterval
    guard window.value.to - window.value.from < narrowest else { return [] }
    return [
      Finding(
        .error, "the window is narrower than one scrape and one evaluation (\(narrowest.prometheusText))",
        at: window.place,
        advice: "widen it: when an alert moves within these depends on offsets that are hashes")
    ]
  }
}
