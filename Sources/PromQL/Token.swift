/// One token: what it is, and the UTF-8 bytes that it is made of.
struct Token {
  enum Kind: UInt8 {
    case end
    case comma, leftParen, rightParen, leftBrace, rightBrace, leftBracket, rightBracket, colon, at
    case string, number, duration, identifier, metricIdentifier
    /// `=` between a label and its value.
    case equals
    case matchesRegex, matchesNotRegex
    case add, subtract, multiply, divide, modulo, power
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
    case and, or, unless, atan2
    case aggregator
    case bool, by, without, on, ignoring, groupLeft, groupRight, offset
    case start, end_, step, range, minOf, maxOf
    case anchored, smoothed, fill, fillLeft, fillRight
  }

  var kind: Kind
  var range: Range<Int>
}

/// The words that mean something, in lower case; Prometheus takes them in any case. [Prometheus: promql/parser/lex.go]
struct Keywords {
  let kinds: [String: Token.Kind]
  let longest: Int

  static func of(_ dialect: Dialect) -> Keywords { dialect == .v2 ? v2 : v3 }

  private static let v2 = Keywords(
    [
      "and": .and, "or": .or, "unless": .unless, "atan2": .atan2, "offset": .offset, "by": .by, "without": .without,
      "on": .on, "ignoring": .ignoring, "group_left": .groupLeft, "group_right": .groupRight, "bool": .bool,
      "start": .start, "end": .end_, "inf": .number, "nan": .number,
    ], .v2)

  private static let v3 = Keywords(
    v2.kinds.merging(
      [
        "smoothed": .smoothed, "anchored": .anchored, "fill": .fill, "fill_left": .fillLeft, "fill_right": .fillRight,
        "step": .step, "range": .range, "min_of": .minOf, "max_of": .maxOf,
      ]) { $1 }, .v3)

  private init(_ kinds: [String: Token.Kind], _ dialect: Dialect) {
    var kinds = kinds
    for aggregator in Aggregator.allCases where aggregator.isKnown(in: dialect) {
      kinds[aggregator.rawValue] = .aggregator
    }
    self.kinds = kinds
    longest = kinds.keys.map(\.utf8.count).max() ?? 0
  }
}

extension Token.Kind {
  /// Whether the word may be the name of a metric where one is expected. [Prometheus: generated_parser.y, metric_identifier]
  var isMetricName: Bool {
    switch self {
    case .identifier, .metricIdentifier, .aggregator, .and, .or, .unless, .by, .without, .offset, .start, .end_, .step,
      .range, .minOf, .maxOf, .anchored, .smoothed, .fill, .fillLeft, .fillRight:
      true
    default: false
    }
  }

  /// Whether the word may be a label in `by (...)` and its kin. [Prometheus: generated_parser.y, maybe_label]
  var isGroupingLabel: Bool {
    switch self {
    case .without: false
    case .bool, .on, .ignoring, .groupLeft, .groupRight, .atan2: true
    default: isMetricName
    }
  }

  var binaryOperator: BinaryOperator? {
    switch self {
    case .add: .add
    case .subtract: .subtract
    case .multiply: .multiply
    case .divide: .divide
    case .modulo: .modulo
    case .power: .power
    case .atan2: .atan2
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    case .and: .and
    case .or: .or
    case .unless: .unless
    default: nil
    }
  }
}
