import Reading

/// `state-timeline`: a band for each series, whose colour is its state.
/// [Grafana: public/app/plugins/panel/state-timeline]
enum StateTimelineKind {
  static func draw(_ panel: Panel, _ rect: Rect, _ canvas: inout Canvas) {
    StateBands(panel, rect, rowShare: number(panel.options["rowHeight"], 0.9))?.draw(&canvas) { band, row, canvas in
      let merges = panel.options["mergeValues"]?.truthy ?? true
      let showsText = panel.options["showValue"]?.string ?? "auto" != "never"
      var drawn = band.x
      for state in StateBands.states(row, panel, merges: merges) {
        let left = max(panel.time.x(state.from, in: band), drawn)
        let right = min(panel.time.x(state.to, in: band), band.right)
        // States of less than half a px cannot be seen.
        guard right - left >= 0.5 else { continue }
        drawn = right
        let cell = Rect(x: left, y: band.y, width: right - left, height: band.height)
        StateBands.fill(cell, state.value, showsText: showsText, panel, &canvas)
      }
    } ?? Notice.draw("No data", rect, &canvas)
  }

  static func number(_ json: JSON?, _ standard: Double) -> Double {
    json?.bounded(0.1...1) ?? standard
  }
}

/// `status-history`: a cell for each sample. [Grafana: public/app/plugins/panel/status-history]
enum StatusHistoryKind {
  static func draw(_ panel: Panel, _ rect: Rect, _ canvas: inout Canvas) {
    let share = StateTimelineKind.number(panel.options["rowHeight"], 0.9)
    StateBands(panel, rect, rowShare: share)?.draw(&canvas) { band, row, canvas in
      let columnShare = StateTimelineKind.number(panel.options["colWidth"], 0.9)
      let states = StateBands.states(row, panel, merges: false)
      let step = zip(states, states.dropFirst()).map { $1.from - $0.from }.filter { $0 > 0 }.min()
      let width = (step ?? 60) / (panel.time.to - panel.time.from) * band.width
      var last = -Double.infinity
      for state in states {
        let x = panel.time.x(state.from, in: band)
        // Cells that would lie in one column of px are one.
        guard x - last >= 1, x >= band.x - width, x <= band.right + width else { continue }
        last = x
        let size = max(1, width * columnShare)
        let (left, right) = (max(x - size / 2, band.x), min(x + size / 2, band.right))
        let cell = Rect(x: left, y: band.y, width: right - left, height: band.height)
        StateBands.fill(cell, state.value, showsText: panel.options["showValue"]?.string != "never", panel, &canvas)
      }
    } ?? Notice.draw("No data", rect, &canvas)
  }
}

/// Rows of series over the panel's time, their names on the left and the axis below.
struct StateBands {
  struct State {
    var from: Double
    var to: Double
    var value: DisplayValue
  }

  struct Row {
    var field: Field
    var times: [Cell]
  }

  private let panel: Panel
  private let rect: Rect
  private let rows: [Row]
  private let hidden: Int
  private let rowShare: Double
  private static let mostStates = 20

  /// Nil where there is nothing to draw.
  init?(_ panel: Panel, _ rect: Rect, rowShare: Double) {
    let all = panel.frames.flatMap { frame -> [Row] in
      guard let times = frame.timeField?.cells else { return [] }
      return frame.fields.filter { $0.kind != .time }.map { Row(field: $0, times: times) }
    }
    guard !all.isEmpty else { return nil }
    let fits = max(1, Int((rect.height - TimeAxis.height) / 16))
    rows = Array(all.prefix(fits))
    hidden = all.count - rows.count
    self.panel = panel
    self.rect = rect
    self.rowShare = rowShare
  }

  func draw(_ canvas: inout Canvas, _ drawRow: (Rect, Row, inout Canvas) -> Void) {
    let legend = LegendBlock(legendItems, .init(panel.options["legend"]))
    let (area, legendRect) = legend.layout(in: rect)
    let names = rows.map { TextWidth.of(String($0.field.displayName.prefix(200))) }
    let labels = min((names.max() ?? 0) + 10, area.width / 3)
    let plot = area.inset(labels, hidden > 0 ? 16 : 2, 0, TimeAxis.height)
    panel.time.draw(below: plot, grid: true, left: area.x, right: area.right, &canvas)
    let height = plot.height / Double(rows.count)
    for (index, row) in rows.enumerated() {
      let y = plot.y + Double(index) * height
      let band = Rect(x: plot.x, y: y + height * (1 - rowShare) / 2, width: plot.width, height: height * rowShare)
      if height >= 12 {
        canvas.text(row.field.displayName, plot.x - 8, band.midY + 4, anchor: .end, fitting: labels - 8)
      }
      drawRow(band, row, &canvas)
    }
    if hidden > 0 { Notice.note("\(hidden) series are not drawn", area, &canvas) }
    if let legendRect { legend.draw(in: legendRect, &canvas) }
  }

  /// The states, where they are few enough to be told apart. Numbers without a name have no entry.
  private var legendItems: [LegendBlock.Item] {
    var items: [LegendBlock.Item] = []
    for row in rows where !row.field.config.mappings.isEmpty {
      for cell in Set(row.field.cells.prefix(20_000)).sorted(by: Transformations.compare) {
        guard let text = ValueMapping.result(row.field.config.mappings, cell)?.text else { continue }
        let color = panel.display(cell, in: row.field).color
        guard !items.contains(where: { $0.name == text && $0.color == color }) else { continue }
        items.append(LegendBlock.Item(name: text, color: color))
        if items.count > Self.mostStates { return [] }
      }
    }
    return items
  }

  /// Runs of one state; those that look alike are one where they merge.
  static func states(_ row: Row, _ panel: Panel, merges: Bool) -> [State] {
    var states: [State] = []
    var isOpen = false
    for (time, cell) in zip(row.times, row.field.cells) {
      guard let time = time.number, time.isFinite else { continue }
      if isOpen { states[states.count - 1].to = time }
      guard !cell.isNull else {
        isOpen = false
        continue
      }
      let value = panel.display(cell, in: row.field)
      if merges, isOpen, let last = states.last, last.value.text == value.text, last.value.color == value.color {
        continue
      }
      states.append(State(from: time, to: panel.time.to, value: value))
      isOpen = true
    }
    return states
  }

  static func fill(_ cell: Rect, _ value: DisplayValue, showsText: Bool, _ panel: Panel, _ canvas: inout Canvas) {
    let color = value.color.on(panel.theme.ground)
    canvas.rect(cell, fill: color, title: cell.width > 2 ? value.text : nil)
    guard showsText, cell.height >= 14, TextWidth.of(value.text) + 6 <= cell.width else { return }
    canvas.text(value.text, cell.midX, cell.midY + 4, color: color.ink, anchor: .middle, fitting: cell.width)
  }
}
