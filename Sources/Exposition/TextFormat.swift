public import Diagnostics
import Signals

/// The Prometheus text format 0.0.4.
public enum TextFormat {
  /// How many lines and bytes a text may have that is read.
  static let limits = (lines: 1_000_000, bytes: 256 << 20)

  /// Writes families in the given order.
  public static func write(_ families: [MetricFamily]) -> String {
    var text = ""
    for family in families {
      if !family.help.isEmpty { text += "# HELP \(family.name) \(escape(family.help, quotes: false))\n" }
      text += "# TYPE \(family.name) \(family.type.rawValue)\n"
      for sample in family.samples { text += line(sample) + "\n" }
    }
    return text
  }

  /// Reads a text strictly; throws everything that is wrong with it. Samples without a type are `untyped`.
  public static func parse(_ text: String, file: String) throws(Findings) -> [MetricFamily] {
    var reader = TextReader(file: file)
    return try reader.read(text)
  }

  static func line(_ sample: MetricFamily.Sample) -> String {
    "\(sample.name)\(labels(sample)) \(sample.value.goText)"
  }

  /// Labels by name, but `le` and `quantile` last, as the client libraries write them.
  private static func labels(_ sample: MetricFamily.Sample) -> String {
    guard !sample.labels.isEmpty else { return "" }
    let isBound = { (name: String) in name == "le" || name == "quantile" }
    let sorted = sample.labels.sorted { (isBound($0.key) ? 1 : 0, $0.key) < (isBound($1.key) ? 1 : 0, $1.key) }
    return "{" + sorted.map { "\($0.key)=\"\(escape($0.value, quotes: true))\"" }.joined(separator: ",") + "}"
  }

  static func escape(_ text: String, quotes: Bool) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\"" where quotes: result += "\\\""
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
