import Foundation
import Panels

/// Pictures for tests: an hour from 2026-03-01T08:00:00Z on.
enum Sample {
  static let from = 1_772_352_000.0
  static let to = from + 3600

  static func wave(_ index: Int, at time: Double, scale: Double = 100) -> Double {
    let phase = (time - from) / 600 + Double(index)
    return scale * (1.4 + sin(phase) + 0.3 * sin(phase * 3.1 + Double(index))) / 2.8
  }

  static func series(
    _ labels: [String: String], step: Double = 60, count: Int = 61, _ value: (Double) -> Double
  ) -> PanelSeries {
    let times = (0..<count).map { from + Double($0) * step }
    return PanelSeries(labels: labels, points: times.map { PanelPoint(time: $0, value: value($0)) })
  }

  static func answer(
    _ count: Int = 3, scale: Double = 100, format: PanelAnswer.Format = .timeSeries, instant: Bool = false,
    legend: String? = "{{instance}}"
  ) -> PanelAnswer {
    let all = (0..<count).map { index in
      series(
        ["__name__": "http_requests_total", "instance": "s3-\(index + 1).example", "job": "cloudserver"],
        step: instant ? 3600 : 60, count: instant ? 1 : 61
      ) { wave(index, at: $0, scale: scale) }
    }
    return PanelAnswer(
      refID: "A", expression: "rate(http_requests_total[5m])", legendFormat: legend, format: format, isInstant: instant,
      step: instant ? 0 : 60, series: all)
  }

  /// Cumulative, and in an order that is not that of the bounds.
  static var buckets: PanelAnswer {
    let bounds = ["+Inf", "0.1", "0.5", "1", "2.5", "5"]
    let all = bounds.map { bound in
      let share = Double(bound).map { $0.isFinite ? 1 - exp(-$0) : 1 } ?? 1
      return series(["le": bound]) { (wave(1, at: $0) * share).rounded() }
    }
    return PanelAnswer(refID: "A", expression: "buckets", format: .heatmap, step: 60, series: all)
  }

  static func panel(
    _ title: String, _ model: String, _ answers: [PanelAnswer] = [answer()], badge: String? = nil,
    at position: GridPosition = GridPosition(x: 0, y: 0, w: 8, h: 8)
  ) -> PanelPicture {
    PanelPicture(
      title: title, model: model, answers: answers, from: from, to: to, utcOffset: 0, badge: badge, gridPos: position)
  }

  /// One picture for each type of panel and for what can be seen of it.
  static var panels: [PanelPicture] { series + values + tables + states }

  private static var series: [PanelPicture] {
    var second = answer(1, scale: 2e9, legend: "memory")
    second.refID = "B"
    var gaps = answer(2)
    gaps.series[0].points.removeSubrange(20..<35)
    return [
      panel(
        "Requests",
        #"""
        {"type":"timeseries","fieldConfig":{"defaults":{"unit":"reqps","custom":{"fillOpacity":10,"lineWidth":2}}},
        "options":{"legend":{"displayMode":"list","placement":"bottom","calcs":["mean","lastNotNull"]}}}
        """#),
      panel(
        "Stacked, with a table",
        #"""
        {"type":"timeseries","fieldConfig":{"defaults":{"unit":"bytes","custom":{"fillOpacity":60,
        "stacking":{"mode":"normal"}}}},"options":{"legend":{"displayMode":"table","placement":"right",
        "calcs":["min","max"],"sortBy":"Max","sortDesc":true}}}
        """#, [answer(5, scale: 3e9)]),
      panel(
        "Gaps, thresholds, two axes",
        #"""
        {"type":"timeseries","fieldConfig":{"defaults":{"unit":"percent",
        "custom":{"thresholdsStyle":{"mode":"line+area"}},
        "thresholds":{"mode":"absolute","steps":[{"value":null,"color":"green"},{"value":60,"color":"orange"},
        {"value":80,"color":"red"}]}},"overrides":[{"matcher":{"id":"byName","options":"memory"},
        "properties":[{"id":"unit","value":"bytes"},{"id":"custom.drawStyle","value":"line"}]}]}}
        """#, [gaps, second]),
      panel(
        "Bars and negative",
        #"""
        {"type":"timeseries","fieldConfig":{"defaults":{"unit":"Bps","custom":{"drawStyle":"bars","fillOpacity":100,
        "lineWidth":0}},"overrides":[{"matcher":{"id":"byRegexp","options":"/s3-2.*/"},"properties":[
        {"id":"custom.transform","value":"negative-Y"}]}]}}
        """#, [answer(2, scale: 2e6)]),
      panel(
        "Old graph",
        #"""
        {"type":"graph","lines":true,"fill":1,"linewidth":1,"nullPointMode":"null","steppedLine":true,
        "yaxes":[{"format":"s","label":"latency","show":true},{"format":"short","show":true}],
        "seriesOverrides":[{"alias":"/s3-3/","yaxis":2,"fill":0,"dashes":true}],
        "thresholds":[{"value":0.08,"op":"gt","colorMode":"critical","fill":true,"line":true}],
        "legend":{"show":true,"alignAsTable":true,"values":true,"avg":true,"max":true,"current":true}}
        """#, [answer(3, scale: 0.1)], badge: "3 of 3 queries answer"),
      panel(
        "Logarithmic, smooth",
        #"""
        {"type":"timeseries","fieldConfig":{"defaults":{"unit":"short","custom":{"lineInterpolation":"smooth",
        "showPoints":"always","scaleDistribution":{"type":"log","log":10}}}}}
        """#, [answer(2, scale: 1e5), answer(1, scale: 10)]),
      panel("Nothing", #"{"type":"timeseries"}"#, [], badge: "no data: no series has the metric http_requests_total"),
      panel(
        "Broken", #"{"type":"timeseries"}"#,
        [PanelAnswer(refID: "A", expression: "(", error: "1:2: parse error: unclosed left parenthesis\nmore")]),
    ]
  }

  private static var values: [PanelPicture] {
    let steps =
      #""thresholds":{"steps":[{"color":"green"},{"value":50,"color":"orange"},{"value":75,"color":"red"}]}"#
    return [
      panel("Stat", #"{"type":"stat","fieldConfig":{"defaults":{"unit":"percent",\#(steps)}}}"#, [answer(1)]),
      panel(
        "Stats on colours",
        #"{"type":"stat","options":{"colorMode":"background"},"fieldConfig":{"defaults":{"unit":"ms",\#(steps)}}}"#),
      panel(
        "Old singlestat",
        #"""
        {"type":"singlestat","format":"bytes","valueName":"current","thresholds":"1e9,2e9","colorValue":true,
        "colors":["#299c46","rgba(237, 129, 40, 0.89)","#d44a3a"],"sparkline":{"show":true},"postfix":" used"}
        """#, [answer(1, scale: 3e9)]),
      panel("Gauges", #"{"type":"gauge","fieldConfig":{"defaults":{"unit":"percent",\#(steps)}}}"#),
      panel(
        "Gradient bars",
        #"""
        {"type":"bargauge","options":{"orientation":"horizontal","displayMode":"gradient"},
        "fieldConfig":{"defaults":{"unit":"percent",\#(steps)}}}
        """#),
      panel(
        "LCD bars",
        #"""
        {"type":"bargauge","options":{"orientation":"vertical","displayMode":"lcd"},
        "fieldConfig":{"defaults":{"unit":"percent","color":{"mode":"continuous-GrYlRd"}}}}
        """#),
      panel(
        "Pie",
        #"""
        {"type":"piechart","options":{"pieType":"donut","displayLabels":["percent"],"legend":{"placement":"right",
        "displayMode":"table","values":["value","percent"]}},"fieldConfig":{"defaults":{"unit":"reqps"}}}
        """#, [answer(4)]),
      panel("Old pie", #"{"type":"grafana-piechart-panel","format":"short","pieType":"pie"}"#, [answer(3)]),
    ]
  }

  private static var tables: [PanelPicture] {
    [
      panel(
        "Table",
        #"""
        {"type":"table","fieldConfig":{"defaults":{"custom":{"align":"auto"}},"overrides":[{"matcher":{"id":"byName",
        "options":"Value"},"properties":[{"id":"unit","value":"reqps"},{"id":"custom.cellOptions",
        "value":{"type":"color-background"}},{"id":"displayName","value":"Rate"}]}]},
        "transformations":[{"id":"organize",
        "options":{"excludeByName":{"__name__":true},"renameByName":{"job":"Job"}}}],
        "options":{"sortBy":[{"displayName":"Rate","desc":true}]}}
        """#, [answer(12, format: .table, instant: true)]),
      panel(
        "Old table",
        #"""
        {"type":"table-old","styles":[{"pattern":"Time","type":"date","alias":"When"},{"pattern":"/__name__|job/",
        "type":"hidden"},{"pattern":"Value","type":"number","unit":"percent","decimals":1,"colorMode":"value",
        "colors":["#299c46","#ed8128","#d44a3a"],"thresholds":["40","60"]}]}
        """#, [answer(4, format: .table, instant: true)]),
      panel("Heat", #"{"type":"heatmap","options":{"yAxis":{"unit":"s"}}}"#, [buckets]),
      panel("Something else", #"{"type":"nodeGraph"}"#, [answer(4, format: .table, instant: true)]),
      panel(
        "Text",
        ##"""
        {"type":"text","options":{"mode":"markdown","content":"# Runbook\n\nWhat to do when **S3** is slow, \##
        in a line that is too long for the panel it stands in:\n- look at the queue <script>alert(1)</script>"}}
        """##, []),
    ]
  }

  private static var states: [PanelPicture] {
    let mappings =
      #""mappings":[{"type":"value","options":{"0":{"text":"down","color":"red"},"1":{"text":"up","color":"green"}}}]"#
    var up = answer(4)
    for index in up.series.indices {
      for point in up.series[index].points.indices {
        up.series[index].points[point].value = (point + index * 7) % 23 < 4 ? 0 : 1
      }
    }
    return [
      panel("States", #"{"type":"state-timeline","fieldConfig":{"defaults":{\#(mappings)}}}"#, [up]),
      panel("History", #"{"type":"status-history","fieldConfig":{"defaults":{\#(mappings)}}}"#, [up]),
      panel(
        "Bar chart",
        #"{"type":"barchart","fieldConfig":{"defaults":{"unit":"reqps"}},"options":{"xField":"instance"}}"#,
        [answer(5, format: .table, instant: true)]),
      panel("Histogram", #"{"type":"histogram","fieldConfig":{"defaults":{"unit":"percent"}}}"#, [answer(2)]),
    ]
  }

  /// All of them on one grid, three in a row.
  static var dashboard: DashboardPicture {
    let panels = panels.enumerated().map { index, panel in
      var panel = panel
      panel.gridPos = GridPosition(x: index % 3 * 8, y: index / 3 * 8 + 1, w: 8, h: 8)
      return panel
    }
    return DashboardPicture(
      title: "Every type of panel", subtitle: "2026-03-01 08:00 to 09:00 UTC · job = cloudserver",
      rows: [.init(title: "All", y: 0, collapsed: false), .init(title: "Closed", y: 90, collapsed: true)],
      panels: panels)
  }
}
