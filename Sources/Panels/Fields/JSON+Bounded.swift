import Reading

extension JSON {
  /// A number that one can calculate with: texts may say `NaN`.
  var finite: Double? { number.flatMap { $0.isFinite ? $0 : nil } }

  /// The number, or the end of the range that lies nearer to it.
  func bounded(_ range: ClosedRange<Double>) -> Double? {
    finite.map { min(max($0, range.lowerBound), range.upperBound) }
  }
}
