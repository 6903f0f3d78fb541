import Diagnostics
import Reading

// The migrations that change which queries there are or how they are sent. [Grafana: DashboardMigrator.ts]
// Those of the drawing (singlestat to stat, value mappings...) are left to who draws: `Panel.type` and `Panel.model`
// keep the old names.
extension Normalizer {
  /// 0 where missing: all migrations run.
  private var version: Int { head["schemaVersion"]?.int ?? 0 }

  mutating func migrateLegacy() {
    if version < 2 { migrateServices() }
    var sources = head["panels"]?.elements ?? []
    if let all = head["panels"], !all.isArray {
      report(.error, "`panels` must be a list, not \(all.description)", at: all)
    }
    let oldRows = head["rows"]?.elements ?? []
    if version < 16 || sources.isEmpty {
      if version >= 16, !oldRows.isEmpty {
        report(
          .warning, "Grafana ignores `rows` in a dashboard of schema version \(version); they are read all the same",
          at: head["rows"] ?? head, advice: "open the dashboard in Grafana and save it, or lower `schemaVersion`")
      }
      sources += LegacyRows(sources: sources).flatten(oldRows)
    } else if !oldRows.isEmpty {
      report(.note, "`rows` beside `panels`: Grafana ignores them", at: head["rows"] ?? head)
    }
    walk(Self.sorted(sources))
    assignIDs()
  }

  /// By place in the grid: not the file decides which panels follow a row. [Grafana:
  /// DashboardModel.sortPanelsByGridPos]
  private static func sorted(_ sources: [JSON]) -> [JSON] {
    let keyed = sources.map { (y: $0["gridPos", "y"]?.number ?? 0, x: $0["gridPos", "x"]?.number ?? 0, json: $0) }
    return keyed.sorted { ($0.y, $0.x) < ($1.y, $1.x) }.map(\.json)
  }

  /// Version 2: what stood in `services.filter`.
  private mutating func migrateServices() {
    if head["time"] == nil { head = head.with("time", head["services", "filter", "time"]) }
    if head["templating", "list"] == nil, let list = head["services", "filter", "list"] {
      head = head.with("templating", .object(["list": list], at: list))
    }
  }

  // MARK: - Rows and panels in their order

  /// An expanded row owns what follows it, a collapsed one what it holds. [Grafana: transformSaveModelToScene.ts]
  private mutating func walk(_ sources: [JSON]) {
    var current: Int?
    for source in sources {
      guard source.isObject else {
        report(.error, "a panel must be an object, not \(source.description)", at: source)
        continue
      }
      guard source["type"]?.string == "row" else {
        append(source, row: current, isCollapsed: false)
        continue
      }
      if isLeftover(source) { continue }
      let isCollapsed = source["collapsed"]?.truthy ?? false
      rows.append(
        Row(
          title: source["title"]?.text ?? "", place: source.place(in: file), isCollapsed: isCollapsed,
          repeatVariable: repeatVariable(source["repeat"]), variables: [], parent: nil))
      let index = rows.count - 1
      panels.append(PanelSource(json: source, file: file, row: index, silence: "a row sends no queries"))
      let children = source["panels"]?.elements ?? []
      if isCollapsed {
        for child in children where child.isObject { append(child, row: index, isCollapsed: true) }
      } else if !children.isEmpty {
        report(.note, "this row is expanded: Grafana ignores the panels inside of it", at: source)
      }
      current = isCollapsed ? nil : index
    }
  }

  private mutating func append(_ json: JSON, row: Int?, isCollapsed: Bool) {
    if isLeftover(json) { return }
    if json["type"]?.string == "row", json["panels"]?.elements.isEmpty == false {
      report(.note, "a row inside of a row: Grafana ignores the panels inside of it", at: json)
    }
    panels.append(PanelSource(json: migrated(json), file: file, row: row, isCollapsed: isCollapsed))
  }

  /// Copies that a repeat left in the file: dropped by version 27, and whenever a dashboard is opened.
  /// [Grafana: DashboardMigrator.ts; apps/dashboard/pkg/migration, cleanupPanels]
  private func isLeftover(_ panel: JSON) -> Bool {
    ["repeatPanelId", "repeatByRow", "repeatedByRow"].contains { panel[$0]?.truthy == true }
  }

  private func migrated(_ panel: JSON) -> JSON {
    switch panel["type"]?.string {
    case "graphite" where version < 2: panel.with("type", .text("graph", at: panel))
    case "table" where version < 24 && panel.has("styles"): panel.with("type", .text("table-old", at: panel))
    case "text2" where version < 26: panel.with("type", .text("text", at: panel))
    default: panel
    }
  }

  /// Version 3: panels without an id get the highest plus one.
  private mutating func assignIDs() {
    var highest = panels.compactMap { $0.json["id"]?.int(in: 0...Int(Int32.max)) }.max() ?? 0
    for index in panels.indices where panels[index].json["id"]?.int(in: 0...Int(Int32.max)) == nil {
      highest += 1
      panels[index].json = panels[index].json.with("id", .whole(highest, at: panels[index].json))
    }
  }
}

/// The variable of a repeat; none where it is null or empty, as old files write it.
func repeatVariable(_ json: JSON?) -> String? {
  json?.string.flatMap { $0.isEmpty ? nil : $0 }
}
