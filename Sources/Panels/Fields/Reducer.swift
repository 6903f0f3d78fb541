import Foundation

/// Makes one value of many. [Grafana: packages/grafana-data/src/transformations/fieldReducer.ts]
enum Reducer {
  /// The value, which may be text where the cells are; null where there is none.
  static func cell(_ id: String, _ cells: [Cell]) -> Cell {
    switch canonical(id) {
    case "lastNotNull": return cells.last { !$0.isNull } ?? .null
    case "firstNotNull": return cells.first { !$0.isNull } ?? .null
    case "last": return cells.last ?? .null
    case "first": return cells.first ?? .null
    case "count": return .number(Double(cells.count))
    case "distinctCount": return .number(Double(Set(cells).count))
    case "changeCount":
      return .number(Double(zip(cells, cells.dropFirst()).count { $0 != $1 }))
    case "allIsNull": return .number(cells.allSatisfy { $0.number == nil } ? 1 : 0)
    case "allValues": return .text(cells.prefix(100).map(\.plainText).joined(separator: ", "))
    case "uniqueValues":
      var seen: Set<Cell> = []
      return .text(cells.filter { seen.insert($0).inserted }.prefix(100).map(\.plainText).joined(separator: ", "))
    case let id: return number(id, of: cells.compactMap(\.number)).map { .number($0) } ?? .null
    }
  }

  static func number(_ id: String, _ cells: [Cell]) -> Double? { cell(id, cells).number }

  /// The name that stands in legends and column heads.
  static func name(_ id: String) -> String {
    let names = [
      "lastNotNull": "Last *", "last": "Last", "firstNotNull": "First *", "first": "First", "min": "Min", "max": "Max",
      "mean": "Mean", "sum": "Total", "count": "Count", "range": "Range", "delta": "Delta", "step": "Step",
      "diff": "Difference", "diffperc": "Difference percent", "logmin": "Min (above zero)", "allIsZero": "All zeros",
      "allIsNull": "All nulls", "changeCount": "Change count", "distinctCount": "Distinct count", "stdDev": "StdDev",
      "variance": "Variance", "median": "Median", "allValues": "All values", "uniqueValues": "All unique values",
    ]
    let canonical = canonical(id)
    if let percent = percentile(canonical) { return "\(percent)th %" }
    return names[canonical] ?? id
  }

  static func canonical(_ id: String) -> String {
    ["": "lastNotNull", "current": "lastNotNull", "avg": "mean", "total": "sum"][id] ?? id
  }

  private static func number(_ id: String, of values: [Double]) -> Double? {
    if id == "sum" { return values.reduce(0, +) }
    guard let first = values.first, let last = values.last else { return nil }
    switch id {
    // Comparisons leave NaN out, as JavaScript's do.
    case "min": return values.filter { !$0.isNaN }.min()
    case "max": return values.filter { !$0.isNaN }.max()
    case "logmin": return values.filter { $0 > 0 }.min()
    case "mean": return values.reduce(0, +) / Double(values.count)
    case "range":
      let numbers = values.filter { !$0.isNaN }
      guard let low = numbers.min(), let high = numbers.max() else { return nil }
      return high - low
    case "diff": return last - first
    case "diffperc": return (last - first) / first
    case "delta": return delta(values)
    case "step": return zip(values, values.dropFirst()).map { $1 - $0 }.filter { !$0.isNaN }.min()
    case "allIsZero": return values.allSatisfy { $0 == 0 } ? 1 : 0
    case "variance": return variance(values)
    case "stdDev": return variance(values).squareRoot()
    case "median": return quantile(0.5, of: values)
    default: return percentile(id).flatMap { quantile(Double($0) / 100, of: values) }
    }
  }

  /// How much a counter grew: after a reset it counts from 0.
  private static func delta(_ values: [Double]) -> Double {
    var (sum, rising) = (0.0, true)
    for index in values.indices.dropFirst() {
      let (last, value) = (values[index - 1], values[index])
      if last > value {
        rising = false
        if index == values.count - 1 { sum += value }
      } else {
        sum += rising ? value - last : value
        rising = true
      }
    }
    return sum
  }

  private static func variance(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
  }

  private static func percentile(_ id: String) -> Int? {
    guard id.hasPrefix("p"), let percent = Int(id.dropFirst()), (1...99).contains(percent) else { return nil }
    return percent
  }

  private static func quantile(_ share: Double, of values: [Double]) -> Double? {
    let sorted = values.filter { !$0.isNaN }.sorted()
    guard !sorted.isEmpty else { return nil }
    return sorted[Int((Double(sorted.count - 1) * share).rounded())]
  }
}
