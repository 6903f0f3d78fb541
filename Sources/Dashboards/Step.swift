/// The step of a query, as Grafana's back end computes it. [Grafana: pkg/promlib/models/query.go,
/// pkg/promlib/intervalv2/intervalv2.go]
///
/// All lengths are nanoseconds.
struct Step {
  /// Between the points of a range query.
  let step: Int64
  /// The value of `$__rate_interval`.
  let rateInterval: Int64

  /// What the step is computed from; `interval` is the target's min step, its variables put in.
  struct Basis {
    var interval = ""
    var intervalFactor = 1
    var dataSourceInterval: String?
    /// What the front end computed; milliseconds.
    var intervalMilliseconds: Double
    var maxDataPoints: Int
    /// Length of the time range.
    var range: Int64
  }

  private static let standard = 15 * GoDuration.second
  private static let intervals: Set<String> = [
    "$__interval", "$__interval_ms", "$__rate_interval", "$__rate_interval_ms", "${__interval}", "${__interval_ms}",
    "${__rate_interval}", "${__rate_interval_ms}",
  ]
  private static let rateIntervals: Set<String> = ["$__rate_interval", "${__rate_interval}"]

  init(_ basis: Basis) throws(NoTime) {
    let scrape = try basis.dataSourceInterval.map(Self.parse) ?? Self.standard
    let requested = GoDuration.nanoseconds(basis.intervalMilliseconds * 1_000_000) ?? 0
    let least = try Self.least(basis, requested: requested)
    let raw = basis.range / Int64(basis.maxDataPoints > 0 ? basis.maxDataPoints : 1500)
    let calculated = raw < least ? least : GoDuration.round(raw)
    // Prometheus refuses more than 11000 points a series.
    let adjusted = max(calculated, GoDuration.round(basis.range / 11_000))
    if Self.rateIntervals.contains(basis.interval) {
      step = Self.rate(adjusted, scrape: scrape)
      rateInterval = step
    } else {
      let product = adjusted.multipliedReportingOverflow(by: Int64(max(basis.intervalFactor, 1)))
      step = max(product.overflow ? .max : product.partialValue, 1)
      // A min step of milliseconds (`$__interval_ms`) stays a text that is no duration: no error, but 0.
      let own = Self.scrape(basis, step: step, standard: scrape)
      rateInterval = own.map { Self.rate(requested, scrape: $0) } ?? 0
    }
  }

  /// The lower limit; it is not rounded.
  private static func least(_ basis: Basis, requested: Int64) throws(NoTime) -> Int64 {
    var text = intervals.contains(basis.interval) || basis.interval == "0s" ? "" : basis.interval
    if text.isEmpty {
      if requested != 0 { return requested }
      text = basis.dataSourceInterval ?? ""
    }
    return text.isEmpty ? standard : try parse(text)
  }

  /// The scrape interval that the min step stands for, where it says one; nil where it is no duration.
  private static func scrape(_ basis: Basis, step: Int64, standard: Int64) -> Int64? {
    switch basis.interval {
    case "": standard
    case "$__interval", "${__interval}": step
    default: try? parse(basis.interval)
    }
  }

  private static func rate(_ interval: Int64, scrape: Int64) -> Int64 {
    let sum = interval.addingReportingOverflow(scrape)
    let product = scrape.multipliedReportingOverflow(by: 4)
    return max(sum.overflow ? .max : sum.partialValue, product.overflow ? .max : product.partialValue)
  }

  /// A duration of Go or `<`, `>` before it; digits alone are seconds.
  private static func parse(_ text: String) throws(NoTime) -> Int64 {
    let stripped = text.filter { $0 != "<" && $0 != ">" }
    let isNumber = !stripped.isEmpty && stripped.allSatisfy { $0.isASCII && $0.isNumber }
    guard let length = GoDuration.parse(isNumber ? stripped + "s" : stripped) else { throw NoTime(text: text) }
    return length
  }
}
