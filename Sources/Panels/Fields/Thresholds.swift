import Reading

/// Steps from which on a value has another colour. [Grafana: packages/grafana-data/src/field/thresholds.ts]
struct Thresholds: Sendable {
  struct Step: Sendable {
    /// Inclusive; the first one's is -infinity.
    var value: Double
    var color: String
  }

  var isPercentage = false
  /// Ascending, never empty.
  private(set) var steps: [Step]

  /// What Grafana has where nothing is configured.
  init() {
    steps = [Step(value: -.infinity, color: "green"), Step(value: 80, color: "red")]
  }

  init(_ steps: [Step]) {
    let sorted = steps.enumerated().sorted { left, right in
      (left.element.value, left.offset) < (right.element.value, right.offset)
    }.map(\.element)
    self.steps = sorted.isEmpty ? [Step(value: -.infinity, color: "green")] : sorted
  }

  init(_ json: JSON) {
    let steps = json["steps"]?.elements.prefix(1000).enumerated().map { index, step in
      let value = index == 0 ? nil : step["value"]?.number
      return Step(value: value.flatMap { $0.isNaN ? nil : $0 } ?? -.infinity, color: step["color"]?.string ?? "green")
    }
    self.init(steps ?? [])
    isPercentage = json["mode"]?.string == "percentage"
  }

  /// The last step that the value has reached.
  func active(_ value: Double, in range: (min: Double, max: Double)) -> Step {
    let position = isPercentage ? percent(value, in: range) : value
    return steps.last { position >= $0.value } ?? steps[0]
  }

  /// The steps as values of a scale: percentages become shares of it.
  func absolute(in range: (min: Double, max: Double)) -> [Step] {
    guard isPercentage else { return steps }
    return steps.map { Step(value: range.min + $0.value / 100 * (range.max - range.min), color: $0.color) }
  }

  private func percent(_ value: Double, in range: (min: Double, max: Double)) -> Double {
    range.max > range.min ? (value - range.min) / (range.max - range.min) * 100 : 0
  }
}
