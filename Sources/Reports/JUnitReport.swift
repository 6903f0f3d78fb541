import Events
import Foundation
public import Results

/// JUnit XML as Jenkins' xUnit plugin validates it (its junit-10.xsd): no `file`, no `line`, no `skipped` on `testsuites`, times with three decimals.
public enum JUnitReport {
  /// Renders a stored run: a suite a scenario, a case a check. A failure is an expectation that did not hold, an error what could not be done.
  public static func render(_ run: StoredRun) -> String {
    let suites = run.scenarios.map(Suite.init)
    let total = suites.reduce(into: Counts()) { $0.add($1.counts) }
    let time = run.scenarios.reduce(0) { $0 + ($1.outcome?.wallSeconds ?? 0) }
    var lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>"]
    lines.append(
      "<testsuites name=\"firedrill\" time=\"\(decimal(time))\" tests=\"\(total.tests)\" failures=\"\(total.failures)\" errors=\"\(total.errors)\">"
    )
    if suites.isEmpty { lines.append("  <testsuite name=\"firedrill\" tests=\"0\" failures=\"0\" errors=\"0\"/>") }
    for suite in suites { lines += suite.lines(run.info) }
    lines.append("</testsuites>")
    return lines.joined(separator: "\n") + "\n"
  }
}

private struct Counts {
  var tests = 0
  var failures = 0
  var errors = 0
  var skipped = 0

  mutating func add(_ other: Counts) {
    tests += other.tests
    failures += other.failures
    errors += other.errors
    skipped += other.skipped
  }
}

private struct Suite {
  let scenario: StoredScenario
  /// A scenario that ended in an error has a case of its own for that.
  let needsErrorCase: Bool

  init(_ scenario: StoredScenario) {
    self.scenario = scenario
    needsErrorCase = scenario.verdict == .error && !scenario.checks.contains { $0.verdict == .error }
  }

  var counts: Counts {
    var counts = Counts(tests: scenario.checks.count + (needsErrorCase ? 1 : 0), errors: needsErrorCase ? 1 : 0)
    for check in scenario.checks {
      switch check.verdict {
      case .failed: counts.failures += 1
      case .error: counts.errors += 1
      case .skipped: counts.skipped += 1
      case .passed: break
      }
    }
    return counts
  }

  func lines(_ run: RunInfo) -> [String] {
    let counts = counts
    let name = escapedAttribute(scenario.info.name)
    let attributes =
      "name=\"\(name)\" tests=\"\(counts.tests)\" failures=\"\(counts.failures)\" errors=\"\(counts.errors)\" skipped=\"\(counts.skipped)\" "
      + "time=\"\(decimal(scenario.outcome?.wallSeconds ?? 0))\" timestamp=\"\(timestamp(run.startedAt))\" hostname=\"\(escapedAttribute(run.host))\" "
      + "id=\"\(scenario.info.index)\""
    var lines = ["  <testsuite \(attributes)>", "    <properties>"]
    for (key, value) in properties(run) {
      lines.append("      <property name=\"\(escapedAttribute(key))\" value=\"\(escapedAttribute(value))\"/>")
    }
    lines.append("    </properties>")
    for check in scenario.checks { lines += testCase(check) }
    if needsErrorCase { lines += errorCase() }
    return lines + ["  </testsuite>"]
  }

  private func properties(_ run: RunInfo) -> [(String, String)] {
    [
      ("firedrill.version", run.firedrillVersion), ("firedrill.run", run.id), ("clock", run.clock),
      ("scenario.file", scenario.info.file),
      ("virtual.seconds", decimal(scenario.outcome?.virtualSeconds ?? 0)),
    ] + scenario.components.map { ("\($0.name).version", $0.version) }
  }

  /// Jenkins' tree is made of the dots; a slug keeps blanks and brackets out of it.
  private var className: String {
    let words = scenario.info.name.lowercased().split { !$0.isLetter && !$0.isNumber }
    return "firedrill." + words.joined(separator: "-")
  }

  private func testCase(_ check: CheckResult) -> [String] {
    let head =
      "    <testcase classname=\"\(escapedAttribute(className))\" name=\"\(escapedAttribute(check.id))\" time=\"0.000\""
    switch check.verdict {
    case .passed: return [head + "/>"]
    case .skipped:
      return [head + ">", "      <skipped message=\"\(escapedAttribute(check.message))\"/>", "    </testcase>"]
    case .failed, .error:
      let element = check.verdict == .failed ? "failure" : "error"
      let message =
        "      <\(element) type=\"\(check.kind)\" message=\"\(escapedAttribute(String(check.message.prefix(500))))\">"
      return [head + ">", message + escapedXML(text(of: check)) + "</\(element)>", "    </testcase>"]
    }
  }

  /// The message comes first again: some readers show the text alone.
  private func text(of check: CheckResult) -> String {
    var lines = [check.message, "at \(check.file):\(check.line)"]
    if let expected = check.expected { lines.append("expected: \(expected)") }
    if let actual = check.actual { lines.append("actual:   \(actual)") }
    return (lines + check.evidence).joined(separator: "\n")
  }

  private func errorCase() -> [String] {
    let message = scenario.outcome?.message ?? "the run was cut off before this scenario ended"
    let text = ([message] + (scenario.outcome?.details ?? [])).joined(separator: "\n")
    return [
      "    <testcase classname=\"\(escapedAttribute(className))\" name=\"the scenario runs\" time=\"0.000\">",
      "      <error type=\"error\" message=\"\(escapedAttribute(String(message.prefix(500))))\">\(escapedXML(text))</error>",
      "    </testcase>",
    ]
  }
}

private func decimal(_ value: Double) -> String { String(format: "%.3f", value) }

/// UTC without a zone, which every reader takes.
private func timestamp(_ seconds: Double) -> String {
  Date(timeIntervalSince1970: seconds).formatted(.iso8601.year().month().day().time(includingFractionalSeconds: false))
}
