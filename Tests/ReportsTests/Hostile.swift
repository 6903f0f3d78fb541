import Events
import Results

/// Texts that have broken reports before.
enum Hostile {
  static let texts = [
    "</script><script>alert(1)</script>", "\" onload=\"alert(1)", "' onfocus='alert(1)", "<!-- -->", "]]>",
    "<![CDATA[x]]>", "&amp;&lt;&#1;", "javascript:alert(1)", "a\u{1B}[31mred\u{1B}[0m", "\u{1B}]0;title\u{7}b",
    "nul\0bell\u{7}del\u{7F}c1\u{9B}31m", "tab\tnewline\ncr\rcrlf\r\nend", "\u{202E}desrever", "\u{FFFE}\u{FFFF}",
    "👩‍👩‍👧 é 漢字", "{{ .Labels }}", "%s ::error file=x::y", String(repeating: "long ", count: 4_000), "", " ",
    String(String.UnicodeScalarView((0...0xFF).compactMap { Unicode.Scalar($0) })),
  ]

  /// A run in which every text is `text`.
  static func run(_ text: String) -> StoredRun {
    var info = Sample.info
    info.id = text
    info.host = text
    info.firedrillVersion = text
    info.gitCommit = text
    info.scenarios = 3
    let scenarios = Verdict.allCases.enumerated().map { index, verdict in scenario(index, text, verdict) }
    return StoredRun(
      info: info, outcome: RunOutcome(verdict: .failed, finishedAt: info.startedAt + 1, interrupted: true),
      scenarios: scenarios)
  }

  private static func scenario(_ index: Int, _ text: String, _ verdict: Verdict) -> StoredScenario {
    let labels = [text: text, "x": text]
    let checks = Verdict.allCases.map { verdict in
      CheckResult(
        id: text, kind: text, verdict: verdict, message: text, expected: text, actual: text, evidence: [text, text],
        file: text, line: 1, at: .seconds(5), from: .seconds(1), to: .seconds(5))
    }
    return StoredScenario(
      info: ScenarioInfo(
        index: index, name: text, file: text, line: 1, tags: [text], virtualStart: 0, duration: .seconds(60),
        checks: 4),
      outcome: ScenarioOutcome(
        verdict: verdict, message: text, details: [text], virtualSeconds: 60, wallSeconds: 0),
      components: [ComponentInfo(name: text, path: text, version: text, sha256: text)],
      steps: [StepInfo(at: .seconds(1), summary: text, line: 1)],
      transitions: [
        AlertTransition(
          at: .seconds(2), alertname: text, labels: labels, annotations: labels, from: .inactive, to: .firing)
      ],
      notifications: [
        Notification(
          at: .seconds(3), receiver: text, kind: text, status: .firing, groupKey: text, groupLabels: labels,
          alerts: [
            Notification.Alert(
              status: .firing, labels: labels, annotations: labels, startsAt: text, endsAt: text, fingerprint: text)
          ], body: text)
      ],
      checks: checks)
  }
}
