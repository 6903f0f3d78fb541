/// A function of PromQL, and what it takes. [Prometheus: promql/parser/functions.go]
public struct Function: Sendable, Hashable {
  public let name: String
  /// The types of its arguments; the last one's repeats where more are allowed.
  public let arguments: [ValueType]
  /// 0: exactly the arguments above; n: the last one may be left out, and up to n stand in its place; -1: any number.
  public let variadic: Int
  public let returns: ValueType

  /// How many arguments it takes; no upper end where any number is allowed.
  var counts: (least: Int, most: Int?) {
    switch variadic {
    case 0: (arguments.count, arguments.count)
    case ..<0: (arguments.count - 1, nil)
    default: (arguments.count - 1, arguments.count - 1 + variadic)
    }
  }

  /// The functions of a dialect, by name.
  public static func all(in dialect: Dialect) -> [String: Function] { dialect == .v2 ? v2 : v3 }

  /// Argument types in one letter each: scalar, text, vector, matrix.
  private init(_ name: String, _ types: String, variadic: Int = 0, returns: ValueType = .vector) {
    self.name = name
    self.variadic = variadic
    self.returns = returns
    arguments = types.map { ["s": .scalar, "t": .string, "v": .vector, "m": .matrix][$0] ?? .vector }
  }

  private static let common: [Function] =
    [
      "abs", "absent", "acos", "acosh", "asin", "asinh", "atan", "atanh", "ceil", "cos", "cosh", "deg", "exp", "floor",
      "histogram_count", "histogram_sum", "ln", "log10", "log2", "rad", "sgn", "sin", "sinh", "sort", "sort_desc",
      "sqrt", "tan", "tanh", "timestamp",
    ].map { Function($0, "v") }
    + [
      "absent_over_time", "avg_over_time", "changes", "count_over_time", "delta", "deriv", "idelta", "increase",
      "irate",
      "last_over_time", "max_over_time", "min_over_time", "present_over_time", "rate", "resets", "stddev_over_time",
      "stdvar_over_time", "sum_over_time",
    ].map { Function($0, "m") }
    + ["day_of_month", "day_of_week", "day_of_year", "days_in_month", "hour", "minute", "month", "year"].map {
      Function($0, "v", variadic: 1)
    }
    + [
      Function("clamp", "vss"), Function("clamp_max", "vs"), Function("clamp_min", "vs"),
      Function("histogram_fraction", "ssv"), Function("histogram_quantile", "sv"),
      Function("label_join", "vttt", variadic: -1), Function("label_replace", "vtttt"),
      Function("pi", "", returns: .scalar), Function("predict_linear", "ms"), Function("quantile_over_time", "sm"),
      Function("round", "vs", variadic: 1), Function("scalar", "v", returns: .scalar),
      Function("time", "", returns: .scalar), Function("vector", "s"),
    ]

  private static let onlyIn2 = [Function("holt_winters", "mss")]

  private static let onlyIn3: [Function] =
    ["histogram_avg", "histogram_stddev", "histogram_stdvar"].map { Function($0, "v") }
    + [
      "first_over_time", "mad_over_time", "ts_of_first_over_time", "ts_of_last_over_time", "ts_of_max_over_time",
      "ts_of_min_over_time",
    ].map { Function($0, "m") }
    + ["start", "end", "step", "range"].map { Function($0, "", returns: .scalar) }
    + ["min_of", "max_of"].map { Function($0, "ss", returns: .scalar) }
    + [
      Function("double_exponential_smoothing", "mss"), Function("histogram_quantiles", "vtss", variadic: 9),
      Function("info", "vv", variadic: 1), Function("integral", "ms", variadic: 1),
      Function("sort_by_label", "vt", variadic: -1), Function("sort_by_label_desc", "vt", variadic: -1),
    ]

  private static let v2 = byName(common + onlyIn2)
  private static let v3 = byName(common + onlyIn3)

  private static func byName(_ functions: [Function]) -> [String: Function] {
    Dictionary(functions.map { ($0.name, $0) }) { first, _ in first }
  }
}
