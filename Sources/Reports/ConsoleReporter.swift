public import Events
import Synchronization

/// Tells a run to a person as it happens: one live line on a terminal, plain lines elsewhere; failed checks in whole.
public final class ConsoleReporter: Sendable {
  private let write: @Sendable (String) -> Void
  private let isTerminal: Bool
  private let usesColour: Bool
  private let state = Mutex(State())

  private struct State {
    var running: [Int: Running] = [:]
    var verdicts: [Verdict: Int] = [:]
    var checks = 0
    var passedChecks = 0
    var virtualSeconds = 0.0
    var wallSeconds = 0.0
    var hasLiveLine = false
  }

  private struct Running {
    var info: ScenarioInfo
    var progress: Progress?
    var passed = 0
    var failed: [CheckResult] = []
  }

  /// - Parameters:
  ///   - isTerminal: whether a line can be written over.
  ///   - write: takes text as it is.
  public init(isTerminal: Bool, usesColour: Bool, write: @escaping @Sendable (String) -> Void) {
    self.isTerminal = isTerminal
    self.usesColour = usesColour
    self.write = write
  }

  /// Tells one event.
  public func report(_ event: Event) {
    let text = state.withLock { state in
      let block = lines(for: event, &state)
      let live = liveLine(state)
      defer { state.hasLiveLine = live != nil }
      let clear = state.hasLiveLine ? "\r\u{1b}[2K" : ""
      return clear + block.map { $0 + "\n" }.joined() + (live ?? "")
    }
    if !text.isEmpty { write(text) }
  }

  private func lines(for event: Event, _ state: inout State) -> [String] {
    switch event {
    case .runStarted(let info):
      return [
        "firedrill \(info.firedrillVersion): \(info.scenarios) scenario\(info.scenarios == 1 ? "" : "s"), \(info.clock) clock, run \(info.id)"
      ]
    case .scenarioStarted(let info):
      state.running[info.index] = Running(info: info)
      return isTerminal ? [] : ["  \(info.name) (\(info.file)) ..."]
    case .progressed(let scenario, let progress):
      state.running[scenario]?.progress = progress
      return []
    case .checked(let scenario, let check):
      state.checks += 1
      if check.verdict == .passed {
        state.passedChecks += 1
        state.running[scenario]?.passed += 1
      } else {
        state.running[scenario]?.failed.append(check)
      }
      return []
    case .scenarioFinished(let scenario, let outcome): return finish(scenario, outcome, &state)
    case .runFinished(let outcome): return summary(outcome, state)
    case .componentStarted, .stepApplied, .alertChanged, .notified: return []
    }
  }

  private func finish(_ scenario: Int, _ outcome: ScenarioOutcome, _ state: inout State) -> [String] {
    guard let running = state.running.removeValue(forKey: scenario) else { return [] }
    state.verdicts[outcome.verdict, default: 0] += 1
    state.virtualSeconds += outcome.virtualSeconds
    state.wallSeconds += outcome.wallSeconds
    let total = running.passed + running.failed.count
    var head =
      "\(mark(outcome.verdict)) \(running.info.name)  \(running.passed)/\(max(total, running.info.checks)) checks"
    if outcome.verdict != .error { head += "  \(timing(outcome.virtualSeconds, outcome.wallSeconds))" }
    var lines = [head]
    if outcome.verdict == .error {
      lines.append("    \(paint("error", .error)): \(outcome.message)")
      lines += outcome.details.map { "    | \($0)" }
    }
    for check in running.failed { lines += block(check) }
    return lines
  }

  private func block(_ check: CheckResult) -> [String] {
    var lines = [
      "    \(paint(check.verdict.rawValue, check.verdict)): \(check.message)", "      at \(check.file):\(check.line)",
    ]
    if let expected = check.expected { lines.append("      expected: \(expected)") }
    if let actual = check.actual { lines.append("      actual:   \(actual)") }
    return lines + check.evidence.map { "      | \($0)" }
  }

  private func summary(_ outcome: RunOutcome, _ state: State) -> [String] {
    let counts = Verdict.allCases.compactMap { verdict in
      state.verdicts[verdict].map { paint("\($0) \(verdict.rawValue)", verdict) }
    }
    let head = counts.isEmpty ? "nothing ran" : counts.joined(separator: ", ")
    let interrupted = outcome.interrupted ? " (interrupted)" : ""
    return [
      "",
      "\(head)\(interrupted); \(state.passedChecks) of \(state.checks) checks passed; \(timing(state.virtualSeconds, state.wallSeconds))",
    ]
  }

  private func liveLine(_ state: State) -> String? {
    guard isTerminal, let first = state.running.min(by: { $0.key < $1.key })?.value else { return nil }
    let others = state.running.count > 1 ? " (+\(state.running.count - 1) more)" : ""
    var line = "\(first.info.name)\(others)"
    if let progress = first.progress {
      line +=
        "  \(progress.at.prometheusText) of \(first.info.duration.prometheusText)  \(Int(progress.speed))x  \(first.passed + first.failed.count)/\(first.info.checks) checks"
      if !progress.firing.isEmpty { line += "  firing: \(progress.firing.joined(separator: ", "))" }
    }
    return String(line.prefix(150))
  }

  private func timing(_ virtual: Double, _ wall: Double) -> String {
    let speed = wall > 0 ? " (\(Int(virtual / wall))x)" : ""
    return
      "\(Duration.seconds(virtual.rounded()).prometheusText) in \(Duration.milliseconds(Int(wall * 10) * 100).prometheusText)\(speed)"
  }

  private func mark(_ verdict: Verdict) -> String {
    switch verdict {
    case .passed: paint("✔", .passed)
    case .failed: paint("✘", .failed)
    case .error: paint("!", .error)
    case .skipped: paint("-", .skipped)
    }
  }

  private func paint(_ text: String, _ verdict: Verdict) -> String {
    guard usesColour else { return text }
    let code =
      switch verdict {
      case .passed: "32"
      case .failed: "31"
      case .error: "35"
      case .skipped: "33"
      }
    return "\u{1b}[\(code)m\(text)\u{1b}[0m"
  }
}
