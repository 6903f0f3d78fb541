import Diagnostics
import Reading

/// Walks the nested layouts of a v2 dashboard: grids, automatic grids, rows and tabs.
struct StructuredLayout {
  let file: String
  var rows: [(row: Row, variables: [JSON])] = []
  var items: [Item] = []
  var findings: [Finding] = []
  /// Where the next layout begins, in grid units.
  private var y = 0

  /// A reference to an element.
  struct Item {
    var element: String
    var json: JSON
    var position: GridPosition
    var row: Int?
    var isCollapsed: Bool
    var repeats: JSON?
  }

  init(file: String) {
    self.file = file
  }

  mutating func walk(_ layout: JSON, row: Int? = nil, isCollapsed: Bool = false) {
    let spec = layout["spec"] ?? layout
    switch layout["kind"]?.string {
    case "GridLayout", "AutoGridLayout":
      let isAutomatic = layout["kind"]?.string == "AutoGridLayout"
      walkItems(spec, isAutomatic: isAutomatic, row: row, isCollapsed: isCollapsed)
    case "RowsLayout":
      for child in spec["rows"]?.elements ?? [] { walkSection(child, parent: row, isCollapsed: isCollapsed) }
    case "TabsLayout":
      for child in spec["tabs"]?.elements ?? [] { walkSection(child, parent: row, isCollapsed: isCollapsed) }
    default:
      let kind = layout["kind"]?.description ?? "nothing"
      findings.append(
        Finding(.warning, "a layout of a kind that is not known: \(kind)", at: layout.place(in: file)))
    }
  }

  /// A row or a tab.
  private mutating func walkSection(_ section: JSON, parent: Int?, isCollapsed: Bool) {
    let spec = section["spec"] ?? section
    let collapses = spec["collapse"]?.truthy ?? false
    let row = Row(
      title: spec["title"]?.text ?? "", place: section.place(in: file), isCollapsed: collapses,
      repeatVariable: repeatVariable(spec["repeat", "value"]), variables: [], parent: parent)
    rows.append((row, spec["variables"]?.elements ?? []))
    y += 1
    guard let layout = spec["layout"] else { return }
    walk(layout, row: rows.count - 1, isCollapsed: isCollapsed || collapses)
  }

  private mutating func walkItems(_ spec: JSON, isAutomatic: Bool, row: Int?, isCollapsed: Bool) {
    let columns = spec["maxColumnCount"]?.int(in: 1...24) ?? 3
    let top = y
    for (index, item) in (spec["items"]?.elements ?? []).enumerated() {
      let itemSpec = item["spec"] ?? item
      if item["kind"]?.string == "GridLayoutRow" {
        walkGridRow(item, itemSpec, top: top, parent: row, isCollapsed: isCollapsed)
      } else {
        let position = isAutomatic ? Self.automatic(index, columns: columns) : GridPosition(structured: itemSpec)
        append(item, itemSpec, at: position, top: top, row: row, isCollapsed: isCollapsed)
      }
    }
  }

  /// A row of the first draft: it stands among the items of a grid, and its elements are placed in that grid.
  private mutating func walkGridRow(_ item: JSON, _ spec: JSON, top: Int, parent: Int?, isCollapsed: Bool) {
    let collapses = spec["collapsed"]?.truthy ?? false
    let row = Row(
      title: spec["title"]?.text ?? "", place: item.place(in: file), isCollapsed: collapses,
      repeatVariable: repeatVariable(spec["repeat", "value"]), variables: [], parent: parent)
    rows.append((row, []))
    let index = rows.count - 1
    for element in spec["elements"]?.elements ?? [] {
      let elementSpec = element["spec"] ?? element
      append(
        element, elementSpec, at: GridPosition(structured: elementSpec), top: top, row: index,
        isCollapsed: isCollapsed || collapses)
    }
  }

  private mutating func append(
    _ item: JSON, _ spec: JSON, at position: GridPosition, top: Int, row: Int?, isCollapsed: Bool
  ) {
    var position = position
    position.y += top
    y = max(y, position.y + position.height)
    guard let element = spec["element", "name"]?.text else {
      let kind = item["kind"]?.string ?? "item"
      findings.append(Finding(.warning, "this \(kind) names no element", at: item.place(in: file)))
      return
    }
    items.append(
      Item(
        element: element, json: item, position: position, row: row, isCollapsed: isCollapsed, repeats: spec["repeat"]))
  }

  private static func automatic(_ index: Int, columns: Int) -> GridPosition {
    let width = 24 / columns
    return GridPosition(x: index % columns * width, y: index / columns * 9, width: width, height: 9)
  }
}

extension GridPosition {
  /// Of a `GridLayoutItem`; wrong numbers are brought into the grid.
  fileprivate init(structured json: JSON) {
    self.init(
      x: json["x"]?.int(in: 0...23) ?? 0, y: json["y"]?.int(in: 0...100_000) ?? 0,
      width: json["width"]?.int(in: 1...24) ?? 12, height: json["height"]?.int(in: 1...1000) ?? 9)
  }

  /// Of a panel's `gridPos`; wrong numbers are brought into the grid.
  init(legacy json: JSON?) {
    self.init(
      x: json?["x"]?.int(in: 0...23) ?? 0, y: json?["y"]?.int(in: 0...10_000_000) ?? 0,
      width: json?["w"]?.int(in: 1...24) ?? 12, height: json?["h"]?.int(in: 1...1000) ?? 9)
  }
}
