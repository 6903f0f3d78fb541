import Foundation
import Reading
import Testing

@testable import Panels

/// Draws every panel of real dashboards. `FIREDRILL_CORPUS` names the folder that holds them.
@Suite(.enabled(if: Corpus.folder != nil, "FIREDRILL_CORPUS is not set")) struct CorpusTests {
  @Test func everyPanelIsDrawn() throws {
    let panels = Corpus.panels
    #expect(panels.count > 500)
    for panel in panels {
      let type = panel["type"]?.string ?? ""
      let model = panel.written
      for answer in [Sample.answer(4), Sample.answer(4, scale: 1e9, format: .table, instant: true), Sample.buckets] {
        let picture = Sample.panel(panel["title"]?.text ?? "", model, [answer])
        expectPlausible(svg(of: picture, theme: .light, width: 600, height: 300))
      }
      #expect(PanelKind.all.contains { $0.names.contains(type) } || type == "dashlist", "\(type)")
    }
  }

  /// What Grafana does not know either stands here.
  @Test func everyUnitIsKnown() {
    let unknown = Set(Corpus.panels.flatMap(Corpus.units)).filter { !Unit.isKnown($0) }
    #expect(unknown.sorted() == ["O/s", "op/s"])
  }

  @Test func transformationsThatAreNotDrawn() {
    let notes = Corpus.panels.flatMap { panel in
      Panel(Sample.panel("", panel.written), Theme(.dark)).notes
    }
    #expect(Set(notes.filter { $0.hasPrefix("transformation") }).isEmpty)
  }
}

enum Corpus {
  static let folder = ProcessInfo.processInfo.environment["FIREDRILL_CORPUS"]

  /// Every panel of every JSON file, those in rows too.
  static let panels: [JSON] = {
    guard let folder, let files = FileManager.default.enumerator(atPath: folder) else { return [] }
    let names = files.compactMap { $0 as? String }.filter { $0.hasSuffix(".json") }.sorted()
    return names.flatMap { name -> [JSON] in
      guard let text = try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8),
        let file = try? JSONReader.parse(text, file: name)
      else { return [] }
      let dashboard = file["dashboard"] ?? file
      return ((dashboard["panels"]?.elements ?? []) + (dashboard["rows"]?.elements ?? [])).flatMap { panel in
        [panel] + (panel["panels"]?.elements ?? [])
      }.filter { $0["type"] != nil }
    }
  }()

  static func units(_ panel: JSON) -> [String] {
    let overrides = panel["fieldConfig", "overrides"]?.elements.flatMap { $0["properties"]?.elements ?? [] } ?? []
    let axes = panel["yaxes"]?.elements.compactMap { $0["format"]?.string } ?? []
    let styles = panel["styles"]?.elements.compactMap { $0["unit"]?.string } ?? []
    let one = [
      panel["format"], panel["fieldConfig", "defaults", "unit"], panel["options", "yAxis", "unit"],
      panel["yAxis", "format"],
    ].compactMap { $0?.string }
    return one + axes + styles + overrides.filter { $0["id"]?.string == "unit" }.compactMap { $0["value"]?.string }
  }
}
