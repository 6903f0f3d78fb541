import Foundation
import Reading

extension Transformations {
  /// A new column of others, row by row: two of them, or a reduction of several.
  /// [Grafana: transformations/transformers/calculateField.ts]
  static func calculate(_ frames: inout [Frame], _ options: JSON) {
    // Series are put side by side first, since a calculation needs them in one row.
    if frames.count > 1, frames.allSatisfy({ $0.timeField != nil }) {
      frames = joined(frames, by: nil)
      frames.nameFields()
    }
    for index in frames.indices {
      guard let field = calculated(frames[index], options) else { continue }
      if options["replaceFields"]?.truthy ?? false {
        frames[index].fields = frames[index].fields.filter { $0.kind == .time } + [field]
      } else {
        frames[index].fields.append(field)
      }
    }
  }

  private static func calculated(_ frame: Frame, _ options: JSON) -> Field? {
    let result =
      options["mode"]?.string == "binary" ? binary(frame, options["binary"]) : reduced(frame, options["reduce"])
    guard var result else { return nil }
    if let alias = options["alias"]?.string, !alias.isEmpty { result.name = alias }
    result.displayName = result.name
    return result
  }

  private static func binary(_ frame: Frame, _ options: JSON?) -> Field? {
    guard let options, let left = operand(options["left"], frame), let right = operand(options["right"], frame) else {
      return nil
    }
    let operation = options["operator"]?.string ?? "+"
    let cells = (0..<frame.length).map { row -> Cell in
      guard let left = left.value(row), let right = right.value(row) else { return .null }
      switch operation {
      case "+": return .number(left + right)
      case "-": return .number(left - right)
      case "*": return .number(left * right)
      case "/": return .number(left / right)
      case "**": return .number(pow(left, right))
      case "%": return .number(left.truncatingRemainder(dividingBy: right))
      default: return .null
      }
    }
    return Field("\(left.name) \(operation) \(right.name)", .number, cells)
  }

  /// A column by its name, or a number; newer dashboards wrap either.
  private static func operand(_ json: JSON?, _ frame: Frame) -> (name: String, value: (Int) -> Double?)? {
    guard let json, let name = json.text ?? json["fixed"]?.text ?? json["matcher", "options"]?.text else { return nil }
    if let cells = frame.fields.first(where: { $0.displayName == name || $0.name == name })?.cells {
      return (name, { $0 < cells.count ? cells[$0].number : nil })
    }
    return Double(name).map { number in (name, { _ in number }) }
  }

  private static func reduced(_ frame: Frame, _ options: JSON?) -> Field? {
    let included = options?["include"].map { Set($0.elements.compactMap(\.string)) } ?? []
    let columns = frame.numberFields.filter { included.isEmpty || included.contains($0.displayName) }
    guard !columns.isEmpty else { return nil }
    let reducer = options?["reducer"]?.string ?? "sum"
    let cells = (0..<frame.length).map { row in
      Reducer.cell(reducer, columns.map { row < $0.cells.count ? $0.cells[row] : .null })
    }
    return Field(Reducer.name(reducer), .number, cells)
  }
}
