import Events
import Results

/// A scenario on the page: what did not pass, the timeline, and tables of everything else.
struct HTMLScenario {
  let scenario: StoredScenario
  let anchor: String
  private let anchors: [String]

  init(_ scenario: StoredScenario, number: Int) {
    self.scenario = scenario
    let anchor = "scenario-\(number)"
    var names = Uniquely()
    self.anchor = anchor
    anchors = scenario.checks.map { "\(anchor)-check-" + names.name($0.id.slug) }
  }

  static func badge(_ verdict: Verdict) -> Markup {
    "<span class=\"badge \(verdict.rawValue)\">\(verdict.mark) \(verdict.rawValue)</span>"
  }

  private var message: String {
    scenario.outcome?.message
      ?? "The run was cut off here: \(scenario.checks.count) of \(scenario.info.checks) checks had been made"
  }

  private var passed: Int { scenario.checks.count { $0.verdict == .passed } }
  private var isBroken: Bool { scenario.verdict == .error || scenario.verdict == .skipped }
  private var notPassed: [Int] {
    scenario.checks.indices.filter { [.failed, .error].contains(scenario.checks[$0].verdict) }
  }

  /// Items of the list at the top of the page.
  var problems: [Markup] {
    let broken: [Markup] =
      scenario.verdict == .error
      ? ["<li>\(Self.badge(.error)) <a href=\"#\(anchor)\">\(scenario.info.name)</a>: \(message)</li>"] : []
    return broken
      + notPassed.map { index in
        "<li>\(Self.badge(scenario.checks[index].verdict)) <a href=\"#\(anchors[index])\">\(scenario.checks[index].message)</a> <span class=\"muted\">in \(scenario.info.name)</span></li>"
      }
  }

  /// A row of the table of all scenarios.
  var row: Markup {
    let outcome = scenario.outcome
    let virtual = outcome.map { Duration.seconds($0.virtualSeconds.rounded()).prometheusText } ?? "–"
    return """
      <tr><th scope="row"><a href="#\(anchor)">\(scenario.info.name)</a></th><td>\(Self.badge(scenario.verdict))</td>\
      <td data-label="Checks">\(passed) of \(scenario.info.checks)</td><td data-label="Virtual time">\(virtual)</td>\
      <td data-label="Real time">\(outcome?.wallSeconds.wallText ?? "–")</td></tr>
      """
  }

  var markup: Markup {
    let info = scenario.info
    let tables = HTMLTables(scenario: scenario, anchors: anchors)
    let pace = scenario.outcome.map { paceText(virtual: $0.virtualSeconds, wall: $0.wallSeconds) } ?? "cut off"
    let tags = info.tags.map { "<span class=\"label\">\($0)</span>" as Markup }
    let details = scenario.outcome?.details ?? []
    let tail: Markup = details.isEmpty ? .none : "<pre>\(details.joined(separator: "\n"))</pre>"
    let cause: Markup = isBroken ? "<p><strong>\(message)</strong></p>\(tail)" : .none
    return """
      <article class="card \(scenario.verdict.rawValue)" id="\(anchor)">
      <h2>\(Self.badge(scenario.verdict)) \(info.name)</h2>
      <p class="muted"><code>\(info.file):\(info.line)</code>, \(passed) of \(info.checks) checks passed, \(pace) \(tags)</p>
      \(cause)
      \(notPassed.map(failure))
      \(isEmpty ? .none : Timeline(scenario, anchors: anchors).markup)
      \(HTMLDashboards(scenario.dashboards, anchor: anchor).markup)
      \(tables.steps)
      \(tables.passedChecks)
      \(tables.skippedChecks)
      \(tables.notifications)
      \(tables.transitions)
      </article>
      """
  }

  private var isEmpty: Bool {
    scenario.checks.isEmpty && scenario.steps.isEmpty && scenario.transitions.isEmpty && scenario.notifications.isEmpty
  }

  private func failure(_ index: Int) -> Markup {
    let check = scenario.checks[index]
    func item(_ name: String, _ text: String?) -> Markup { text.map { "<dt>\(name)</dt><dd>\($0)</dd>" } ?? .none }
    let evidence: Markup =
      check.evidence.isEmpty
      ? .none : "<dt>Evidence</dt><dd><pre>\(check.evidence.joined(separator: "\n"))</pre></dd>"
    return """
      <section class="check \(check.verdict.rawValue)" id="\(anchors[index])">
      <h3>\(Self.badge(check.verdict)) \(check.message)</h3>
      <dl>\(item("Check", check.id))\(item("Expected", check.expected))\(item("Actual", check.actual))\
      \(item("Window", check.windowText))\(evidence)<dt>Written in</dt><dd><code>\(check.place)</code></dd></dl>
      </section>
      """
  }
}
