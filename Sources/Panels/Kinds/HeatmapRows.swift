import Reading

/// A bucket of a heatmap: its name, which may be its upper bound, and its count at each time.
struct HeatmapRow: Sendable {
  var name: String
  /// Nil where there is nothing to draw.
  var cells: [(time: Double, value: Double?)]
  static let most = 200

  /// Between two of its times, in seconds.
  var step: Double? { zip(cells, cells.dropFirst()).map { $1.time - $0.time }.filter { $0 > 0 }.min() }

  /// From the lowest bucket up.
  static func all(_ panel: Panel) -> [HeatmapRow] {
    let isCalculated =
      panel.options["calculate"]?.truthy ?? (panel.model["dataFormat"]?.string == "timeseries")
    return isCalculated ? calculated(panel) : given(panel)
  }

  /// Each series is a bucket.
  private static func given(_ panel: Panel) -> [HeatmapRow] {
    let least = panel.options["filterValues", "le"]?.finite ?? 1e-9
    let rows = panel.frames.flatMap { frame -> [HeatmapRow] in
      guard let times = frame.timeField?.cells else { return [] }
      return frame.numberFields.map { field in
        HeatmapRow(
          name: field.displayName,
          cells: zip(times, field.cells).compactMap { time, cell in
            guard let time = time.number, time.isFinite else { return nil }
            return (time, cell.number.flatMap { $0.isFinite && $0 > least ? $0 : nil })
          })
      }
    }.prefix(most)
    // Buckets that are named by their bounds are in the order of those, whatever order they came in.
    let bounds = rows.map { Double($0.name) }
    guard bounds.allSatisfy({ $0.map { !$0.isNaN } ?? false }) else { return Array(rows) }
    return zip(rows, bounds).sorted { ($0.1 ?? 0) < ($1.1 ?? 0) }.map(\.0)
  }

  /// Counts how many samples of all series fall into each of about sixty times and a dozen ranges.
  /// [Grafana: transformers/calculateHeatmap; its numbers of buckets depend on the window, ours do not]
  private static func calculated(_ panel: Panel) -> [HeatmapRow] {
    let columns = 60.0
    let width = (panel.time.to - panel.time.from) / columns
    let samples = panel.frames.flatMap { frame -> [(time: Double, value: Double)] in
      let times = frame.timeField?.cells ?? []
      return frame.numberFields.flatMap { field in
        zip(times, field.cells).compactMap { time, cell in
          guard let time = time.number, let value = cell.number, value.isFinite else { return nil }
          let column = ((time - panel.time.from) / width).rounded(.down)
          return column >= 0 && column <= columns ? (panel.time.from + (column + 1) * width, value) : nil
        }
      }
    }
    guard let low = samples.map(\.value).min(), let high = samples.map(\.value).max() else { return [] }
    let ticks = ValueScale(min: low, max: high).ticks(most: 12).values
    guard ticks.count > 1 else { return [] }
    let size = ticks[1] - ticks[0]
    let first = (low / size).rounded(.down)
    let count = Int(min((high / size).rounded(.down) - first + 1, 20))
    var counts = [[Double: Double]](repeating: [:], count: count)
    for sample in samples {
      let row = min(max((sample.value / size).rounded(.down) - first, 0), Double(count - 1))
      counts[Int(row)][sample.time, default: 0] += 1
    }
    return counts.enumerated().map { index, counts in
      let bound = NumberText.withoutTrailingZeros(NumberText.fixed((first + Double(index) + 1) * size, decimals: nil))
      return HeatmapRow(name: bound, cells: counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    }
  }
}
