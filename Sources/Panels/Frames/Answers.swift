/// Frames from answers.
/// [Grafana: pkg/promlib/querydata/response.go, packages/grafana-prometheus/src/result_transformer.ts]
enum Answers {
  /// What is kept of answers that no screen could show: the rest is dropped, and said.
  static let mostSeries = 1000
  static let mostPoints = 1_000_000
  private static let mostLabels = 200
  /// As many nulls as a range query may have points.
  private static let mostNulls = 11_000

  static func frames(_ answers: [PanelAnswer]) -> (frames: [Frame], notes: [String]) {
    var frames: [Frame] = []
    var (series, points, dropped) = (mostSeries, mostPoints, 0)
    for var answer in answers where answer.error == nil {
      let kept = answer.series.prefix {
        series -= 1
        points -= $0.points.count
        return series >= 0 && points >= 0
      }
      dropped += answer.series.count - kept.count
      answer.series = Array(kept)
      guard !answer.series.isEmpty else { continue }
      switch answer.format {
      case .timeSeries: frames += answer.series.map { timeSeries($0, of: answer) }
      case .table: frames.append(table(answer, isOnly: answers.count == 1))
      case .heatmap: frames.append(heatmap(answer))
      }
    }
    return (frames, dropped > 0 ? ["\(dropped) series are not drawn"] : [])
  }

  private static func timeSeries(_ series: PanelSeries, of answer: PanelAnswer) -> Frame {
    let name = Legend.name(series.labels, format: answer.legendFormat, expression: answer.expression)
    let points =
      answer.isInstant ? series.points.map { ($0.time, Cell.number($0.value)) } : withGaps(series, answer.step)
    let time = Field("Time", .time, points.map { .time($0.0) }, refID: answer.refID)
    var value = Field("Value", .number, points.map(\.1), labels: series.labels, refID: answer.refID)
    value.nameFromSource = name
    return Frame(refID: answer.refID, name: name, fields: [time, value])
  }

  /// Prometheus leaves out steps without a sample: each becomes a null, so that lines break there.
  private static func withGaps(_ series: PanelSeries, _ step: Double) -> [(Double, Cell)] {
    guard step > 0, step.isFinite else { return series.points.map { ($0.time, .number($0.value)) } }
    var result: [(Double, Cell)] = []
    result.reserveCapacity(series.points.count)
    var nulls = mostNulls
    for point in series.points {
      if let last = result.last?.0, point.time - last > step * 1.5 {
        let missing = Int(min(((point.time - last) / step).rounded() - 1, Double(max(nulls, 1))))
        nulls -= missing
        for index in 1..<max(missing, 1) + 1 { result.append((last + Double(index) * step, .null)) }
      }
      result.append((point.time, .number(point.value)))
    }
    return result
  }

  /// One table: `Time`, the labels by name, and `Value`, which is `Value #A` beside other queries.
  private static func table(_ answer: PanelAnswer, isOnly: Bool) -> Frame {
    let labels = Set(answer.series.flatMap(\.labels.keys)).sorted().prefix(mostLabels)
    let all = answer.series.flatMap { series in series.points.map { (series.labels, $0) } }
    let rows = all.prefix(Transformations.mostRows(columns: labels.count + 2))
    var fields = [Field("Time", .time, rows.map { .time($0.1.time) }, refID: answer.refID)]
    for label in labels {
      fields.append(Field(label, .text, rows.map { $0.0[label].map { .text($0) } ?? .null }, refID: answer.refID))
    }
    let name = isOnly ? "Value" : "Value #\(answer.refID)"
    fields.append(Field(name, .number, rows.map { .number($0.1.value) }, refID: answer.refID))
    return Frame(refID: answer.refID, fields: fields)
  }

  /// Buckets by `le`, each less the one before it: counts that are negative or next to nothing become 0.
  private static func heatmap(_ answer: PanelAnswer) -> Frame {
    let sorted = answer.series.map { (bound: Double($0.labels["le"] ?? "") ?? .nan, series: $0) }.enumerated()
      .sorted { left, right in
        let (a, b) = (left.element.bound, right.element.bound)
        return a == b || a.isNaN || b.isNaN ? left.offset < right.offset : a < b
      }.map(\.element.series)
    let times = Set(sorted.flatMap { $0.points.map(\.time) }).sorted()
      .prefix(Transformations.mostRows(columns: sorted.count))
    var before: [Double: Double] = [:]
    var fields = [Field("Time", .time, times.map { .time($0) }, refID: answer.refID)]
    for series in sorted {
      let values = Dictionary(series.points.map { ($0.time, $0.value) }) { _, last in last }
      let cells = times.map { time -> Cell in
        guard let value = values[time] else { return .null }
        let difference = value - (before[time] ?? 0)
        return .number(difference < 1e-9 ? 0 : difference)
      }
      before.merge(values) { _, new in new }
      let name = series.labels["le"] ?? Legend.name(series.labels, format: nil, expression: answer.expression)
      var field = Field(name ?? "Value", .number, cells, labels: series.labels, refID: answer.refID)
      field.nameFromSource = field.name
      fields.append(field)
    }
    return Frame(refID: answer.refID, name: nil, fields: fields)
  }
}
