import Reading

extension Transformations {
  static func sortBy(_ frames: inout [Frame], _ options: JSON) {
    guard let sort = options["sort"]?.elements.first, let name = sort["field"]?.string else { return }
    for index in frames.indices { frames[index].sort(by: name, descending: sort["desc"]?.truthy ?? false) }
  }

  static func limit(_ frames: inout [Frame], _ options: JSON) {
    limit(&frames, to: options["limitField"]?.int ?? 10)
  }

  static func limit(_ frames: inout [Frame], to most: Int) {
    for frame in frames.indices {
      for field in frames[frame].fields.indices {
        frames[frame].fields[field].cells = Array(frames[frame].fields[field].cells.prefix(max(0, most)))
      }
    }
  }

  /// `reduce`: a row for each series, or each frame to one row. [Grafana: transformations/transformers/reduce.ts]
  static func reduce(_ frames: inout [Frame], _ options: JSON) {
    let reducers = options["reducers"]?.elements.prefix(20).compactMap(\.string) ?? ["max"]
    if options["mode"]?.string == "reduceFields" {
      let reducer = reducers.first ?? "lastNotNull"
      for frame in frames.indices {
        frames[frame].fields.removeAll { $0.kind == .time && !(options["includeTimeField"]?.truthy ?? false) }
        for field in frames[frame].fields.indices {
          let cells = frames[frame].fields[field].cells
          frames[frame].fields[field].cells = cells.isEmpty ? [] : [Reducer.cell(reducer, cells)]
        }
      }
      return
    }
    let fields = frames.flatMap(\.fields).filter {
      $0.kind == .number || ($0.kind == .time && options["includeTimeField"]?.truthy ?? false)
    }
    guard !fields.isEmpty else { return }
    var columns = [Field("Field", .text, fields.map { .text($0.displayName) })]
    if options["labelsToFields"]?.truthy ?? false {
      columns = [Field("Field", .text, fields.map { .text($0.name) })]
      for label in Set(fields.flatMap { $0.labels?.keys.map { $0 } ?? [] }).sorted() {
        columns.append(Field(label, .text, fields.map { $0.labels?[label].map { .text($0) } ?? .null }))
      }
    }
    columns += reducers.map { id in
      Field(Reducer.name(id), .number, fields.map { Reducer.cell(id, $0.cells) })
    }
    frames = [Frame(refID: frames[0].refID, fields: columns)]
  }

  /// Rows of the same values in some columns become one; others are reduced. [Grafana: transformers/groupBy.ts]
  static func groupBy(_ frames: inout [Frame], _ options: JSON) {
    let settings = options["fields"]
    func operation(_ field: Field) -> String? { settings?[field.displayName]?["operation"]?.string }
    frames = frames.compactMap { frame in
      let keys = frame.fields.filter { operation($0) == "groupby" }
      guard !keys.isEmpty else { return nil }
      var order: [[Cell]] = []
      var rows: [[Cell]: [Int]] = [:]
      for index in 0..<frame.length {
        let key = keys.map { index < $0.cells.count ? $0.cells[index] : .null }
        if rows[key] == nil { order.append(key) }
        rows[key, default: []].append(index)
      }
      var fields = keys
      for index in fields.indices { fields[index].cells = order.map { $0[index] } }
      for field in frame.fields where operation(field) == "aggregate" {
        let reducers = settings?[field.displayName]?["aggregations"]?.elements.prefix(20).compactMap(\.string) ?? []
        for reducer in reducers {
          let cells = order.map { key in
            Reducer.cell(reducer, (rows[key] ?? []).compactMap { $0 < field.cells.count ? field.cells[$0] : nil })
          }
          fields.append(Field("\(field.displayName) (\(reducer))", .number, cells))
        }
      }
      return Frame(refID: frame.refID, name: frame.name, fields: fields)
    }
  }
}

extension Frame {
  /// Sorts rows by a column, those that are equal in their order.
  mutating func sort(by name: String, descending: Bool) {
    guard let column = fields.first(where: { $0.displayName == name || $0.name == name })?.cells else { return }
    let order = column.indices.sorted { left, right in
      if Transformations.compare(column[left], column[right]) { return !descending }
      if Transformations.compare(column[right], column[left]) { return descending }
      return left < right
    }
    for index in fields.indices {
      let cells = fields[index].cells
      fields[index].cells = order.map { $0 < cells.count ? cells[$0] : .null }
    }
  }
}
