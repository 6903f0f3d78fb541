import Bundles
import Diagnostics
import Events
import Judge
import Net
import Scenarios
import Stack
import VirtualTime

/// Runs one scenario: sets its stack up, conducts, and takes everything down again, whatever happens.
struct ScenarioRunner {
  let index: Int
  let plan: Plan
  let options: RunOptions
  let folder: String
  let reaper: Reaper
  let emit: @Sendable (Event) async -> Void

  /// Never throws: what the harness or the stack could not do is the verdict `error`.
  func run() async -> ScenarioOutcome {
    let began = ContinuousClock.now
    await emit(.scenarioStarted(info))
    var outcome = ScenarioOutcome(verdict: .passed, message: "", virtualSeconds: 0, wallSeconds: 0)
    do {
      outcome.verdict = try await runInFolder()
      outcome.virtualSeconds = (plan.end + plan.warmup) / .seconds(1)
      outcome.message = outcome.verdict == .passed ? "every expectation held" : "an expectation did not hold"
    } catch is CancellationError {
      outcome = ScenarioOutcome(verdict: .error, message: "interrupted", virtualSeconds: 0, wallSeconds: 0)
    } catch {
      let details = (error as? StackError)?.details ?? (error as? VirtualTimeStalled)?.threads ?? []
      outcome = ScenarioOutcome(
        verdict: .error, message: "\(error)", details: details, virtualSeconds: 0, wallSeconds: 0)
    }
    outcome.wallSeconds = (ContinuousClock.now - began) / .seconds(1)
    await emit(.scenarioFinished(scenario: index, outcome))
    return outcome
  }

  private var info: ScenarioInfo {
    ScenarioInfo(
      index: index, name: plan.scenario.name.value, file: plan.scenario.file, line: plan.scenario.name.place.line,
      tags: plan.scenario.tags,
      virtualStart: plan.scenario.start, duration: plan.end, checks: plan.checks.count)
  }

  private func runInFolder() async throws -> Verdict {
    reaper.remove(folder: folder)
    defer { if options.keepsFolders { reaper.keep(folder: folder) } else { removeTree(folder) } }
    for part in ["logs", "rules"] { try makeFolder("\(folder)/\(part)") }
    let addresses = try LoopbackRange(directory: "\(options.workFolder)/addresses")
    let loops = EventLoops()
    let stalls = Stalls()
    let clock = try makeClock(stalls)
    do {
      let verdict = try await conduct(clock, loops, addresses, stalls)
      await takeDown(clock, loops)
      if verdict == .failed, let clock = clock as? VirtualClock { try distrust(after: clock.statistics.longestPause) }
      return verdict
    } catch {
      await takeDown(clock, loops)
      throw error
    }
  }

  /// The clock runs on while the machine is too slow for the stack, and so do the time-outs of scrapes: a failure after that says nothing.
  private func distrust(after pause: Duration) throws {
    guard pause > Self.longestPause else { return }
    throw StackError(
      "checks failed, but this machine needed \(pause.prometheusText) for what takes milliseconds: time-outs may have passed; run it again"
    )
  }

  /// Half of Prometheus' default scrape time-out.
  private static let longestPause = Duration.seconds(5)

  private func takeDown(_ clock: any ProcessClock, _ loops: EventLoops) async {
    clock.stop()
    await loops.shutdown()
  }

  /// What a stack needs to start, by far: virtual time jumps over what is left of it.
  private func makeClock(_ stalls: Stalls) throws -> any ProcessClock {
    switch options.clock {
    case .virtual: try VirtualClock(epoch: plan.scenario.start, lead: plan.warmup + .seconds(60)) { stalls.report($0) }
    case .real: RealClock(lead: plan.warmup + .seconds(8))
    }
  }

  private func conduct(_ clock: any ProcessClock, _ loops: EventLoops, _ addresses: LoopbackRange, _ stalls: Stalls)
    async throws -> Verdict
  {
    clock.admit(threads: try await loops.threadIDs())
    let inbox = NotificationInbox()
    let birth = clock.now.offset
    let site = StackSite(
      plan: plan, birth: birth, instances: plan.instances(birth: birth), clock: clock, loops: loops,
      addresses: addresses, folder: folder,
      binaries: options.binaries, reaper: reaper)
    let start = clock.hold()
    do {
      try await site.start { inbox.add($0) }
      let verdict = try await watched(site, stalls) { try await conduct(site, inbox, start) }
      await stop(site.roster)
      return verdict
    } catch {
      await stop(site.roster)
      throw error
    }
  }

  /// Runs `body` until it ends, or a component dies, or the clock stands still, whichever comes first.
  private func watched(
    _ site: StackSite, _ stalls: Stalls, _ body: @escaping @Sendable () async throws -> Verdict
  ) async throws -> Verdict {
    try await withThrowingTaskGroup(of: Verdict?.self) { group in
      let deaths = Deaths(of: site.roster.components, stalls)
      group.addTask { try await deaths.first() }
      group.addTask { try await body() }
      defer { group.cancelAll() }
      while let ended = try await group.next() { if let ended { return ended } }
      throw CancellationError()
    }
  }

  private func stop(_ roster: Roster) async {
    let components = roster.components.reversed()
    for component in components { component.process.send(signal: 15) }
    for component in components { await component.stop() }
  }

  private func conduct(_ site: StackSite, _ inbox: NotificationInbox, _ start: BusyToken) async throws -> Verdict {
    let clock = site.clock
    return try await clock.participate {
      start.release()
      async let identities = identities(of: site.roster.programs)
      guard let prometheus = site.prometheus else { throw StackError("Prometheus has not started") }
      let groups = try await ready(prometheus, clock)
      try await clock.sleep(until: RunInstant(.zero), tolerance: nil)
      var conductor = Conductor(
        plan: plan, site: site, prometheus: prometheus, options: options, inbox: inbox, scenario: index, groups: groups,
        emit: emit)
      try await conductor.run()
      for component in await identities { await emit(.componentStarted(scenario: index, component)) }
      return conductor.worst
    }
  }

  /// What the programs are, found out beside the run: nobody waits for it.
  private func identities(of programs: [(program: Program, path: String)]) async -> [ComponentInfo] {
    var components: [ComponentInfo] = []
    for (program, path) in programs {
      let fingerprint = await Fingerprints.shared.fingerprint(of: path, folder: options.workFolder)
      components.append(
        ComponentInfo(name: program.name, path: path, version: fingerprint.version, sha256: fingerprint.sha256))
    }
    return components
  }

  /// Waits, in virtual time, until Prometheus knows its Alertmanager, which its discovery tells it every five seconds.
  private func ready(_ prometheus: PrometheusAPI, _ clock: any ProcessClock) async throws -> [RuleGroup] {
    while try await prometheus.alertmanagerCount() == 0 {
      guard clock.now.offset + plan.warmup <= .zero else {
        throw StackError("Prometheus did not find the Alertmanager before the warm-up")
      }
      try await clock.sleep(until: clock.now.advanced(by: .seconds(1)), tolerance: nil)
    }
    return try await prometheus.ruleGroups()
  }
}
