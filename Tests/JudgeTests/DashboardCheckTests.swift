import Diagnostics
import Events
import Judge
import Scenarios
import Testing

@Suite struct DashboardCheckTests {
  private func query(_ refID: String, _ verdict: DataVerdict, over range: String = "1h", why: String? = nil)
    -> PanelQueryResult
  {
    PanelQueryResult(
      refID: refID, expression: "x", range: range, verdict: verdict, series: 0, explanation: why, evidence: ["seen"])
  }

  private func judged(
    _ queries: [PanelQueryResult], except: [DashboardExpectation.PanelException] = [], strict: Bool = false,
    reason: String? = nil
  ) -> CheckResult {
    let place = Place(file: "s.yaml", line: 3, column: 5)
    let expectation = DashboardExpectation(
      dashboard: Located("redis", at: place), at: .seconds(60), exceptions: except, isStrict: strict)
    let demand = PanelDemand(
      expectation: expectation, dashboard: 0, dashboardTitle: "Redis", panel: 14, title: "Rejected")
    let check = Check(id: "p", place: place, demand: .panel(demand), decidableAt: .seconds(60))
    let panel = PanelResult(panel: 14, title: "Rejected", reason: reason, queries: queries)
    return judge(check, Observations(panels: ["p": panel]), at: .seconds(61))
  }

  private func exception(_ panel: String, query: String? = nil) -> DashboardExpectation.PanelException {
    .init(panel: Located(panel, at: Place(file: "s.yaml", line: 5, column: 1)), query: query, reason: "errors only")
  }

  @Test(arguments: [
    (DataVerdict.data, Verdict.passed, Verdict.passed), (.zero, .passed, .failed), (.masked, .passed, .failed),
    (.nan, .failed, .failed), (.empty, .failed, .failed), (.error, .failed, .failed),
  ])
  func aPanelIsAsGoodAsItsWorstQuery(verdict: DataVerdict, expected: Verdict, strictly: Verdict) {
    #expect(judged([query("A", .data), query("B", verdict)]).verdict == expected)
    #expect(judged([query("A", .data), query("B", verdict)], strict: true).verdict == strictly)
  }

  @Test func saysWhichQueryAndWhy() {
    let result = judged([query("A", .data), query("B", .empty, over: "15m", why: "there is no metric `x`")])
    #expect(result.message == "panel 14 'Rejected', query B over 15m is empty: there is no metric `x`")
    #expect(result.actual == "empty")
  }

  @Test func rangesThatDifferInNothingAreTogether() {
    let result = judged([
      query("A", .empty, over: "1h", why: "gone"), query("A", .empty, over: "1d", why: "gone"),
      query("B", .nan, over: "1d"),
    ])
    #expect(result.evidence == ["A over 1h, 1d, empty: gone", "  x", "  seen", "B over 1d, NaN", "  x", "  seen"])
  }

  @Test func exceptionsExcuseAPanelOrOneQuery() {
    #expect(judged([query("A", .empty)], except: [exception("14")]).verdict == .passed)
    #expect(judged([query("A", .empty)], except: [exception("Rejected")]).message.hasSuffix("excepted: errors only"))
    #expect(judged([query("A", .empty)], except: [exception("14", query: "B")]).verdict == .failed)
    #expect(judged([query("A", .empty)], except: [exception("15")]).verdict == .failed)
  }

  @Test func anExceptionThatNothingNeedsIsReported() {
    let result = judged([query("A", .data)], except: [exception("14")])
    #expect(result.verdict == .passed)
    #expect(result.evidence == ["its exception is no longer needed (errors only): take it out"])
  }

  @Test func aPanelThatAsksNoPrometheusIsNotApplicable() {
    let result = judged([], reason: "its data source is of the type `loki`, not Prometheus")
    #expect(result.verdict == .skipped)
    #expect(result.message == "not applicable: its data source is of the type `loki`, not Prometheus")
  }
}
