import Dashboards
import Events
import Foundation
import Panels
import Reading
import Stack

extension DashboardProbe {
  /// What draws a dashboard as it was seen, as JSON; `answers` are those of the panels of `queries`, in their order.
  func picture(
    of dashboard: Dashboard, _ queries: DashboardQueries, _ answers: [[SeenQuery]], _ result: DashboardResult
  ) -> String? {
    let layout = DashboardLayout(queries, of: dashboard)
    let variables = result.variables.map { "\($0.name)=\($0.value)" }.joined(separator: "  ")
    let drawn = queries.panels.indices.filter { queries.panels[$0].panel.type != "row" }
    let panels = drawn.map { PanelPicture(queries.panels[$0], answers[$0], at: layout.panels[$0]) }
    let picture = DashboardPicture(
      title: dashboard.title, subtitle: "at \(result.at.prometheusText), the last \(result.range)   \(variables)",
      rows: layout.rows.map { .init(title: $0.title, y: $0.y, collapsed: $0.isCollapsed) }, panels: panels)
    return (try? JSONEncoder().encode(picture)).map { String(decoding: $0, as: UTF8.self) }
  }
}

extension PanelPicture {
  fileprivate init(_ panel: PanelQueries, _ seen: [SeenQuery], at position: Dashboards.GridPosition) {
    let bad = seen.map(\.result.verdict).max().flatMap { $0.showsData ? nil : $0.rawValue }
    let silent = seen.isEmpty ? panel.queries.lazy.compactMap(\.silence).first : nil
    self.init(
      title: panel.title, model: panel.modelToDraw().written, answers: seen.map { PanelAnswer($0) },
      from: Double(panel.range.from) / 1000, to: Double(panel.range.to) / 1000, badge: bad ?? silent,
      gridPos: .init(x: position.x, y: position.y, w: position.width, h: position.height))
  }
}

extension Query {
  /// Why it is not drawn.
  fileprivate var silence: String? {
    guard case .silent(let silence) = outcome else { return nil }
    if case .elsewhere(.other(let type)) = silence { return "not drawn: \(type)" }
    return "not drawn: \(silence.reason)"
  }
}

extension PanelAnswer {
  fileprivate init(_ seen: SeenQuery) {
    self.init(
      refID: seen.result.refID, expression: seen.result.expression, legendFormat: seen.request?.legendFormat,
      format: seen.request.flatMap { Format(rawValue: $0.format.rawValue) } ?? .timeSeries,
      isInstant: seen.request?.kind == .instant, step: Double(seen.request?.step ?? 0) / 1e9,
      series: seen.value.map(Self.series) ?? [], error: seen.value == nil ? seen.result.explanation : nil)
  }

  /// More series are not kept: nobody could tell them apart.
  private static let mostSeries = 200

  private static func series(_ value: QueryValue) -> [PanelSeries] {
    func point(_ point: QueryValue.Point) -> PanelPoint { PanelPoint(time: point.time, value: point.value) }
    switch value {
    case .matrix(let series):
      return series.prefix(mostSeries).map { PanelSeries(labels: $0.metric, points: $0.values.map(point)) }
    case .vector(let samples):
      return samples.prefix(mostSeries).map { PanelSeries(labels: $0.metric, points: [point($0.value)]) }
    case .scalar(let value): return [PanelSeries(labels: [:], points: [point(value)])]
    case .string: return []
    }
  }
}
