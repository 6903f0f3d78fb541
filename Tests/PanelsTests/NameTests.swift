import Testing

@testable import Panels

@Suite struct NameTests {
  private static let labels = ["__name__": "up", "job": "a", "instance": "b"]

  @Test(
    arguments: [
      (labels, nil, #"up{instance="b", job="a"}"#), (labels, "", #"up{instance="b", job="a"}"#),
      (["job": "a"], "", #"{job="a"}"#), (["__name__": "up"], "", "up"), ([:], "", "1 + 1"), ([:], "__auto", "1 + 1"),
      (labels, "__auto", nil), (labels, "{{job}} on {{ instance }}", "a on b"), (labels, "{{nothing}}", nil),
      (labels, "x {{nothing}}", "x "), (labels, "{}", "1 + 1"), (labels, "{{job", "{{job"), (labels, "{{}}", "{{}}"),
      (labels, "{{ }}", nil),
    ] as [([String: String], String?, String?)])
  func legends(_ labels: [String: String], _ format: String?, _ expected: String?) {
    #expect(Legend.name(labels, format: format, expression: "1 + 1") == expected)
  }

  private func names(_ labels: [[String: String]], _ format: String = "__auto", defaults: String = "{}") -> [String] {
    let series = labels.map { PanelSeries(labels: $0, points: [PanelPoint(time: 0, value: 1)]) }
    let answer = PanelAnswer(refID: "A", expression: "e", legendFormat: format, series: series)
    let model = #"{"type":"timeseries","fieldConfig":{"defaults":\#(defaults)}}"#
    return Panel(Sample.panel("", model, [answer]), Theme(.dark)).numberFields.map(\.displayName)
  }

  @Test func automaticNames() {
    #expect(names([["job": "a"], ["job": "b"]]) == ["a", "b"], "the one label that all have gives the name")
    #expect(names([["job": "a", "x": "1"], ["job": "b", "x": "1"]]) == [#"{job="a", x="1"}"#, #"{job="b", x="1"}"#])
    #expect(names([[:]]) == ["e"])
    #expect(names([["job": "a"]], "{{nothing}}") == ["a"], "an empty legend falls back to a name by labels")
  }

  @Test func configuredNames() {
    #expect(names([["job": "a"]], "x", defaults: #"{"displayName":"All"}"#) == ["All"])
    let template = #"{"displayName":"${__field.labels.job}: ${__series.name} ${__field.labels.none}${other}"}"#
    #expect(names([["job": "a"]], "x", defaults: template) == ["a: x ${other}"])
  }

  @Test func tables() {
    let answers = ["A", "B"].map { id in
      PanelAnswer(
        refID: id, expression: "e", format: .table, isInstant: true,
        series: [PanelSeries(labels: ["b": "2", "a": "1"], points: [PanelPoint(time: 5, value: 7)])])
    }
    #expect(Answers.frames([answers[0]]).frames[0].fields.map(\.name) == ["Time", "a", "b", "Value"])
    let frames = Answers.frames(answers).frames
    #expect(frames.map { $0.fields.last?.name } == ["Value #A", "Value #B"])
    #expect(frames[0].row(0) == [.time(5), .text("1"), .text("2"), .number(7)])
  }

  @Test func heatmaps() {
    func series(_ le: String, _ values: [Double]) -> PanelSeries {
      PanelSeries(labels: ["le": le], points: values.enumerated().map { PanelPoint(time: Double($0), value: $1) })
    }
    let answer = PanelAnswer(
      refID: "A", expression: "e", format: .heatmap,
      series: [series("+Inf", [9, 9]), series("10", [6, 5]), series("0.5", [2, 6])])
    let frame = Answers.frames([answer]).frames[0]
    #expect(frame.fields.map(\.name) == ["Time", "0.5", "10", "+Inf"])
    let expected: [[Cell]] = [
      [.number(2), .number(6)], [.number(4), .number(0)], [.number(3), .number(4)],
    ]
    #expect(frame.fields.dropFirst().map(\.cells) == expected, "each less the one before; what is negative is 0")
  }

  @Test func gapsBecomeNulls() {
    let points = [0, 60, 240].map { PanelPoint(time: $0, value: 1) }
    let answer = PanelAnswer(refID: "A", expression: "e", step: 60, series: [PanelSeries(labels: [:], points: points)])
    let cells = Answers.frames([answer]).frames[0].fields
    #expect(cells[0].cells == [0, 60, 120, 180, 240].map { .time($0) })
    #expect(cells[1].cells == [.number(1), .number(1), .null, .null, .number(1)])
  }

  @Test func whatIsTooMuchIsDroppedAndSaid() {
    let series = PanelSeries(labels: [:], points: [PanelPoint(time: 0, value: 1)])
    let answer = PanelAnswer(refID: "A", expression: "e", series: Array(repeating: series, count: 1500))
    let (frames, notes) = Answers.frames([answer])
    #expect(frames.count == 1000)
    #expect(notes == ["500 series are not drawn"])
  }
}
