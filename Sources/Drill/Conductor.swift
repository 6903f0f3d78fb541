import Bundles
import Dashboards
import Diagnostics
import Events
import Explain
import Judge
import PromQL
import Scenarios
import Stack
import Synchronization
import VirtualTime

/// Drives one scenario through virtual time: pushes, steps, looks at alerts, judges; the one participant of its run.
struct Conductor {
  let plan: Plan
  let site: StackSite
  let prometheus: PrometheusAPI
  let options: RunOptions
  let inbox: NotificationInbox
  let scenario: Int
  let emit: @Sendable (Event) async -> Void

  private var alerts: AlertLog
  /// The warm-up counts too: what pends before offset 0 must not seem to begin there.
  private var lastPoll: Duration
  private var knownDialect: Dialect?
  private var dashboards: [DashboardKey: [DashboardResult]] = [:]
  private(set) var worst = Verdict.passed
  private let began = ContinuousClock.now

  init(
    plan: Plan, site: StackSite, prometheus: PrometheusAPI, options: RunOptions, inbox: NotificationInbox,
    scenario: Int, groups: [RuleGroup], emit: @escaping @Sendable (Event) async -> Void
  ) {
    self.plan = plan
    self.site = site
    self.prometheus = prometheus
    self.options = options
    self.inbox = inbox
    self.scenario = scenario
    self.emit = emit
    alerts = AlertLog(epoch: site.clock.epoch, groups: groups)
    lastPoll = site.birth
  }

  private var clock: any ProcessClock { site.clock }

  private var pushers: [Pusher] {
    site.instances.compactMap { instance in
      guard let push = instance.service.push, let gateway = site.roster.component("pushgateway")?.url else {
        return nil
      }
      return Pusher(instance: instance, push: push, gateway: gateway)
    }
  }

  /// Goes through the agenda.
  mutating func run() async throws {
    let pushers = pushers
    for (at, errand) in Agenda(plan: plan, pushers: pushers, holdAt: options.holdAt).entries {
      try await clock.sleep(until: RunInstant(at), tolerance: nil)
      try Task.checkCancellation()
      try await perform(errand, at: at, pushers)
    }
  }

  private mutating func perform(_ errand: Errand, at: Duration, _ pushers: [Pusher]) async throws {
    switch errand {
    case .push(let number): try await pushers[number].push(at: at)
    case .step(let entry):
      for change in entry.changes {
        await emit(.stepApplied(scenario: scenario, StepInfo(at: at, summary: change.summary, line: entry.place.line)))
      }
    case .poll:
      try await poll(at: at)
      await emit(
        .progressed(
          scenario: scenario,
          Progress(at: at, speed: at / max(ContinuousClock.now - began, .milliseconds(1)), firing: alerts.firing)))
    case .check(let check):
      try await poll(at: at)
      try await decide(check, at: at)
    case .hold:
      await options.hold(
        HeldStack(
          scenario: plan.scenario.name.value, at: at,
          components: site.roster.components.map { ($0.name, $0.url) }, folder: site.folder))
    }
  }

  /// Takes in what Prometheus' alerts did, and what reached the receivers, since the last look.
  private mutating func poll(at: Duration) async throws {
    guard at > lastPoll else { return await emitNotifications() }
    let window = at - lastPoll + alerts.longestInterval * 2
    let value = try await prometheus.query(
      "ALERTS[\(Int((window / .seconds(1)).rounded(.up)))s]", at: clock.epoch + at / .seconds(1))
    guard case .matrix(let series) = value else {
      throw StackError("Prometheus answered a range selector with something else")
    }
    let active = series.isEmpty ? [] : try await prometheus.alerts()
    for transition in alerts.take(series, now: at, annotations: active) {
      await emit(.alertChanged(scenario: scenario, transition))
    }
    lastPoll = at
    await emitNotifications()
  }

  private func emitNotifications() async {
    for notification in inbox.takeNew() { await emit(.notified(scenario: scenario, notification)) }
  }

  // MARK: - Judging

  private mutating func decide(_ check: Check, at: Duration) async throws {
    var seen = Observations(transitions: alerts.transitions, notifications: inbox.all)
    switch check.demand {
    case .query(let query): seen.queries[check.id] = await answer(to: query)
    case .target(let target): seen.health[target.target.value] = try await health(of: target)
    case .dashboard(let demand):
      let seenDashboards = try await look(at: demand.dashboard, for: demand.expectation)
      seen.dashboards[check.id] = seenDashboards.flatMap(\.problems)
    case .panel(let demand):
      let seenDashboards = try await look(at: demand.dashboard, for: demand.expectation)
      seen.panels[check.id] = seenDashboards.panel(demand)
    default: break
    }
    var result = judge(check, seen, at: check.decidableAt)
    if result.verdict == .failed {
      try await explain(check, from: result.from ?? .zero, to: result.to ?? plan.end, in: &seen)
      result = judge(check, seen, at: check.decidableAt)
    }
    if result.verdict == .failed || result.verdict == .error { worst = result.verdict }
    await emit(.checked(scenario: scenario, result))
  }

  /// Finds out what a person will ask next: why a query is empty, why an alert's expression is.
  private mutating func explain(_ check: Check, from: Duration, to: Duration, in seen: inout Observations) async throws
  {
    if let name = check.alertName {
      seen.expressionValues[name] = try await expressionValues(of: name, from: from, to: to)
    }
    if case .query(let query) = check.demand, case .samples(let samples)? = seen.queries[check.id], samples.isEmpty {
      seen.expressionValues[query.expression.value] = try await explanation(of: query.expression.value, at: query.at)
    }
  }

  /// Why an expression is empty, the sentence first.
  private mutating func explanation(of expression: String, at moment: Duration) async throws -> [String] {
    let explainer = Explainer(prometheus, at: clock.epoch + moment / .seconds(1), dialect: try await dialect())
    let explanation = try await explainer.explain(expression)
    return [explanation.sentence] + explanation.evidence + (explanation.advice.map { ["help: \($0)"] } ?? [])
  }

  /// The PromQL that the server speaks; asked once.
  private mutating func dialect() async throws -> Dialect {
    if let knownDialect { return knownDialect }
    let dialect = Dialect(version: try await prometheus.version())
    knownDialect = dialect
    return dialect
  }

  /// What a dashboard shows at the moment of an expectation; looked at once for all its panels.
  private mutating func look(at number: Int, for expectation: DashboardExpectation) async throws -> [DashboardResult] {
    let key = DashboardKey(dashboard: number, expectation: expectation.dashboard.place)
    if let known = dashboards[key] { return known }
    let probe = DashboardProbe(
      server: prometheus, dialect: try await dialect(), epoch: clock.epoch,
      dataSourceInterval: plan.bundle.dataSourceInterval)
    let results = try await probe.look(at: plan.bundle.dashboards[number], for: expectation)
    for result in results { await emit(.dashboardSeen(scenario: scenario, result)) }
    dashboards[key] = results
    return results
  }

  private func answer(to query: QueryExpectation) async -> Observations.QueryAnswer {
    do {
      switch try await prometheus.query(query.expression.value, at: clock.epoch + query.at / .seconds(1)) {
      case .vector(let samples): return .samples(samples.map { .init(labels: $0.metric, value: $0.value.value) })
      case .scalar(let point): return .samples([.init(labels: [:], value: point.value)])
      case .matrix, .string:
        return .error("the query returns a range or a text: an instant vector or a scalar is needed")
      }
    } catch { return .error("\(error)") }
  }

  private func health(of target: TargetExpectation) async throws -> [Observations.HealthSample] {
    let wanted = site.instances.filter {
      $0.selector.service == target.target.value.service
        && (target.target.value.index ?? $0.selector.index) == $0.selector.index
    }
    let names = wanted.map(\.address).joined(separator: "|").replacing(".", with: "\\\\.")
    let seconds = Int(((target.during.to - target.during.from) / .seconds(1)).rounded(.up)) + 1
    let value = try await prometheus.query(
      "up{instance=~\"\(names)\"}[\(seconds)s]", at: clock.epoch + target.during.to / .seconds(1))
    guard case .matrix(let series) = value else { return [] }
    return series.flatMap(\.values).map {
      Observations.HealthSample(at: .milliseconds(Int((($0.time - clock.epoch) * 1000).rounded())), up: $0.value == 1)
    }.sorted { $0.at < $1.at }
  }

  /// The values of an alert's expression around a window: the first answer to "why did it not fire".
  private mutating func expressionValues(of name: String, from: Duration, to: Duration) async throws -> [String] {
    var lines: [String] = []
    for rule in plan.bundle.rules where rule.kind == .alert && rule.name == name {
      let margin = plan.bundle.evaluationInterval * 2
      let begin = max(.zero, from - margin)
      let step = max((to + margin - begin) / 8, plan.bundle.evaluationInterval)
      let value = try? await prometheus.queryRange(
        rule.expression, from: clock.epoch + begin / .seconds(1), to: clock.epoch + (to + margin) / .seconds(1),
        step: step / .seconds(1))
      guard case .matrix(let series)? = value else { continue }
      if series.isEmpty {
        lines.append(
          "its expression (\(rule.place)) was false or had no data from \(begin.prometheusText) to \((to + margin).prometheusText)"
        )
        lines += try await explanation(of: rule.expression, at: to).map { "at \(to.prometheusText): \($0)" }
      }
      for one in series.prefix(3) {
        let points = one.values.map { "\(Duration.seconds($0.time - clock.epoch).prometheusText)=\($0.value)" }
        lines.append("its expression (\(rule.place)) was true at \(points.joined(separator: ", "))")
      }
    }
    return lines
  }
}

/// A dashboard, and the expectation for which it is looked at.
private struct DashboardKey: Hashable {
  var dashboard: Int
  var expectation: Place
}

/// What the sinks got, in order; filled on the loop, read by the conductor.
final class NotificationInbox: Sendable {
  private let state = Mutex((all: [Events.Notification](), taken: 0))

  func add(_ notification: Events.Notification) { state.withLock { $0.all.append(notification) } }

  /// Everything so far.
  var all: [Events.Notification] { state.withLock { $0.all } }

  /// What came since the last call.
  func takeNew() -> [Events.Notification] {
    state.withLock { state in
      defer { state.taken = state.all.count }
      return Array(state.all[state.taken...])
    }
  }
}
