import Events
import Reports
import Results
import Testing

@Suite struct JUnitReportTests {
  @Test(arguments: [
    ("junit.xml", Sample.run), ("junit-cut-off.xml", Sample.cutOff), ("junit-nothing.xml", Sample.nothing),
  ])
  func golden(_ name: String, _ run: StoredRun) throws {
    let document = JUnitReport.render(run)
    #expect(JUnitRules.check(document).problems == [])
    try expectGolden(document, name)
  }

  @Test(arguments: Hostile.texts.indices)
  func hostileTextStaysText(_ index: Int) throws {
    let document = JUnitReport.render(Hostile.run(Hostile.texts[index]))
    #expect(JUnitRules.check(document).problems == [])
    let xmllint = try run("/usr/bin/xmllint", ["--noout", "--nonet"], input: document)
    #expect(xmllint?.status ?? 0 == 0, "\(xmllint?.output ?? "")")
    #expect(!document.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" && $0 != "\t" })
    #expect(document.utf8.count < 2_000_000)
  }

  @Test func theRulesFindWhatJenkinsRejects() {
    let bad = """
      <testsuites skipped="1"><testsuite name="a" tests="2" failures="0" errors="0" timestamp="now">
      <testcase name="b" file="x" time="1e-05"/><testcase name="b"><properties/></testcase></testsuite></testsuites>
      """
    #expect(
      Set(JUnitRules.check(bad).problems) == [
        "testsuites may not have skipped", "timestamp is malformed", "testcase may not have file", "time=1e-05",
        "properties is not allowed in testcase", "two test cases have the same name and class",
        "skipped=- of 0 skipped",
      ])
  }

  @Test func aCutOffRunHasAnErrorThatSaysSo() {
    let document = JUnitReport.render(Sample.cutOff)
    #expect(document.contains("<error type=\"CutOff\" message=\"the run was cut off in this scenario\">"))
    #expect(document.contains("<error type=\"CutOff\" message=\"the run was cut off\">"))
    #expect(document.contains("1 of 3 scenarios never began."))
  }

  @Test func anInterruptedRunIsNoSuccess() {
    var run = Sample.run
    run.scenarios = [Sample.redis]
    run.outcome = RunOutcome(verdict: .passed, finishedAt: run.info.startedAt + 1, interrupted: true)
    #expect(JUnitReport.render(run).contains("<error type=\"Interrupted\""))
  }

  @Test func aSkippedScenarioIsSkipped() {
    var run = Sample.run
    run.scenarios = [Sample.redis]
    run.info.scenarios = 1
    run.scenarios[0].checks = []
    run.scenarios[0].outcome = ScenarioOutcome(
      verdict: .skipped, message: "needs Prometheus >= 3", virtualSeconds: 0, wallSeconds: 0)
    let document = JUnitReport.render(run)
    #expect(document.contains("<skipped message=\"needs Prometheus &gt;= 3\"/>"))
    #expect(document.contains("tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"1\""))
  }
}
