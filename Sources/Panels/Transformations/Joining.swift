import Reading

extension Transformations {
  /// One frame of all: rows that agree in the columns which all frames have become one.
  /// [Grafana: transformations/transformers/merge.ts]
  static func merge(_ frames: inout [Frame]) {
    guard frames.count > 1 else { return }
    var columns: [String] = []
    var fields: [String: Field] = [:]
    for field in frames.lazy.flatMap(\.fields) where fields[field.displayName] == nil {
      columns.append(field.displayName)
      fields[field.displayName] = field
    }
    let shared = columns.filter { name in
      frames.allSatisfy { $0.fields.contains { $0.displayName == name } }
    }
    var rows: [[String: Cell]] = []
    var rowsByKey: [[Cell]: [Int]] = [:]
    for frame in frames {
      for index in 0..<frame.length where rows.count < mostRows(columns: columns.count * 10) {
        let row = Dictionary(zip(frame.fields.map(\.displayName), frame.row(index))) { first, _ in first }
        let key = shared.map { row[$0] ?? .null }
        let fitting = rowsByKey[key]?.prefix(20).first { agree(rows[$0], row) }
        if let fitting {
          rows[fitting].merge(row) { old, new in old.isNull ? new : old }
        } else {
          rowsByKey[key, default: []].append(rows.count)
          rows.append(row)
        }
      }
    }
    let merged = columns.compactMap { name in
      fields[name].map { field in
        var field = field
        field.cells = rows.map { $0[name] ?? .null }
        field.rename(name)
        return field
      }
    }
    frames = [Frame(refID: frames[0].refID, fields: merged)]
  }

  /// Whether no cell says one thing here and another there.
  private static func agree(_ left: [String: Cell], _ right: [String: Cell]) -> Bool {
    right.allSatisfy { name, cell in
      guard let other = left[name], !other.isNull, !cell.isNull else { return true }
      return other == cell
    }
  }

  static func join(_ frames: inout [Frame], _ options: JSON) {
    frames = joined(frames, by: options["byField"]?.string, inner: options["mode"]?.string == "inner")
  }

  /// One frame with a row for each value of a column; the columns of all frames beside each other.
  /// [Grafana: transformations/transformers/joinDataFrames.ts]
  static func joined(_ frames: [Frame], by name: String?, inner: Bool = false) -> [Frame] {
    func key(_ frame: Frame) -> Int? {
      frame.fields.firstIndex { field in
        name.map { $0.isEmpty ? field.kind == .time : field.displayName == $0 || field.name == $0 }
          ?? (field.kind == .time)
      }
    }
    let parts = frames.compactMap { frame in key(frame).map { (frame: frame, key: $0) } }
    guard parts.count > 1 else { return parts.isEmpty ? [] : [parts[0].frame] }
    let rows = parts.map { part in
      Dictionary(part.frame.fields[part.key].cells.enumerated().map { ($1, $0) }) { first, _ in first }
    }
    let all = Set(rows.flatMap(\.keys)).filter { cell in !inner || rows.allSatisfy { $0[cell] != nil } }
    let columns = parts.reduce(1) { $0 + $1.frame.fields.count - 1 }
    let keys = Array(all.sorted { compare($0, $1) }.prefix(Transformations.mostRows(columns: columns)))
    var keyField = parts[0].frame.fields[parts[0].key]
    keyField.cells = keys
    var fields = [keyField]
    for (part, rows) in zip(parts, rows) {
      for (index, field) in part.frame.fields.enumerated() where index != part.key {
        var field = field
        let cells = field.cells
        field.cells = keys.map { key in rows[key].flatMap { $0 < cells.count ? cells[$0] : nil } ?? .null }
        fields.append(field)
      }
    }
    return [Frame(refID: parts[0].frame.refID, fields: numbered(fields))]
  }

  /// Columns of one name become `name 1`, `name 2`: but series, which have labels, keep their legends.
  private static func numbered(_ fields: [Field]) -> [Field] {
    let counts = Dictionary(fields.map { ($0.displayName, 1) }, uniquingKeysWith: +)
    var seen: [String: Int] = [:]
    return fields.map { field in
      guard field.labels == nil, counts[field.displayName, default: 0] > 1 else { return field }
      var field = field
      seen[field.displayName, default: 0] += 1
      field.rename("\(field.displayName) \(seen[field.displayName, default: 0])")
      return field
    }
  }

  /// Numbers by size, texts by their characters, nulls last.
  static func compare(_ left: Cell, _ right: Cell) -> Bool {
    switch (left, right) {
    case (.null, _): return false
    case (_, .null): return true
    default: break
    }
    if let left = left.number, let right = right.number {
      return left.isNaN || right.isNaN ? !left.isNaN && right.isNaN : left < right
    }
    return left.plainText < right.plainText
  }

  /// All series under each other, the newest first: `Time`, `Metric`, `Value`.
  static func seriesToRows(_ frames: inout [Frame]) {
    var rows: [(time: Cell, name: String, value: Cell)] = []
    for frame in frames {
      guard let times = frame.timeField?.cells else { continue }
      for field in frame.fields where field.kind != .time {
        rows += zip(times, field.cells).map { ($0, field.displayName, $1) }
      }
    }
    rows.sort { compare($1.time, $0.time) }
    frames = [
      Frame(
        refID: frames.first?.refID ?? "",
        fields: [
          Field("Time", .time, rows.map(\.time)), Field("Metric", .text, rows.map { .text($0.name) }),
          Field("Value", .number, rows.map(\.value)),
        ])
    ]
  }
}
