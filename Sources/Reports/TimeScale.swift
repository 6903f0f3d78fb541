import Events

/// Maps virtual time to hundredths of a drawing's width.
struct TimeScale {
  let start: Duration
  let end: Duration

  /// A scale that holds offset 0, `duration` and all of `times`.
  init(duration: Duration, times: [Duration]) {
    start = min(.zero, times.min() ?? .zero)
    end = max(duration, times.max() ?? .zero, start + .seconds(1))
  }

  /// Of the width, 0 to 100.
  func position(_ time: Duration) -> Double { min(max((time - start) / (end - start) * 100, 0), 100) }

  func percent(_ time: Duration) -> String { position(time).fixed(2) + "%" }

  func width(_ from: Duration, _ to: Duration) -> String { max(0, position(to) - position(from)).fixed(2) + "%" }

  /// Round times with at most six steps between them.
  var ticks: [Duration] {
    let length = end - start
    let round = Self.steps.map { Duration.seconds($0) }.first { length / $0 <= 6 }
    let step = round ?? .seconds((length / .seconds(6 * 86_400)).rounded(.up) * 86_400)
    var ticks: [Duration] = []
    var tick = step * Int((start / step).rounded(.up))
    while tick <= end {
      ticks.append(tick)
      tick += step
    }
    return ticks
  }

  private static let steps = [
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800,
  ]
}
