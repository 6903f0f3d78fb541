/// The unit of a field: how its values are written. [Grafana: valueFormats/categories.ts]
struct Unit: Sendable {
  /// The rule of a unit, by which a number becomes text.
  enum Rule: Sendable {
    /// The number, then the word; a space between them.
    case fixed(String)
    case prefixed(String)
    case text
    /// The number, or its multiple, and `%`.
    case percent(times: Double)
    case scaled(ScaledUnit)
    case currency(symbol: String, after: Bool)
    case duration(DurationUnit)
    case date(DateUnit)
    case bool(yes: String, no: String)
    case hexadecimal(prefix: String)
    case scientific
    /// Thousands are grouped.
    case locale
  }

  let id: String
  let rule: Rule

  /// Every text is a unit: what Grafana does not know is written behind the number.
  init(_ id: String) {
    self.id = id
    rule = Self.rule(id)
  }

  /// Whether Grafana knows the unit: not so where the last rule, "number and id", took it.
  static func isKnown(_ id: String) -> Bool { named(id) != nil || custom(id) != nil }

  private static func rule(_ id: String) -> Rule { named(id) ?? custom(id) ?? .fixed(id) }

  private static func named(_ id: String) -> Rule? {
    if let scaled = ScaledUnit.all[id] { return .scaled(scaled) }
    if let word = FixedUnits.words[id] { return .fixed(word) }
    if let duration = DurationUnit(rawValue: id) { return .duration(duration) }
    if let date = DateUnit.all[id] { return .date(date) }
    if let currency = FixedUnits.currencies[id] { return .currency(symbol: currency.symbol, after: currency.after) }
    return others[id]
  }

  private static let others: [String: Rule] = [
    "": .fixed(""), "none": .fixed(""), "string": .text, "percent": .percent(times: 1),
    "percentunit": .percent(times: 100), "hex0x": .hexadecimal(prefix: "0x"), "hex": .hexadecimal(prefix: ""),
    "sci": .scientific, "locale": .locale, "bool": .bool(yes: "True", no: "False"),
    "bool_yes_no": .bool(yes: "Yes", no: "No"), "bool_on_off": .bool(yes: "On", no: "Off"),
  ]

  /// `suffix:x`, `prefix:x`, `time:YYYY`, `si:kHz`, `count:x`, `currency:x` and `bool:yes/no`.
  private static func custom(_ id: String) -> Rule? {
    guard let colon = id.firstIndex(of: ":"), colon > id.startIndex else { return nil }
    let rest = String(id[id.index(after: colon)...])
    switch id[..<colon] {
    case "suffix": return .fixed(rest)
    case "prefix": return .prefixed(rest)
    case "time": return .date(DateUnit(pattern: rest))
    case "si": return .scaled(.si(prefixed: rest))
    case "count": return .scaled(.count(rest))
    case "currency": return .currency(symbol: rest, after: false)
    case "bool":
      let words = rest.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
      return .bool(yes: String(words.first ?? ""), no: words.count > 1 ? String(words[1]) : "-")
    default: return nil
    }
  }
}
