import Diagnostics
import Testing

@testable import Dashboards

@Suite struct TimeTests {
  /// `now` is 2023-11-14 22:13:20 UTC, a Tuesday.
  @Test(arguments: [
    ("now", "utc", "2023-11-14T22:13:20.000Z", "2023-11-14T22:13:20.000Z"),
    ("now-6h", "utc", "2023-11-14T16:13:20.000Z", "2023-11-14T16:13:20.000Z"),
    ("now+1m", "utc", "2023-11-14T22:14:20.000Z", "2023-11-14T22:14:20.000Z"),
    ("now/d", "utc", "2023-11-14T00:00:00.000Z", "2023-11-14T23:59:59.999Z"),
    ("now-1d/d", "utc", "2023-11-13T00:00:00.000Z", "2023-11-13T23:59:59.999Z"),
    ("now/w", "utc", "2023-11-12T00:00:00.000Z", "2023-11-18T23:59:59.999Z"),
    ("now-1M/M", "utc", "2023-10-01T00:00:00.000Z", "2023-10-31T23:59:59.999Z"),
    ("now/y", "utc", "2023-01-01T00:00:00.000Z", "2023-12-31T23:59:59.999Z"),
    ("now/Q", "utc", "2023-10-01T00:00:00.000Z", "2023-12-31T23:59:59.999Z"),
    ("now/fy", "utc", "2023-04-01T00:00:00.000Z", "2024-03-31T23:59:59.999Z"),
    ("now/h", "utc", "2023-11-14T22:00:00.000Z", "2023-11-14T22:59:59.999Z"),
    ("now-1h-10m", "utc", "2023-11-14T21:03:20.000Z", "2023-11-14T21:03:20.000Z"),
    ("now/d", "America/New_York", "2023-11-14T05:00:00.000Z", "2023-11-15T04:59:59.999Z"),
    ("now-10d/d", "America/New_York", "2023-11-04T04:00:00.000Z", "2023-11-05T03:59:59.999Z"),
    ("1700000000000", "utc", "2023-11-14T22:13:20.000Z", "2023-11-14T22:13:20.000Z"),
    ("2023-11-14", "America/New_York", "2023-11-14T05:00:00.000Z", "2023-11-14T05:00:00.000Z"),
    ("2023-11-14T10:00:00.5Z", "America/New_York", "2023-11-14T10:00:00.500Z", "2023-11-14T10:00:00.500Z"),
    ("2023-11-14 10:00:00", "utc", "2023-11-14T10:00:00.000Z", "2023-11-14T10:00:00.000Z"),
    ("2023-11-14T10:00:00+02:00", "utc", "2023-11-14T08:00:00.000Z", "2023-11-14T08:00:00.000Z"),
    ("20231114T101112", "utc", "2023-11-14T10:11:12.000Z", "2023-11-14T10:11:12.000Z"),
    ("now-", "utc", "none", "none"), ("now-6", "utc", "none", "none"), ("now-6x", "utc", "none", "none"),
    ("yesterday", "utc", "none", "none"), ("", "utc", "none", "none"), ("now-99999999999h", "utc", "none", "none"),
    ("now-9999999999y", "utc", "none", "none"), ("now/3d", "utc", "none", "none"),
    ("2023-13-01", "utc", "none", "none"),
    ("9223372036854775807", "utc", "none", "none"), ("--", "utc", "none", "none"),
    ("2023-11-14T99", "utc", "none", "none"),
  ])
  func readsTimes(text: String, zone: String, from: String, to: String) {
    let expression = TimeExpression(calendar: ZonedCalendar(timeZone: zone), fiscalStart: 3, now: Given.now)
    #expect((expression.moment(text, roundingUp: false).map(DatePattern.iso) ?? "none") == from)
    #expect((expression.moment(text, roundingUp: true).map(DatePattern.iso) ?? "none") == to)
  }

  @Test(arguments: [
    ("now-1h", "now", nil as String?, nil as String?, "21:13:20.000 22:13:20.000"),
    ("now-1h", "now", "6h", nil, "16:13:20.000 22:13:20.000"),
    ("now-1h", "now", nil, "1h", "20:13:20.000 21:13:20.000"),
    ("now-1h", "now", "2h", "1h", "19:13:20.000 21:13:20.000"),
    ("now-1h", "now", "now/d", nil, "00:00:00.000 22:13:20.000"),
    // An absolute range is not replaced, but moved.
    ("1699999000000", "1700000000000", "6h", nil, "21:56:40.000 22:13:20.000"),
    ("1699999000000", "1700000000000", "6h", "10m", "21:46:40.000 22:03:20.000"),
    ("now-1h", "now", nil, "0d/d", "00:00:00.000 23:59:59.999"),
  ])
  func overridesThePanelsTime(from: String, to: String, timeFrom: String?, timeShift: String?, expected: String) throws
  {
    var time = DashboardTime()
    (time.from, time.to) = (from, to)
    let clock = try DashboardClock(time, settings: Given.settings(range: nil))
    let range = try clock.range(timeFrom: timeFrom, timeShift: timeShift)
    let texts = [range.from, range.to].map { String(DatePattern.iso($0).dropFirst(11).dropLast()) }
    #expect(texts.joined(separator: " ") == expected)
  }

  @Test func alignsToTheStepInTheDashboardsZone() async throws {
    let dashboard = try #require(
      Given.dashboard(
        #""timezone": "Asia/Kolkata", "panels": [{"type": "stat", "targets": [{"expr": "up", "interval": "1d"}]}]"#))
    let request = try #require(await dashboard.firstQuery(Given.settings(range: "2d"))?.request)
    // Midnight of Kolkata is 18:30 UTC.
    #expect(DatePattern.iso(request.start / 1_000_000) == "2023-11-12T18:30:00.000Z")
    #expect(DatePattern.iso(request.end / 1_000_000) == "2023-11-14T18:30:00.000Z")
  }

  @Test func alignsRangesAndLeavesInstants() async throws {
    let target = #", "expr": "up", "range": true, "instant": true, "exemplar": true"#
    let dashboard = try #require(Given.panel(target: target))
    let queries = await dashboard.planned().panels[0].queries
    #expect(queries.map(\.refId) == ["A", "A-Instant"])
    let requests = queries.compactMap(\.request)
    #expect(requests.map(\.kind) == [.range, .instant])
    #expect(requests.map(\.startText) == ["1699996395", "1700000000"])
    #expect(requests.map(\.endText) == ["1699999995", "1700000000"])
    #expect(requests.map(\.wantsExemplars) == [true, false])
  }

  @Test func saysWhichTimeIsNone() async throws {
    let dashboard = try #require(Given.panel(target: #", "expr": "up""#))
    let queries = await dashboard.planned(Given.settings(range: "nonsense"))
    #expect(queries.findings.map(\.message) == ["`now-nonsense` is not a time that Grafana knows"])
    #expect(queries.panels[0].queries.map(\.refId) == ["A"])
    #expect(queries.panels[0].queries.allSatisfy { $0.request == nil })
  }

  @Test(arguments: [("browser", 0), ("", 0), ("utc", 0), ("Europe/Paris", 0), ("Mars/Olympus", 1)])
  func warnsOfUnknownZones(zone: String, expected: Int) async throws {
    let dashboard = try #require(Given.dashboard(#""timezone": "\#(zone)", "panels": []"#))
    #expect(await dashboard.planned().findings.count == expected)
  }

  @Test func looksFromSundayOrAsTheDashboardSays() throws {
    for (weekStart, expected) in [("", "2023-11-12"), ("monday", "2023-11-13"), ("saturday", "2023-11-11")] {
      var time = DashboardTime()
      (time.from, time.weekStart) = ("now/w", weekStart)
      let clock = try DashboardClock(time, settings: Given.settings(range: nil))
      #expect(DatePattern.iso(clock.range.from).hasPrefix(expected))
    }
  }

  @Test(arguments: [
    ("1h", "21:13:20.000 22:13:20.000"), ("now-1h", "21:13:20.000 22:13:20.000"),
    ("now/d", "00:00:00.000 22:13:20.000"),
    ("now-2h to now-1h", "20:13:20.000 21:13:20.000"), ("1699999000000 to 1700000000000", "21:56:40.000 22:13:20.000"),
  ])
  func takesAnotherRange(range: String, expected: String) throws {
    let clock = try DashboardClock(DashboardTime(), settings: Given.settings(range: range))
    let texts = [clock.range.from, clock.range.to].map { String(DatePattern.iso($0).dropFirst(11).dropLast()) }
    #expect(texts.joined(separator: " ") == expected)
  }

  @Test func delaysNow() throws {
    var time = DashboardTime()
    time.nowDelay = "1m"
    #expect(try DashboardClock(time, settings: Given.settings()).range.to == Given.now - 60_000)
  }

  @Test func saysWhichOverrideIsNone() async throws {
    let dashboard = try #require(Given.panel(target: #", "expr": "up""#, panel: #", "timeFrom": "soon""#))
    let query = try #require(await dashboard.firstQuery())
    #expect(query.outcome == .silent(.invalid("the panel's time override `soon` is not valid")))
  }

  @Test(arguments: [
    (24, nil as Int?, nil as Int?, 1550), (12, nil, nil, 771), (12, 500, nil, 500), (12, 500, 100, 100),
  ])
  func countsPointsByWidth(width: Int, fixed: Int?, own: Int?, expected: Int) throws {
    let points = own.map { #", "maxDataPoints": "\#($0)""# } ?? ""
    let dashboard = try #require(
      Given.panel(target: "", panel: #", "gridPos": {"x": 0, "y": 0, "w": \#(width), "h": 8}\#(points)"#))
    #expect(Given.settings(points: fixed).points(of: dashboard.panels[0]) == expected)
  }
}
