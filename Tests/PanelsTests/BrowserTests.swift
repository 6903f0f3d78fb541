import Foundation
import Panels
import Testing

/// What a browser makes of the pictures: texts are as wide there as they are, not as they were estimated.
@Suite(.enabled(if: Browser.program != nil, "no chromium")) struct BrowserTests {
  @Test(arguments: PanelTheme.allCases) func textsKeepToTheirPanels(_ theme: PanelTheme) throws {
    let report = try Browser.report(on: html(of: Sample.dashboard, theme: theme))
    #expect(report == "panels \(Sample.dashboard.panels.count), texts many")
  }

  /// Narrow panels, long names, many series: where texts run out of room.
  @Test func textsKeepToTheirPanelsWhereRoomIsShort() throws {
    let name = "a very long name of an instance in a data centre far away, number"
    var answer = Sample.answer(25, scale: 1e7)
    for index in answer.series.indices { answer.series[index].labels["instance"] = "\(name) \(index)" }
    let panels = Sample.panels.enumerated().map { index, panel in
      var panel = panel
      panel.title = "\(name) \(index)"
      if !panel.answers.isEmpty, panel.answers[0].format == .timeSeries, panel.answers[0].error == nil {
        panel.answers = [answer]
      }
      panel.gridPos = GridPosition(x: index % 8 * 3, y: index / 8 * 6, w: 3, h: index % 2 == 0 ? 4 : 6)
      return panel
    }
    let report = try Browser.report(on: html(of: DashboardPicture(title: name, subtitle: name, panels: panels)))
    #expect(report == "panels \(panels.count), texts many")
  }
}

/// A browser that writes what a page has become.
private enum Browser {
  static let program = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  /// Each text that leaves its panel, and each two of a panel that overlap by more than a px; or how many there were.
  private static let script = """
    const faults = [];
    window.onerror = message => faults.push('error: ' + message);
    let texts = 0;
    const panels = [...document.querySelectorAll('svg > g[id]')];
    for (const panel of panels) {
      const frame = panel.querySelector('rect').getBoundingClientRect();
      const seen = [];
      for (const text of panel.querySelectorAll('text')) {
        texts += 1;
        const box = text.getBoundingClientRect();
        const words = [...text.childNodes].filter(node => node.nodeType === 3).map(node => node.data).join('');
        if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1
            || box.bottom > frame.bottom + 2) faults.push(panel.id + ' leaves: ' + words);
        // Glyphs are lower than the boxes of their lines.
        const trim = box.height * 0.2;
        const core = { left: box.left, right: box.right, top: box.top + trim, bottom: box.bottom - trim, words };
        for (const other of seen) {
          const width = Math.min(core.right, other.right) - Math.max(core.left, other.left);
          const height = Math.min(core.bottom, other.bottom) - Math.max(core.top, other.top);
          if (width > 1 && height > 1) faults.push(panel.id + ' overlaps: ' + words + ' | ' + other.words);
        }
        seen.push(core);
      }
    }
    const summary = 'panels ' + panels.length + ', texts ' + (texts > 50 ? 'many' : texts);
    document.title = faults.length ? faults.slice(0, 20).join(' ## ') : summary;
    """

  static func report(on content: String) throws -> String {
    let folder = FileManager.default.temporaryDirectory.appending(path: "firedrill-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let page = folder.appending(path: "page.html")
    try "<!DOCTYPE html><html><head><title>none</title></head><body>\(content)<script>\(script)</script></body></html>"
      .write(to: page, atomically: true, encoding: .utf8)
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: program ?? "")
    process.arguments = [
      "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=\(folder.path)/profile",
      "--window-size=1700,4000",
      "--dump-dom", page.absoluteString,
    ]
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let dump = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return dump.firstMatch(of: /<title>(.*?)<\/title>/.dotMatchesNewlines()).map { String($0.1) } ?? "no title"
  }
}
