import Testing

@testable import Panels

/// Whatever a dashboard says, there is a picture, and it is well formed.
@Suite struct HostileTests {
  static let types = PanelKind.all.flatMap(\.names) + ["other"]

  /// Values that no option expects.
  static let values = [
    "null", "true", "-1", "1e308", "-1e308", "1e-308", "\"\"", "\"x\"", "\"NaN\"", "\"-Infinity\"", "[]", "{}",
    "[[],{},null,7]",
    #"{"a":{"b":[1]}}"#, "9223372036854775808", #"{"mode":"x","steps":[{"value":"NaN"},{"value":1e400}],"group":[]}"#,
  ]

  private static func series(_ values: [Double]) -> [PanelSeries] {
    [
      PanelSeries(
        labels: ["le": "x"],
        points: values.enumerated().map { PanelPoint(time: Sample.from + Double($0) * 60, value: $1) })
    ]
  }

  static let answers: [[PanelAnswer]] = [
    [[.nan, .nan], [.infinity, -.infinity], [1e308, -1e308], [0, 0], [Double.leastNonzeroMagnitude, 0], [], [7]]
  ].flatMap { all in
    all.flatMap { values in
      [PanelAnswer.Format.timeSeries, .table, .heatmap].map { format in
        [PanelAnswer(refID: "A", expression: "e", format: format, step: 60, series: series(values))]
      }
    }
  }

  private func check(_ model: String, _ answers: [PanelAnswer]) {
    let text = svg(of: Sample.panel("Hostile", model, answers), width: 300, height: 200)
    expectPlausible(text)
  }

  @Test(arguments: types) func oddValues(_ type: String) {
    for answers in Self.answers {
      for extra in [
        "", #","options":{"reduceOptions":{"values":true}}"#,
        #","fieldConfig":{"defaults":{"custom":{"stacking":{"mode":"percent"}}}}"#,
      ] {
        check(#"{"type":"\#(type)"\#(extra)}"#, answers)
      }
    }
  }

  private static let small = PanelAnswer(
    refID: "A", expression: "e", legendFormat: "{{le}}", step: 60, series: series([1, 5, 3]) + series([2, .nan, 4]))

  /// A member of a model, made of a value.
  private typealias Member = @Sendable (String) -> String

  private static let options = [
    "legend", "reduceOptions", "orientation", "displayMode", "sortBy", "color", "yAxis", "bucketSize", "bucketCount",
    "rowHeight", "colWidth", "content", "displayLabels", "stacking", "xField", "filterValues", "showValue", "combine",
    "textMode", "colorMode", "graphMode", "fieldOptions", "calculate",
  ].map { name -> Member in { value in #""options":{"\#(name)":\#(value)}"# } }

  private static let defaults = [
    "unit", "decimals", "min", "max", "thresholds", "mappings", "color", "displayName", "noValue", "custom",
  ].map { name -> Member in { value in #""fieldConfig":{"defaults":{"\#(name)":\#(value)}}"# } }

  private static let custom = [
    "drawStyle", "lineWidth", "fillOpacity", "stacking", "spanNulls", "pointSize", "axisSoftMin", "axisSoftMax",
    "scaleDistribution", "thresholdsStyle", "lineStyle", "hideFrom", "width", "align", "cellOptions", "hidden",
  ].map { name -> Member in
    { value in
      let property = #"{"id":"custom.\#(name)","value":\#(value)}"#
      return
        #""fieldConfig":{"overrides":[{"matcher":{"id":"byType","options":"number"},"properties":[\#(property)]}]}"#
    }
  }

  private static let top = [
    "yaxes", "seriesOverrides", "thresholds", "legend", "styles", "format", "valueMaps", "colors", "gauge", "transform",
    "aliasColors", "sort", "columns", "transformations", "fieldConfig", "options", "nullPointMode", "linewidth", "fill",
  ].map { name -> Member in { value in #""\#(name)":\#(value)"# } }

  /// Every option that is read anywhere, with every odd value: a third of all for each type, all of them for three.
  @Test(arguments: types) func oddOptions(_ type: String) {
    let all: [Member] = Self.options + Self.defaults + Self.custom + Self.top
    let place = Self.types.firstIndex(of: type) ?? 0
    for (name, member) in all.enumerated() {
      for (index, value) in Self.values.enumerated() where (name + index + place) % 3 == 0 {
        check(#"{"type":"\#(type)",\#(member(value))}"#, [Self.small])
      }
    }
  }

  @Test(arguments: types) func excess(_ type: String) {
    let steps = (0..<1000).map { #"{"value":\#($0),"color":"red"}"# }.joined(separator: ",")
    let custom = #""custom":{"thresholdsStyle":{"mode":"line+area"}}"#
    check(
      #"""
      {"type":"\#(type)","fieldConfig":{"defaults":{"decimals":1000000000,"min":100,"max":-100,
      "thresholds":{"steps":[\#(steps)]},\#(custom)}}}
      """#,
      [Sample.answer(2)])
    let word = String(repeating: "long ", count: 20_000)
    check(
      #"{"type":"\#(type)","options":{"content":"\#(word)"},"fieldConfig":{"defaults":{"unit":"suffix:\#(word)"}}}"#,
      [Sample.answer(2)])
    check(String(repeating: "[", count: 100_000), [Sample.answer(2)])
    let binary = #"{"id":"calculateField","options":{"mode":"binary","binary":{"left":"a","right":"a"}}}"#
    let all =
      #"{"id":"labelsToFields"},{"id":"merge"},{"id":"joinByField"},{"id":"groupBy"},{"id":"reduce"},\#(binary)"#
    check(
      #"{"type":"\#(type)","transformations":[\#(Array(repeating: all, count: 30).joined(separator: ","))]}"#,
      [Sample.answer(20)])
  }

  @Test func oddPictures() {
    for (from, to) in [(0, 0), (5, 1), (.nan, 1), (-.infinity, .infinity), (0, 1e300), (1e9, 1e9 + 1e-9)]
      as [(Double, Double)]
    {
      for (width, height) in [(0, 0), (-5, .nan), (.infinity, 1e9), (40, 40)] as [(Double, Double)] {
        for type in Self.types {
          var panel = Sample.panel(String(repeating: "Title ", count: 5000), #"{"type":"\#(type)"}"#, badge: "bad")
          (panel.from, panel.to, panel.utcOffset) = (from, to, .max)
          expectPlausible(svg(of: panel, width: width, height: height))
        }
      }
    }
    let panel = Sample.panel("", "{}", at: GridPosition(x: .min, y: .max, w: .min, h: .max))
    expectPlausible(
      html(
        of: DashboardPicture(title: "", rows: [.init(title: "", y: .min, collapsed: true)], panels: [panel]),
        width: .nan))
    expectPlausible(html(of: DashboardPicture(title: "", panels: [])))
  }
}
