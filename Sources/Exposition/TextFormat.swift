import Foundation
import Signals

/// The Prometheus text format 0.0.4 (docs/instrumenting/exposition_formats.md of prometheus/docs).
public enum TextFormat {
  public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

  /// Prints families in the given order; a family without samples shows its HELP and TYPE alone.
  public static func write(_ families: [MetricFamily]) -> String {
    var text = ""
    for family in families {
      text += "# HELP \(family.name) \(family.help.replacing("\\", with: "\\\\").replacing("\n", with: "\\n"))\n"
      text += "# TYPE \(family.name) \(family.type.rawValue)\n"
      for sample in family.samples { text += "\(SeriesID(name: sample.name, labels: sample.labels)) \(number(sample.value))\n" }
    }
    return text
  }

  /// A number as Go's ParseFloat reads it: whole numbers without exponent, others as short as they round-trip.
  public static func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
    if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
    return "\(value)"
  }
}
