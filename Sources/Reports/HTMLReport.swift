import Events
import Foundation
public import Results

/// One self-contained page: no external request, whole without script and style, good with them.
public enum HTMLReport {
  /// Renders a stored run, the scenarios that did not pass first.
  public static func render(_ run: StoredRun) -> String {
    let order: [Verdict] = [.error, .failed, .skipped, .passed]
    let scenarios = run.scenarios.enumerated().sorted { left, right in
      let (a, b) = (order.firstIndex(of: left.element.verdict) ?? 0, order.firstIndex(of: right.element.verdict) ?? 0)
      return (a, left.offset) < (b, right.offset)
    }.map(\.element)
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Firedrill: \(run.verdict.rawValue)</title>
      <style>\(PageStyle.css)</style>
      </head>
      <body>
      <header><h1>Firedrill <span class="verdict \(run.verdict.rawValue)">\(run.verdict.rawValue)</span></h1>
      \(summary(run))
      </header>
      <nav aria-label="Scenarios"><ol>\(scenarios.map(navigationItem).joined())</ol></nav>
      <main>
      \(scenarios.map { ScenarioSection(scenario: $0).html }.joined(separator: "\n"))
      </main>
      </body>
      </html>

      """
  }

  private static func summary(_ run: StoredRun) -> String {
    let checks = run.scenarios.flatMap(\.checks)
    let virtual = run.scenarios.reduce(0) { $0 + ($1.outcome?.virtualSeconds ?? 0) }
    let wall = run.scenarios.reduce(0) { $0 + ($1.outcome?.wallSeconds ?? 0) }
    var facts = [
      (
        "Scenarios",
        Verdict.allCases.compactMap { verdict in
          let count = run.scenarios.count { $0.verdict == verdict }
          return count > 0 ? "\(count) \(verdict.rawValue)" : nil
        }.joined(separator: ", ")
      ),
      ("Checks", "\(checks.count { $0.verdict == .passed }) of \(checks.count) passed"),
      (
        "Time",
        "\(Duration.seconds(virtual.rounded()).prometheusText) of virtual time in \(Duration.milliseconds(Int(wall * 1000)).prometheusText)\(wall > 0 ? " (\(Int(virtual / wall)) times as fast)" : "")"
      ),
      (
        "Run",
        "\(run.info.id), \(run.info.clock) clock, on \(run.info.host)\(run.info.gitCommit.map { ", commit \($0.prefix(12))" } ?? "")"
      ),
      (
        "Programs",
        (["firedrill \(run.info.firedrillVersion)"] + run.components.map { "\($0.name) \($0.version)" }).joined(
          separator: ", ")
      ),
    ]
    if run.wasCutOff {
      facts.insert(("Attention", "this run was cut off, or goes on: it never said how it ended"), at: 0)
    }
    if run.outcome?.interrupted == true { facts.insert(("Attention", "this run was interrupted"), at: 0) }
    return "<dl>" + facts.map { "<dt>\($0.0)</dt><dd>\(escapedXML($0.1))</dd>" }.joined() + "</dl>"
  }

  private static func navigationItem(_ scenario: StoredScenario) -> String {
    let verdict = scenario.verdict.rawValue
    return
      "<li><a href=\"#scenario-\(scenario.info.index)\"><span class=\"verdict \(verdict)\">\(verdict)</span> \(escapedXML(scenario.info.name))</a></li>"
  }
}

/// One scenario of the page.
private struct ScenarioSection {
  let scenario: StoredScenario

  var html: String {
    let info = scenario.info
    let verdict = scenario.verdict.rawValue
    let anchor = "scenario-\(info.index)"
    let start = Date(timeIntervalSince1970: info.virtualStart).formatted(.iso8601)
    let tags = info.tags.isEmpty ? "" : " · " + info.tags.map(escapedXML).joined(separator: ", ")
    return """
      <section id="\(anchor)">
      <h2><span class="verdict \(verdict)">\(verdict)</span> \(escapedXML(info.name)) <a class="anchor" href="#\(anchor)" aria-label="Link to this scenario">#</a></h2>
      <p class="meta">\(escapedXML(info.file)):\(info.line) · from \(start), \(info.duration.prometheusText)\(tags)</p>
      \(failure)
      \(Timeline(scenario: scenario).html)
      \(checks)
      \(notifications)
      </section>
      """
  }

  /// Why the harness or the stack could not do its part.
  private var failure: String {
    guard scenario.verdict == .error else { return "" }
    let message = scenario.outcome?.message ?? "the run was cut off before this scenario ended"
    let details = scenario.outcome?.details ?? []
    let log = details.isEmpty ? "" : "<pre>\(escapedXML(details.joined(separator: "\n")))</pre>"
    return "<div class=\"problem\"><p>\(escapedXML(message))</p>\(log)</div>"
  }

  private var checks: String {
    guard !scenario.checks.isEmpty else { return "" }
    let bad = scenario.checks.enumerated().filter { $0.element.verdict != .passed }
    let good = scenario.checks.enumerated().filter { $0.element.verdict == .passed }
    let passed =
      good.isEmpty
      ? ""
      : "<details\(bad.isEmpty ? " open" : "")><summary>\(good.count) checks passed</summary><ul class=\"checks\">"
        + good.map {
          "<li id=\"\(anchor($0.offset))\">\(escapedXML($0.element.id)): \(escapedXML($0.element.message))</li>"
        }.joined() + "</ul></details>"
    return bad.map { failed($0.element, $0.offset) }.joined() + passed
  }

  private func anchor(_ check: Int) -> String { "scenario-\(scenario.info.index)-check-\(check)" }

  private func failed(_ check: CheckResult, _ number: Int) -> String {
    var rows = ""
    if let expected = check.expected { rows += "<dt>expected</dt><dd>\(escapedXML(expected))</dd>" }
    if let actual = check.actual { rows += "<dt>actual</dt><dd>\(escapedXML(actual))</dd>" }
    rows += "<dt>at</dt><dd>\(escapedXML(check.file)):\(check.line)</dd>"
    let evidence = check.evidence.isEmpty ? "" : "<pre>\(escapedXML(check.evidence.joined(separator: "\n")))</pre>"
    return """
      <article class="problem" id="\(anchor(number))">
      <h3><span class="verdict \(check.verdict.rawValue)">\(check.verdict.rawValue)</span> \(escapedXML(check.id)) <a class="anchor" href="#\(anchor(number))" aria-label="Link to this check">#</a></h3>
      <p>\(escapedXML(check.message))</p><dl>\(rows)</dl>\(evidence)
      </article>
      """
  }

  private var notifications: String {
    guard !scenario.notifications.isEmpty else { return "" }
    let rows = scenario.notifications.map { notification in
      let alerts = notification.alerts.map { alert in
        let summary = alert.annotations["summary"] ?? alert.annotations["description"] ?? ""
        return
          "<div>\(escapedXML(alert.labels["alertname"] ?? "")) \(escapedXML(alert.status.rawValue)) <span class=\"muted\">\(escapedXML(summary))</span></div>"
      }
      return
        "<tr><td>\(notification.at.prometheusText)</td><td>\(escapedXML(notification.receiver))</td><td>\(escapedXML(notification.kind))</td><td>\(alerts.joined())</td></tr>"
    }
    return """
      <details><summary>\(scenario.notifications.count) notifications</summary>
      <div class="scroll"><table><thead><tr><th>at</th><th>receiver</th><th>kind</th><th>alerts</th></tr></thead><tbody>\(rows.joined())</tbody></table></div></details>
      """
  }
}
