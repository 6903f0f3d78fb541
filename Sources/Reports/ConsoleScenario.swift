import Events

/// What the console knows of a scenario while it runs, and what it says when it has ended.
struct RunningScenario: Sendable {
  var info: ScenarioInfo
  var progress: Progress?
  var checks: [CheckResult] = []
  var outcome: ScenarioOutcome?

  var passed: Int { checks.count { $0.verdict == .passed } }
  /// Of a run that ended around it, `error`.
  var verdict: Verdict { outcome?.verdict ?? .error }

  /// One line of how it ended, and below it whatever did not pass.
  func block(_ outcome: ScenarioOutcome, _ style: ConsoleStyle) -> String {
    let mark = style.paint(outcome.verdict.mark, outcome.verdict.ink)
    let name = info.name.line
    let dots = String(repeating: ".", count: max(3, 58 - name.columns))
    var lines = ["\(mark) \(name) \(style.paint(dots, .faint)) \(result(outcome))"]
    if outcome.verdict == .error {
      lines += ["    \(outcome.message.line)"] + outcome.details.map { "      \($0.line)" }
    }
    for check in checks {
      switch check.verdict {
      case .failed, .error: lines += details(check, style)
      case .passed, .skipped:
        lines += check.evidence.map { "  \(style.paint("!", .yellow)) \(check.id.line): \($0.line)" }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func result(_ outcome: ScenarioOutcome) -> String {
    if outcome.verdict == .skipped { return "skipped: \(outcome.message.line)" }
    let pace = paceText(virtual: outcome.virtualSeconds, wall: outcome.wallSeconds)
    let skipped = checks.count { $0.verdict == .skipped }
    return "\(passed)/\(info.checks) checks\(skipped > 0 ? ", \(skipped) not applicable" : "")  \(pace)"
  }

  private func details(_ check: CheckResult, _ style: ConsoleStyle) -> [String] {
    var lines = ["  \(style.paint(check.verdict.mark, check.verdict.ink)) \(check.id.line): \(check.message.line)"]
    func add(_ name: String, _ texts: [String]) {
      for (number, text) in texts.flatMap({ $0.plain.split(separator: "\n") }).enumerated() {
        let label = number == 0 ? name : ""
        lines.append("      \(label)\(String(repeating: " ", count: 10 - label.count))\(text)")
      }
    }
    add("expected", check.expected.map { [$0] } ?? [])
    add("actual", check.actual.map { [$0] } ?? [])
    add("evidence", check.evidence)
    add("at", [check.place])
    return lines
  }
}
