import Reading

/// Grafana's transformations of frames, which run after the queries and before the panel.
enum Transformations {
  typealias Transform = @Sendable (_ frames: inout [Frame], _ options: JSON) -> Void

  /// By id. What is not here is not drawn, and said.
  private static let all: [String: Transform] = [
    "organize": organize, "merge": { frames, _ in merge(&frames) }, "joinByField": join, "seriesToColumns": join,
    "reduce": reduce, "filterFieldsByName": filterByName, "labelsToFields": labelsToFields, "sortBy": sortBy,
    "calculateField": calculate, "renameByRegex": renameByRegex, "limit": limit, "groupBy": groupBy,
    "seriesToRows": { frames, _ in seriesToRows(&frames) },
  ]

  /// A transformation makes no more cells than this: rows beyond are cut off, which no answer of a real query reaches.
  static let mostCells = 4_000_000

  /// The rows that a table of so many columns may have.
  static func mostRows(columns: Int) -> Int { mostCells / max(columns, 1) }

  /// More are not run: no dashboard has them.
  private static let most = 50

  /// Runs a panel's `transformations` in their order; gives notes of those that were not run.
  static func run(_ transformations: JSON?, on frames: inout [Frame]) -> [String] {
    var notes: [String] = []
    for step in transformations?.elements.prefix(most) ?? [] where !(step["disabled"]?.truthy ?? false) {
      let id = step["id"]?.string ?? ""
      guard let transform = all[id] else {
        notes.append("transformation \(id.prefix(40)) is not drawn")
        continue
      }
      frames.nameFields()
      let options = step["options"] ?? JSON(.object([]))
      guard let filter = step["filter"] else {
        transform(&frames, options)
        continue
      }
      var chosen = frames.filter { Self.chosen($0, by: filter) }
      let others = frames.filter { !Self.chosen($0, by: filter) }
      transform(&chosen, options)
      frames = chosen + others
    }
    frames.nameFields()
    return notes
  }

  private static func chosen(_ frame: Frame, by filter: JSON) -> Bool {
    guard filter["id"]?.string == "byRefId", let wanted = filter["options"]?.string else { return true }
    guard wanted.hasPrefix("/"), let pattern = Pattern(wanted) else { return frame.refID == wanted }
    return pattern.matches(frame.refID)
  }
}
