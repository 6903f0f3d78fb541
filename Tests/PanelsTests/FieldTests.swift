import Reading
import Testing

@testable import Panels

func json(_ text: String) throws -> JSON { try JSONReader.parse(text, file: "test") }

@Suite struct FieldTests {
  static let counter: [Cell] = [.number(1), .number(4), .null, .number(2), .number(5), .number(5)]

  @Test(
    arguments: [
      ("lastNotNull", 5), ("current", 5), ("last", 5), ("first", 1), ("firstNotNull", 1), ("min", 1), ("max", 5),
      ("mean", 3.4), ("avg", 3.4), ("sum", 17), ("total", 17), ("count", 6), ("range", 4), ("delta", 8), ("step", -2),
      ("diff", 4), ("diffperc", 4), ("logmin", 1), ("allIsZero", 0), ("allIsNull", 0), ("changeCount", 4),
      ("distinctCount", 5), ("median", 4), ("p99", 5), ("variance", 2.64), ("unknown", nil),
    ] as [(String, Double?)])
  func reduced(_ id: String, _ expected: Double?) {
    let value = Reducer.number(id, Self.counter)
    #expect(value.map { ($0 * 1e9).rounded() / 1e9 } == expected)
  }

  @Test func nothingReducesToNothing() {
    #expect(Reducer.cell("mean", []) == .null)
    #expect(Reducer.cell("lastNotNull", [.null]) == .null)
    #expect(Reducer.cell("sum", []) == .number(0))
    #expect(Reducer.number("max", [.number(.nan), .number(3)]) == 3)
    #expect(Reducer.number("lastNotNull", [.number(1), .number(.nan)])?.isNaN == true)
    #expect(Reducer.cell("lastNotNull", [.text("a"), .null]) == .text("a"))
  }

  @Test(
    arguments: [
      (-5, "green"), (0, "green"), (79.9, "green"), (80, "red"), (95, "blue"), (.infinity, "blue"), (.nan, "green"),
    ] as [(Double, String)])
  func thresholds(_ value: Double, _ expected: String) throws {
    let steps = #"{"steps":[{"value":null,"color":"green"},{"value":90,"color":"blue"},{"value":"80","color":"red"}]}"#
    #expect(Thresholds(try json(steps)).active(value, in: (0, 100)).color == expected)
  }

  @Test func thresholdsInPercent() throws {
    let steps = #"{"mode":"percentage","steps":[{"color":"green"},{"value":50,"color":"red"}]}"#
    let thresholds = Thresholds(try json(steps))
    #expect(thresholds.active(149, in: (100, 200)).color == "green")
    #expect(thresholds.active(150, in: (100, 200)).color == "red")
    #expect(thresholds.absolute(in: (100, 200)).map(\.value) == [-.infinity, 150])
    #expect(thresholds.active(1, in: (5, 5)).color == "green")
  }

  @Test(
    arguments: [
      (.number(1), "up"), (.number(15), "some"), (.null, "nothing"), (.number(.nan), "odd"), (.text("abc"), "xbc"),
      (.text(""), "blank"), (.number(7), nil), (.text("true"), "yes"),
    ] as [(Cell, String?)])
  func mappings(_ cell: Cell, _ expected: String?) throws {
    let mappings = ValueMapping.all(
      try json(
        #"""
        [{"type":"value","options":{"1":{"text":"up","color":"green"}}},
         {"type":"range","options":{"from":10,"to":null,"result":{"text":"some"}}},
         {"type":"regex","options":{"pattern":"/^a/","result":{"text":"x"}}},
         {"type":"special","options":{"match":"null","result":{"text":"nothing"}}},
         {"type":"special","options":{"match":"nan","result":{"text":"odd"}}},
         {"type":"special","options":{"match":"true","result":{"text":"yes"}}},
         {"type":"special","options":{"match":"empty","result":{"text":"blank"}}}]
        """#))
    #expect(ValueMapping.result(mappings, cell)?.text == expected)
  }

  @Test func mappingsOfNullAndNaN() throws {
    let both = ValueMapping.all(
      try json(#"[{"type":"special","options":{"match":"null+nan","result":{"text":"none"}}}]"#))
    #expect(
      [.null, .number(.nan), .number(0)].map { ValueMapping.result(both, $0)?.text } == ["none", "none", nil])
  }

  @Test func mappingsOfOldDashboards() throws {
    let mappings = ValueMapping.all(
      try json(
        #"""
        [{"type":1,"value":"0","text":"down"},{"type":2,"from":"1","to":"9","text":"up"},
         {"type":1,"value":"null","text":"N/A"}]
        """#
      ))
    #expect([.number(0), .number(5), .null].map { ValueMapping.result(mappings, $0)?.text } == ["down", "up", "N/A"])
  }

  @Test func overridesApplyInTheirOrder() {
    let model = #"""
      {"type":"stat","fieldConfig":{"defaults":{"unit":"s","max":5},"overrides":[
      {"matcher":{"id":"byRegexp","options":"/^s3-[12]/"},"properties":[{"id":"unit","value":"ms"}]},
      {"matcher":{"id":"byName","options":"s3-2.example"},"properties":[{"id":"unit","value":"bytes"},
      {"id":"displayName","value":"Two"}]},
      {"matcher":{"id":"byNames","options":{"mode":"exclude","names":["s3-1.example"]}},
      "properties":[{"id":"decimals","value":3}]},
      {"matcher":{"id":"byFrameRefID","options":"A"},"properties":[{"id":"min","value":-1}]},
      {"matcher":{"id":"byType","options":"time"},"properties":[{"id":"min","value":-7}]}]}}
      """#
    let fields = Panel(Sample.panel("", model), Theme(.dark)).numberFields
    #expect(fields.map(\.config.unit.id) == ["ms", "bytes", "s"])
    #expect(fields.map(\.displayName) == ["s3-1.example", "Two", "s3-3.example"])
    #expect(fields.map(\.config.decimals) == [nil, 3, 3])
    #expect(fields.map(\.range.min) == [-1, -1, -1])
    #expect(fields.map(\.range.max) == [5, 5, 5])
  }

  @Test func scalesEndWhereGrafanaEndsThem() {
    func range(_ defaults: String) -> [Double] {
      let model = #"{"type":"gauge","fieldConfig":{"defaults":\#(defaults)}}"#
      let points = [PanelPoint(time: 0, value: 2), PanelPoint(time: 1, value: 7), PanelPoint(time: 2, value: .nan)]
      let answer = PanelAnswer(refID: "A", expression: "e", series: [PanelSeries(labels: [:], points: points)])
      return Panel(Sample.panel("", model, [answer]), Theme(.dark)).numberFields.flatMap {
        [$0.range.min, $0.range.max]
      }
    }
    #expect(range("{}") == [2, 7])
    #expect(range(#"{"unit":"percent"}"#) == [0, 100])
    #expect(range(#"{"unit":"percentunit","max":3}"#) == [0, 3])
    #expect(range(#"{"unit":"percent","min":20}"#) == [20, 100])
    #expect(range(#"{"min":9,"max":1}"#) == [1, 9], "ends in the wrong order are put in order")
  }

  @Test func colors() {
    var field = Field("Value", .number, [.number(1), .number(90)])
    func color(_ mode: String, _ value: Double?, fixed: String? = nil, _ theme: PanelTheme = .dark) -> String {
      field.config.color = FieldColor(mode: mode, fixed: fixed)
      return field.color(of: value, Theme(theme)).hex
    }
    field.seriesIndex = 1
    #expect(color("palette-classic", 0) == "#fade2a")
    #expect(color("palette-classic", 0, .light) == "#f2cc0c")
    #expect(color("thresholds", 90) == "#f2495c")
    #expect(color("fixed", 0, fixed: "semi-dark-red") == "#e02f44")
    #expect(color("fixed", 0, fixed: "semi-dark-red", .light) == "#c4162a")
    #expect(color("fixed", 0, fixed: "rgb(1, 2,3)") == "#010203")
    #expect(color("fixed", 0, fixed: "#abc") == "#aabbcc")
    #expect(color("fixed", 0, fixed: "no such colour") == "#808080")
    #expect(color("continuous-GrYlRd", 0) == "#73bf69")
    #expect(color("continuous-GrYlRd", 100) == "#f2495c")
    #expect(Theme(.dark).classic(64 + 1).hex == "#fade2a", "the palette has 64 colours and begins again")
  }

  @Test(arguments: PanelTheme.allCases) func textIsLegible(_ theme: PanelTheme) {
    let theme = Theme(theme)
    for ground in [theme.ground, theme.canvas, theme.track] {
      #expect(theme.text.contrast(with: ground) >= 4.5)
      #expect(theme.secondaryText.contrast(with: ground) >= 4.5)
    }
    for index in 0..<64 {
      #expect(theme.classic(index).legible(on: theme.ground).contrast(with: theme.ground) >= 4.5)
    }
  }

  @Test(.timeLimit(.minutes(1))) func patternsThatTakeForEverFindNothing() {
    #expect(Pattern("(a+)+$")?.matches(String(repeating: "a", count: 2000) + "b") == false)
    #expect(Pattern("/ABC/i")?.matches("xabcx") == true)
    #expect(Pattern("(") == nil)
    #expect(Pattern("/a(.)/g")?.replacing(in: "ab ac", with: "<$1>", all: true) == "<b> <c>")
  }
}
