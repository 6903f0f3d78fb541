import Events
import Foundation
import Panels
import Results

/// The dashboards of a scenario on the page: each drawn as an operator would have seen it, and what each of its panels showed.
struct HTMLDashboards {
  private let looks: [Look]
  private let anchor: String

  /// One dashboard at one moment, over all its ranges; the first is drawn.
  private struct Look {
    var ranges: [DashboardResult]

    init?(_ ranges: [DashboardResult]) {
      guard !ranges.isEmpty else { return nil }
      self.ranges = ranges
    }

    var title: String { ranges[0].title }
    var at: Duration { ranges[0].at }
    var panels: [PanelResult] { ranges[0].panels }
    var isBad: Bool { ranges.contains { !$0.problems.isEmpty || $0.panels.contains { !$0.verdict.showsData } } }
  }

  /// The dashboards of a scenario whose own anchor is `anchor`.
  init(_ dashboards: [DashboardResult], anchor: String) {
    self.anchor = anchor
    var groups: [[DashboardResult]] = []
    for dashboard in dashboards {
      if let last = groups.last?.last, last.file == dashboard.file, last.title == dashboard.title,
        last.at == dashboard.at
      {
        groups[groups.count - 1].append(dashboard)
      } else {
        groups.append([dashboard])
      }
    }
    looks = groups.compactMap(Look.init)
  }

  var markup: Markup { Markup(looks.enumerated().map { section($1, number: $0 + 1) }) }

  private func section(_ look: Look, number: Int) -> Markup {
    let problems = look.ranges.flatMap(\.problems)
    let listed: Markup = problems.isEmpty ? .none : "<ul>\(problems.map { "<li>\($0)</li>" as Markup })</ul>"
    return """
      <details class="dashboard"\(look.isBad ? " open=\"\"" as Markup : .none)>
      <summary>Dashboard \(look.title) at \(look.at.prometheusText)</summary>
      \(listed)
      \(picture(look, number))
      \(table(look))
      </details>
      """
  }

  // MARK: - The picture

  /// In both themes; which is seen, the style sheet says. Without one it is the light one, like the page.
  private func picture(_ look: Look, _ number: Int) -> Markup {
    guard let text = look.ranges[0].picture,
      let picture = try? JSONDecoder().decode(DashboardPicture.self, from: Data(text.utf8))
    else { return .none }
    func drawn(_ theme: PanelTheme, _ name: String) -> Markup {
      Markup(
        stringLiteral: html(of: picture, theme: theme, width: 1200, idPrefix: "\(anchor)-dashboard-\(number)-\(name)-"))
    }
    return """
      <figure class="picture"><div class="light">\(drawn(.light, "light"))</div>\
      <div class="dark" hidden="">\(drawn(.dark, "dark"))</div>
      <figcaption>\(picture.subtitle)</figcaption></figure>
      """
  }

  // MARK: - The panels

  private func table(_ look: Look) -> Markup {
    let heads = look.ranges.map { "<th scope=\"col\">last \($0.range)</th>" as Markup }
    return """
      <table>
      <caption>What each panel showed</caption>
      <thead><tr><th scope="col">Panel</th>\(heads)</tr></thead>
      <tbody>
      \(look.panels.indices.map { row($0, look) })
      </tbody>
      </table>
      """
  }

  private func row(_ index: Int, _ look: Look) -> Markup {
    let panel = look.panels[index]
    let cells = look.ranges.map { range -> Markup in
      guard range.panels.indices.contains(index) else { return "<td>–</td>" }
      return "<td data-label=\"last \(range.range)\">\(cell(range.panels[index]))</td>"
    }
    return "<tr><th scope=\"row\">\(panel.panel) \(panel.title)</th>\(cells)</tr>"
  }

  private func cell(_ panel: PanelResult) -> Markup {
    let verdict: Verdict = panel.verdict == .notApplicable ? .skipped : panel.verdict.showsData ? .passed : .failed
    let badge: Markup = "<span class=\"badge \(verdict.rawValue)\">\(verdict.mark) \(panel.verdict.rawValue)</span>"
    let reason: Markup = panel.reason.map { "<div class=\"muted\">\($0)</div>" } ?? .none
    let queries = panel.queries.map { query -> Markup in
      let why: Markup = query.explanation.map { "<div>\($0)</div>" } ?? .none
      return """
        <li>\(query.refID): \(query.verdict.rawValue), \(query.series) series\(why)<pre>\(query.expression)</pre></li>
        """
    }
    guard !queries.isEmpty else { return "\(badge)\(reason)" }
    return "\(badge)\(reason)<details><summary>queries</summary><ol>\(queries)</ol></details>"
  }
}
