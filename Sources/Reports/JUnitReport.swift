import Events
public import Results

/// A run as JUnit XML: a suite a scenario, a test case a check, within what the schema of Jenkins' xUnit plugin allows.
public enum JUnitReport {
  /// The report, with a final newline.
  public static func render(_ run: StoredRun) -> String {
    var slugs = Uniquely()
    var suites = run.scenarios.map { scenario in
      suite(of: scenario, slug: slugs.name(scenario.info.name.slug), in: run)
    }
    if let remainder = remainder(of: run) { suites.append(remainder) }
    if suites.isEmpty { suites.append(Suite(name: "firedrill", run: run)) }
    let all = Tally(suites.flatMap(\.cases).map(\.verdict))
    let document: Markup = """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="firedrill" time="\(run.wallSeconds.fixed(3))" tests="\(all.total)" \
      failures="\(all[.failed])" errors="\(all[.error])">
      \(suites.map(\.markup))
      </testsuites>

      """
    return document.source
  }

  private static func suite(of scenario: StoredScenario, slug: String, in run: StoredRun) -> Suite {
    var suite = Suite(name: scenario.info.name.line, run: run)
    suite.time = scenario.outcome?.wallSeconds ?? 0
    suite.properties += properties(of: scenario)
    suite.cases = scenario.checks.map { Case($0, scenario: slug) }
    if let own = ownCase(of: scenario, slug: slug) { suite.cases.append(own) }
    var names = Uniquely()
    // All checks of a scenario come out of one drive: each is given an equal share of its time, so that sums hold.
    for index in suite.cases.indices {
      suite.cases[index].time = suite.time / Double(suite.cases.count)
      suite.cases[index].name = names.name(suite.cases[index].name, separator: " #")
    }
    return suite
  }

  private static func properties(of scenario: StoredScenario) -> [(String, String)] {
    var properties = [("scenario.file", "\(scenario.info.file):\(scenario.info.line)")]
    var names = Uniquely()
    properties += scenario.components.map { (names.name("\($0.name).version"), $0.version) }
    guard let outcome = scenario.outcome else { return properties }
    properties.append(("virtual.seconds", outcome.virtualSeconds.fixed(3)))
    if let speed = speed(virtual: outcome.virtualSeconds, wall: outcome.wallSeconds) {
      properties.append(("time.compression", speed.fixed(1)))
    }
    return properties
  }

  /// What is to be said of a scenario beyond its checks: that it broke off, was skipped, or failed without a failed check.
  private static func ownCase(of scenario: StoredScenario, slug: String) -> Case? {
    var own = Case(name: "the scenario runs to its end", classname: "firedrill.\(slug).scenario")
    guard let outcome = scenario.outcome else {
      own.verdict = .error
      own.type = "CutOff"
      own.message = "the run was cut off in this scenario"
      own.text = "It had made \(scenario.checks.count) of \(scenario.info.checks) checks."
      return own
    }
    let isSaid = scenario.checks.contains { $0.verdict == outcome.verdict }
    guard outcome.verdict == .error || !isSaid && outcome.verdict != .passed else { return nil }
    own.verdict = outcome.verdict
    own.type = outcome.verdict == .error ? "HarnessError" : "ScenarioFailed"
    own.message = outcome.message
    own.text = outcome.details.joined(separator: "\n")
    return own
  }

  /// A suite that says why the run as a whole is no success, where scenarios are missing.
  private static func remainder(of run: StoredRun) -> Suite? {
    let isMissing = run.neverStarted > 0
    guard run.cutOff || run.outcome?.interrupted == true || isMissing && run.verdict == .error else { return nil }
    var suite = Suite(name: "firedrill", run: run)
    var own = Case(name: "the run reaches its end", classname: "firedrill.run")
    own.verdict = .error
    own.type = run.cutOff ? "CutOff" : run.outcome?.interrupted == true ? "Interrupted" : "HarnessError"
    own.message = run.cutOff ? "the run was cut off" : "the run was stopped before its end"
    own.text = "\(run.neverStarted) of \(run.info.scenarios) scenarios never began."
    suite.cases = [own]
    return suite
  }
}
