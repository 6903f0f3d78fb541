import Signals

/// The OpenMetrics text format 1.0.0.
public enum OpenMetrics {
  /// Writes families in the given order.
  ///
  /// A counter whose name does not end in `_total` has no form as a counter there and becomes `unknown`.
  public static func write(_ families: [MetricFamily]) -> String {
    var text = ""
    for family in families {
      let (name, type) = declaration(of: family)
      text += "# TYPE \(name) \(type)\n"
      if !family.help.isEmpty { text += "# HELP \(name) \(TextFormat.escape(family.help, quotes: true))\n" }
      for sample in family.samples { text += TextFormat.line(canonical(sample)) + "\n" }
    }
    return text + "# EOF\n"
  }

  private static func declaration(of family: MetricFamily) -> (name: String, type: String) {
    switch family.type {
    case .counter where family.name.hasSuffix("_total"): (String(family.name.dropLast("_total".count)), "counter")
    case .counter, .untyped: (family.name, "unknown")
    case .gauge, .histogram, .summary: (family.name, family.type.rawValue)
    }
  }

  /// Bounds are floats there: `1.0`, not `1`.
  private static func canonical(_ sample: MetricFamily.Sample) -> MetricFamily.Sample {
    var sample = sample
    for name in ["le", "quantile"] {
      guard let text = sample.labels[name], !text.isEmpty, text.allSatisfy(\.isWholeNumber) else { continue }
      sample.labels[name] = text + ".0"
    }
    return sample
  }
}
