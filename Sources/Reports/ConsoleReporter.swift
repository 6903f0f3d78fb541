public import Events

/// Tells a person at a terminal, or who reads a log, how a run goes.
///
/// Scenarios may interleave: what is to be said of one is said in one piece when it ends.
public struct ConsoleReporter: Sendable {
  private let style: ConsoleStyle
  private let write: @Sendable (String) -> Void
  private var run: RunInfo?
  private var scenarios: [Int: RunningScenario] = [:]
  private var virtualSeconds = 0.0
  private var isLineDrawn = false
  private var drawnAt: Duration?

  /// Creates a reporter that prints by `write`; each call of it is one whole piece of output.
  public init(style: ConsoleStyle, write: @escaping @Sendable (String) -> Void) {
    self.style = style
    self.write = write
  }

  /// Takes in one event; `now` is real time since any fixed moment and paces the live line.
  public mutating func report(_ event: Event, at now: Duration) {
    switch event {
    case .runStarted(let info):
      run = info
      let count = info.scenarios == 1 ? "1 scenario" : "\(info.scenarios) scenarios"
      say("\(style.paint("Firedrill \(info.firedrillVersion.line)", .bold))  \(count), \(info.clock.line) clock\n")
    case .scenarioStarted(let info):
      scenarios[info.index] = RunningScenario(info: info)
      if !style.live { say(style.paint("▶ \(info.name.line)  \(info.file.line):\(info.line)", .faint) + "\n") }
      drawnAt = nil
    case .progressed(let scenario, let progress):
      scenarios[scenario]?.progress = progress
    case .checked(let scenario, let check):
      scenarios[scenario]?.checks.append(check)
    case .scenarioFinished(let scenario, let outcome):
      finish(scenario, outcome)
    case .runFinished(let outcome):
      say(summary(outcome))
    case .componentStarted, .stepApplied, .alertChanged, .notified, .dashboardSeen: return
    }
    drawLine(at: now)
  }

  private mutating func finish(_ index: Int, _ outcome: ScenarioOutcome) {
    guard var scenario = scenarios[index] else { return }
    scenario.outcome = outcome
    scenarios[index] = scenario
    virtualSeconds += outcome.virtualSeconds
    say(scenario.block(outcome, style))
  }

  /// Prints for good, in place of the live line.
  private mutating func say(_ text: String) {
    write((isLineDrawn ? Self.erase : "") + text)
    isLineDrawn = false
  }

  /// At most ten times a second, and at once after anything else was printed.
  private mutating func drawLine(at now: Duration) {
    guard style.live, let line = liveLine() else { return }
    if isLineDrawn, let drawnAt, now - drawnAt < .milliseconds(100) { return }
    write(Self.erase + style.paint(line.cut(to: style.width - 1), .faint))
    isLineDrawn = true
    drawnAt = now
  }

  private static let erase = "\r\u{1B}[2K"

  private func liveLine() -> String? {
    let running = scenarios.values.filter { $0.outcome == nil }.sorted { $0.info.index < $1.info.index }
    guard let shown = running.first, let run else { return nil }
    let done = scenarios.count - running.count
    var parts = ["▶ \(done)/\(run.scenarios)", shown.info.name.line]
    if let progress = shown.progress { parts += [progress.at.prometheusText, speedText(progress.speed)] }
    parts.append("\(shown.passed)/\(shown.info.checks) checks")
    if running.count > 1 { parts.append("and \(running.count - 1) more") }
    let firing = Set(running.flatMap { $0.progress?.firing ?? [] }).sorted()
    if !firing.isEmpty { parts.append("firing: " + firing.joined(separator: ", ").line) }
    return parts.joined(separator: "  ")
  }

  private func summary(_ outcome: RunOutcome) -> String {
    let all = scenarios.values.sorted { $0.info.index < $1.info.index }
    let planned = run?.scenarios ?? all.count
    guard planned > 0 else { return style.paint("\(Verdict.error.mark) nothing was selected to run", .magenta) + "\n" }
    let tally = Tally(all.map(\.verdict))
    let mark = style.paint("\(outcome.verdict.mark) \(tally.text)", outcome.verdict.ink)
    let passed = all.map(\.passed).reduce(0, +)
    let checks = "\(passed)/\(all.map(\.info.checks).reduce(0, +)) checks"
    let wall = outcome.finishedAt - (run?.startedAt ?? outcome.finishedAt)
    var lines = ["", "\(mark)  \(checks)  \(paceText(virtual: virtualSeconds, wall: wall))"]
    let missing = planned - all.count
    if outcome.interrupted { lines.append(style.paint("  interrupted", .yellow)) }
    if missing > 0 { lines.append(style.paint("  \(missing) of \(planned) scenarios did not run", .yellow)) }
    // Who scrolls to the end of a long run finds what to look at.
    let bad = all.filter { $0.verdict == .failed || $0.verdict == .error }
    if all.count > 1 {
      lines += bad.map {
        "  \(style.paint($0.verdict.mark, $0.verdict.ink)) \($0.info.name.line)  \($0.info.file.line):\($0.info.line)"
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
