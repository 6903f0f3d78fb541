import Reading

/// A value that a stat, gauge, bar gauge or pie shows: of a series, or of a row.
struct ReducedValue: Sendable {
  var name: String
  var cell: Cell
  var display: DisplayValue
  var field: Field
  /// Of the series, for a sparkline.
  var times: [Cell]
}

extension Panel {
  /// `options.reduceOptions`: each field reduced, or each row as it is.
  /// [Grafana: packages/grafana-data/src/field/fieldDisplay.ts]
  func reducedValues(most: Int = 1000) -> [ReducedValue] {
    let reduce = options["reduceOptions"] ?? options["fieldOptions"]
    let calcs = reduce?["calcs"]?.elements.prefix(10).compactMap(\.string) ?? []
    let wanted = fieldFilter(reduce?["fields"]?.string ?? "")
    if reduce?["values"]?.truthy ?? false {
      let limit = Int(clamping: min(max(reduce?["limit"]?.int ?? 25, 0), most))
      return rows(wanted, limit: limit)
    }
    var result: [ReducedValue] = []
    for frame in frames {
      let times = frame.timeField?.cells ?? []
      for field in frame.fields where wanted(field) {
        for calc in calcs.isEmpty ? ["lastNotNull"] : calcs {
          guard result.count < most else { return result }
          let cell = Reducer.cell(calc, field.cells)
          let name = calcs.count > 1 ? "\(field.displayName) \(Reducer.name(calc))" : field.displayName
          result.append(
            ReducedValue(name: name, cell: cell, display: display(cell, in: field), field: field, times: times))
        }
      }
    }
    return result
  }

  /// `""`: numbers; `/pattern/` or a name: fields of that name.
  private func fieldFilter(_ fields: String) -> (Field) -> Bool {
    if fields.isEmpty { return { $0.kind == .number && !($0.config.custom("hideFrom", "viz")?.truthy ?? false) } }
    if fields.hasPrefix("/"), let pattern = Pattern(fields) { return { pattern.matches($0.displayName) } }
    return { $0.displayName == fields || $0.name == fields }
  }

  /// The name of a row is its text, if it has one.
  private func rows(_ wanted: (Field) -> Bool, limit: Int) -> [ReducedValue] {
    var result: [ReducedValue] = []
    for frame in frames {
      let texts = frame.fields.filter { $0.kind == .text }
      for row in 0..<frame.length {
        for var field in frame.fields where wanted(field) && row < field.cells.count {
          guard result.count < limit else { return result }
          let text = texts.lazy.map { row < $0.cells.count ? $0.cells[row].plainText : "" }.joined(separator: " ")
          let several = frame.fields.count(where: wanted) > 1
          field.seriesIndex = result.count
          let cell = field.cells[row]
          let name = text.isEmpty ? field.displayName : several ? "\(text) \(field.displayName)" : text
          result.append(
            ReducedValue(name: name, cell: cell, display: display(cell, in: field), field: field, times: []))
        }
      }
    }
    return result
  }

  /// Whether cells stand below or beside each other: `auto` goes by the shape of the room.
  func isVertical(_ rect: Rect) -> Bool {
    switch options["orientation"]?.string {
    case "vertical": true
    case "horizontal": false
    default: rect.width > rect.height
    }
  }
}
