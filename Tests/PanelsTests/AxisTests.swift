import Testing

@testable import Panels

@Suite struct AxisTests {
  @Test(
    arguments: [
      (0, 100, 5, [0, 20, 40, 60, 80, 100]), (0, 1, 4, [0, 0.25, 0.5, 0.75, 1]), (-5, 5, 4, [-5, -2.5, 0, 2.5, 5]),
      (3, 3, 4, [3, 4, 5, 6]), (.nan, 5, 2, [0, 50, 100]),
    ] as [(Double, Double, Int, [Double])])
  func roundTicks(_ min: Double, _ max: Double, _ most: Int, _ expected: [Double]) {
    #expect(ValueScale(min: min, max: max).ticks(most: most).values == expected)
  }

  @Test func otherTicks() {
    #expect(ValueScale(min: 0, max: 4096).ticks(most: 4, binary: true).values == [0, 1024, 2048, 3072, 4096])
    #expect(
      ValueScale(min: 1, max: 1000, logBase: 10).ticks(most: 9).values.map { $0.rounded() } == [1, 10, 100, 1000])
    #expect(ValueScale(min: 0, max: 0.5).ticks(most: 2).decimals == 2)
    #expect(ValueScale(min: 1e300, max: 1.0000001e300).ticks(most: 5).values.count < 100)
    #expect(ValueScale(min: -.infinity, max: .infinity).ticks(most: 5).values.first == 0)
  }

  @Test(
    arguments: [
      (0, 0, 0, 100), (5, 5, 0, 10), (-5, -5, -10, 0), (10, 20, 9, 21), (1, 20, 0, 21.9), (-20, -1, -21.9, 0),
      (.nan, 1, 0, 100),
    ] as [(Double, Double, Double, Double)])
  func padding(_ min: Double, _ max: Double, _ low: Double, _ high: Double) {
    let padded = ValueScale.padded(min: min, max: max)
    #expect(padded.min == low && padded.max == high)
  }

  @Test(
    arguments: [
      (3600, 400, ["08:00", "08:10", "08:20", "08:30", "08:40", "08:50", "09:00"]),
      (60, 400, ["08:00:00", "08:00:15", "08:00:30", "08:00:45", "08:01:00"]),
      (172_800, 500, ["03/01 12:00", "03/02 00:00", "03/02 12:00", "03/03 00:00"]),
      (864_000, 500, ["03/02", "03/04", "03/06", "03/08", "03/10"]),
      (31_536_000, 500, ["2026-05", "2026-07", "2026-09", "2026-11", "2027-01", "2027-03"]),
      (3_153_600_000, 500, ["2040", "2060", "2080", "2100", "2120"]), (3600, 10, []),
    ] as [(Double, Double, [String])])
  func times(_ seconds: Double, _ width: Double, _ expected: [String]) {
    let axis = TimeAxis(from: Sample.from, to: Sample.from + seconds, utcOffset: 0)
    let ticks = axis.ticks(width: width)
    #expect(ticks.map(\.label).joined(separator: "|") == expected.joined(separator: "|"))
    let plot = Rect(x: 0, y: 0, width: width, height: 1)
    for (left, right) in zip(ticks, ticks.dropFirst()) {
      let apart = axis.x(right.time, in: plot) - axis.x(left.time, in: plot)
      #expect(apart > (TextWidth.of(left.label) + TextWidth.of(right.label)) / 2)
    }
  }

  @Test func ticksAreRoundInTheZoneOfThePicture() {
    let axis = TimeAxis(from: Sample.from, to: Sample.to, utcOffset: 1800)
    #expect(axis.ticks(width: 200).map(\.label) == ["08:30", "09:00", "09:30"])
  }

  @Test func everyDayHasItsDate() {
    // Through leap years, centuries and the years before 1970: the next day follows the last.
    var last: CalendarDate?
    for day in stride(from: -150_000, to: 150_000, by: 1) {
      guard let date = CalendarDate(unixSeconds: Double(day) * 86_400 + 1, utcOffset: 0) else {
        Issue.record("day \(day) has no date")
        return
      }
      if let last {
        let isNext = date.day == last.day + 1 && date.month == last.month
        let isFirst = date.day == 1 && (date.month == last.month + 1 || (date.month == 1 && date.year == last.year + 1))
        guard isNext || isFirst else {
          Issue.record("\(date.text("YYYY-MM-DD")) after \(last.text("YYYY-MM-DD"))")
          return
        }
        if date.day == 1 { #expect(CalendarDate.day(year: date.year, month: date.month) == day) }
      }
      last = date
    }
  }

  @Test func textIsCutToItsRoom() {
    #expect(TextWidth.cut("short", to: 100) == "short")
    let cut = TextWidth.cut("a text that is too long", to: 60)
    #expect(cut.hasSuffix("…") && TextWidth.of(cut) <= 60)
    #expect(TextWidth.cut("abc", to: 3) == "")
    #expect(TextWidth.cut("", to: 0) == "")
  }

  @Test func thinningKeepsWhatCanBeSeen() {
    let points = (0..<11_000).map { index in
      LinePaths.Point(x: Double(index) / 100, y: index == 5555 ? -7 : index == 5556 ? 99 : 10, base: 0)
    }
    let thinned = LinePaths.thinned(points)
    #expect(thinned.count <= 4 * 111)
    #expect(thinned.map(\.y).min() == -7 && thinned.map(\.y).max() == 99)
    #expect(thinned.first?.x == 0 && thinned.last?.x == points.last?.x)
    #expect(zip(thinned, thinned.dropFirst()).allSatisfy { $0.x < $1.x })
  }

  @Test func paths() {
    var path = PathData()
    path.move(10, 20.04)
    path.line(11.26, 19)
    path.line(11.26, 19.5)
    path.line(-5, .nan)
    path.close()
    path.move(0, 0)
    path.arc(radius: 4.5, large: true, clockwise: false, 3, -4)
    path.curve(1, 1, 2, 2, 3, 3)
    #expect(path.text == "M10 20l1.3-1 0 .5-16.3-19.5zM0 0a4.5 4.5 0 1 0 3-4c-2 5-1 6 0 7")
    #expect(
      [0.001, 1.5, -1e300, .nan, -0.25, 12.345].map(coordinate) == ["0", "1.5", "-1000000", "0", "-0.25", "12.35"])
  }

  @Test func stacks() {
    func series(_ values: [Double], _ mode: SeriesStyle.Stacking) -> PlotSeries {
      var style = SeriesStyle()
      style.stacking = mode
      let field = Field("v", .number, values.map { .number($0) })
      return PlotSeries(field, times: values.indices.map { .time(Double($0)) }, style: style, theme: Theme(.dark))
    }
    var normal = [
      series([1, 2], .normal), series([10, -3], .normal), series([5, -4], .normal), series([7, 7], .none),
    ]
    normal.stack()
    #expect(normal.map { $0.runs[0].map(\.value) } == [[1, 2], [11, -3], [16, -7], [7, 7]])
    #expect(normal.map { $0.runs[0].map(\.base) } == [[0, 0], [1, 0], [11, -3], [0, 0]])
    var percent = [series([1, 0], .percent), series([3, 0], .percent)]
    percent.stack()
    #expect(percent.map { $0.runs[0].map(\.value) } == [[0.25, 0], [1, 0]])
  }
}
