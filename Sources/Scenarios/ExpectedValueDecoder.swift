import Diagnostics
import Reading
import Signals
import Yams

/// Decodes what a query must return: `12 ±1%`, `>= 100`, `10..20`, NaN, absent, present, a list of samples.
struct ExpectedValueDecoder {
  let reader: YAMLReader

  func value(_ node: Node) -> ExpectedValue? {
    if case .sequence(let samples) = node { return .samples(samples.compactMap(sample)) }
    guard let text = reader.text(node, "`value`") else { return nil }
    if let value = parse(text) { return value }
    reader.report(
      "`\(text)` is no value that a query can have", at: node,
      advice: "write 12, 12 ±1%, 12 ±0.5, '>= 100', 10..20, NaN, absent, present, or a list of {labels, value}")
    return nil
  }

  private func sample(_ node: Node) -> ExpectedValue.Sample? {
    guard let fields = reader.fields(node, "a sample", known: ["labels", "value"]),
      let valueNode = reader.required(fields, "value", of: "the sample", example: "{labels: {job: a}, value: 1}"),
      let value = value(valueNode)
    else { return nil }
    return ExpectedValue.Sample(labels: fields["labels"].flatMap { reader.texts($0, "`labels`") } ?? [:], value: value)
  }

  private func parse(_ text: String) -> ExpectedValue? {
    switch text {
    case "NaN": return .nan
    case "absent": return .absent
    case "present": return .present
    default: break
    }
    // The longer signs first: `>=` begins like `>`.
    for comparison in ExpectedValue.Comparison.allCases.sorted(by: { $0.rawValue.count > $1.rawValue.count })
    where text.hasPrefix(comparison.rawValue) {
      return number(text.dropFirst(comparison.rawValue.count)).map { .comparison(comparison, $0) }
    }
    if let dots = text.firstRange(of: "..") {
      guard let low = number(text[..<dots.lowerBound]), let high = number(text[dots.upperBound...]), low <= high else {
        return nil
      }
      return .range(low, high)
    }
    for sign in ["±", "+-"] {
      guard let found = text.firstRange(of: sign) else { continue }
      return number(text[..<found.lowerBound]).flatMap { tolerated($0, text[found.upperBound...]) }
    }
    return number(text[...]).map { .number($0, tolerance: 0) }
  }

  private func tolerated(_ value: Double, _ text: Substring) -> ExpectedValue? {
    let isPercent = text.hasSuffix("%")
    guard let size = number(isPercent ? text.dropLast() : text), size >= 0 else { return nil }
    return .number(value, tolerance: isPercent ? abs(value) * size / 100 : size)
  }

  private func number(_ text: Substring) -> Double? {
    let trimmed = text.drop { $0 == " " }
    guard let end = trimmed.lastIndex(where: { $0 != " " }) else { return nil }
    return try? parseSize(String(trimmed[...end]))
  }
}
