import Foundation
import Testing

@testable import Panels

@Suite struct PictureTests {
  private static let themes = PanelTheme.allCases

  private func picture(_ panel: PanelPicture, _ theme: PanelTheme = .dark) -> String {
    svg(of: panel, theme: theme, width: 520, height: 296)
  }

  @Test(arguments: Sample.panels.map(\.title)) func golden(_ title: String) throws {
    let panel = try #require(Sample.panels.first { $0.title == title })
    let name = title.lowercased().split { !$0.isLetter }.joined(separator: "-")
    // An element a line, so that differences can be read.
    let text = picture(panel).replacing("><", with: ">\n<") + "\n"
    try expectGolden(text, "\(name).svg")
  }

  @Test func sameInputSameBytes() throws {
    let again = try JSONDecoder().decode(DashboardPicture.self, from: JSONEncoder().encode(Sample.dashboard))
    #expect(again == Sample.dashboard)
    #expect(html(of: again) == html(of: Sample.dashboard))
  }

  @Test(arguments: themes) func isWellFormed(_ theme: PanelTheme) throws {
    expectWellFormed(html(of: Sample.dashboard, theme: theme))
    for panel in Sample.panels { expectWellFormed(picture(panel, theme)) }
  }

  @Test func needsNothingButItself() {
    let page = html(of: Sample.dashboard)
    for word in [
      "style=", "<script", "<style", "<image", "<foreignObject", "<use", "href", "onload", "@import", "class=",
    ] {
      #expect(!page.contains(word), "\(word)")
    }
    #expect(page.components(separatedBy: "http").count - 1 == page.components(separatedBy: "http_requests").count)
  }

  @Test func idsAreUniqueAmongPictures() {
    let pages = html(of: Sample.dashboard, idPrefix: "a-") + html(of: Sample.dashboard, idPrefix: "b-")
    let ids = pages.matches(of: /\ id="([^"]*)"/).map { String($0.1) }
    #expect(ids.count > 50)
    #expect(Set(ids).count == ids.count)
    let references = Set(pages.matches(of: /url\(#([^)]*)\)/).map { String($0.1) })
    #expect(!references.isEmpty && references.isSubset(of: ids))
  }

  @Test func valuesThatJSONHasNoNumberForSurvive() throws {
    let points = [Double.nan, .infinity, -.infinity, 0.1, -0.0].map { PanelPoint(time: 1.5, value: $0) }
    let data = try JSONEncoder().encode(points)
    #expect(
      String(decoding: data, as: UTF8.self) == #"[[1.5,"nan"],[1.5,"inf"],[1.5,"-inf"],[1.5,"0.1"],[1.5,"-0.0"]]"#)
    let again = try JSONDecoder().decode([PanelPoint].self, from: data)
    #expect(again[0].value.isNaN && again.dropFirst() == points.dropFirst())
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(PanelPoint.self, from: Data(#"[1,"x"]"#.utf8)) }
  }

  @Test(arguments: [
    (GridPosition(x: 0, y: 0, w: 24, h: 8), Rect(x: 8, y: 60, width: 1584, height: 296)),
    (GridPosition(x: 12, y: 8, w: 12, h: 1), Rect(x: 804, y: 364, width: 788, height: 30)),
    (GridPosition(x: -5, y: -5, w: 99, h: 0), Rect(x: 8, y: 60, width: 1584, height: 30)),
    (GridPosition(x: .max, y: .max, w: .max, h: .max), Rect(x: 1529.666, y: 380_060, width: 58.333, height: 18_992)),
  ])
  func grid(_ position: GridPosition, _ expected: Rect) {
    let rect = DashboardGrid(width: 1600).rect(position)
    for path in [\Rect.x, \.y, \.width, \.height] { #expect(abs(rect[keyPath: path] - expected[keyPath: path]) < 4.1) }
  }

  @Test func wordsInsteadOfData() {
    #expect(picture(Sample.panel("", #"{"type":"stat"}"#, [])).contains(">No data<"))
    #expect(
      picture(Sample.panel("", #"{"fieldConfig":{"defaults":{"noValue":"none yet"}}}"#, [])).contains(">none yet<"))
    let error = PanelAnswer(refID: "A", expression: "", error: "first line\nsecond line")
    let broken = picture(Sample.panel("", #"{"type":"stat"}"#, [error]))
    #expect(broken.contains(">first line<") && !broken.contains("second line"))
    #expect(picture(Sample.panel("", #"{"type":"canvas"}"#)).contains("panel type canvas is drawn as a table"))
    let odd = #"{"type":"stat","transformations":[{"id":"extractFields"}]}"#
    #expect(picture(Sample.panel("", odd)).contains("transformation extractFields is not drawn"))
    #expect(picture(Sample.panel("", "{")).contains("the panel&#39;s model is not JSON"))
  }

  @Test func textIsEscaped() {
    let evil = #"<script>alert("1")</script>&'\#u{0}\#u{1B}[0m\#u{202E}"#
    var answer = Sample.answer(2, legend: nil)
    for index in answer.series.indices { answer.series[index].labels[evil] = evil }
    var table = answer
    table.format = .table
    for kind in PanelKind.all.flatMap(\.names) + ["other"] {
      for answer in [answer, table] {
        let model = #"{"type":"\#(kind)","options":{"content":"<script>alert(1)</script>"}}"#
        let text = picture(Sample.panel(evil, model, [answer], badge: evil))
        #expect(!text.contains("<script") && !text.contains("\u{1B}") && !text.contains("\u{202E}"))
        expectWellFormed(text)
      }
    }
  }

  @Test func noMoreLinesThanCanBeToldApart() {
    let text = picture(Sample.panel("", #"{"type":"timeseries"}"#, [Sample.answer(150)]))
    #expect(text.contains(">50 series are not drawn<"))
    #expect(text.components(separatedBy: "<path").count - 1 == 100)
  }

  @Test func legendsOfOldGraphs() {
    var answer = Sample.answer(2)
    for point in answer.series[1].points.indices { answer.series[1].points[point].value = 0 }
    func text(_ legend: String) -> String {
      picture(Sample.panel("", #"{"type":"graph","xaxis":{"mode":"series"},"legend":\#(legend)}"#, [answer]))
    }
    #expect(text(#"{"show":true}"#).contains(">s3-2.example<"))
    #expect(!text(#"{"show":true,"hideZero":true}"#).contains(">s3-2.example<"))
    #expect(text(#"{"show":true,"hideEmpty":true}"#).contains(">s3-2.example<"))
    #expect(!text(#"{"show":false}"#).contains(">s3-1.example<"))
    #expect(text("{}").contains("the x axis, of mode series, is drawn as time"))
  }

  @Test func axesOfOldGraphsHaveTheirOwnDecimals() {
    let model = #"""
      {"type":"graph","decimals":0,"yaxes":[{"format":"none","min":"0","max":1}],
      "legend":{"show":true,"values":true,"max":true}}
      """#
    let text = picture(Sample.panel("", model, [Sample.answer(1, scale: 1)]))
    #expect(text.contains(">0.2<") && text.contains("Max: 1<"))
    #expect(!text.contains("<circle"))
  }

  @Test func failedQueriesAreSaidBesideTheDataOfOthers() {
    let failed = PanelAnswer(refID: "B", expression: "", error: "too many samples")
    let text = picture(Sample.panel("", #"{"type":"timeseries"}"#, [Sample.answer(1), failed]))
    #expect(text.contains(">a query failed: too many samples<") && text.contains("<path"))
  }

  @Test func heatmapsOfRawValuesCountThem() {
    let text = picture(Sample.panel("", #"{"type":"heatmap","options":{"calculate":true}}"#, [Sample.answer(1)]))
    #expect(text.contains(">90<") && text.contains("fill=\"#fff5eb\""))
    let rows = HeatmapRow.all(
      Panel(Sample.panel("", #"{"type":"heatmap","dataFormat":"timeseries"}"#, [Sample.answer(2)]), Theme(.dark)))
    #expect(rows.flatMap(\.cells).compactMap(\.value).reduce(0, +) == 122, "every sample is counted once")
  }

  @Test func manySeriesAndPointsStayBounded() {
    let many = (0..<10_000).map {
      PanelSeries(labels: ["i": "\($0)"], points: [PanelPoint(time: Sample.from, value: 1)])
    }
    let long = Sample.series([:], step: 0.327, count: 11_000) { Sample.wave(0, at: $0) }
    for kind in PanelKind.all.flatMap(\.names) {
      for series in [many, [long]] {
        for format in [PanelAnswer.Format.timeSeries, .table, .heatmap] {
          let answer = PanelAnswer(refID: "A", expression: "e", format: format, step: 0.327, series: series)
          let text = picture(Sample.panel("Many", #"{"type":"\#(kind)"}"#, [answer]))
          #expect(text.utf8.count < 400_000, "\(kind) \(format.rawValue)")
          if series.count > 1, kind != "text", kind != "row" { #expect(text.contains("9000 series are not drawn")) }
        }
      }
    }
  }
}
