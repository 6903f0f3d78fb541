/// Durations as Prometheus writes them: `1h30m`, `90s`, `500ms`, `1d`, `1w`, `1y` (prometheus/common model/time.go).
public enum PrometheusDuration {
  private static let units: [(name: String, milliseconds: Int)] = [
    ("y", 31_536_000_000), ("w", 604_800_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1),
  ]

  /// Parses a duration: each unit at most once, the larger first; `0` needs none.
  public static func parse(_ text: String) throws(NotationError) -> Duration {
    if text == "0" { return .zero }
    var rest = text[...]
    var total = 0
    var next = 0
    while !rest.isEmpty {
      let offset = text.distance(from: text.startIndex, to: rest.startIndex)
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      let name = rest.dropFirst(digits.count).prefix { $0.isASCII && $0.isLetter }
      guard !digits.isEmpty, let unit = units[next...].firstIndex(where: { $0.name == name }) else { throw bad(text, at: offset) }
      let (product, tooMany) = (Int(digits) ?? .max).multipliedReportingOverflow(by: units[unit].milliseconds)
      guard !tooMany, product < .max / 4, total < .max / 4 else { throw NotationError("`\(text)` is too long", length: text.count) }
      total += product
      next = unit + 1
      rest = rest.dropFirst(digits.count + name.count)
    }
    guard !text.isEmpty else { throw bad(text, at: 0) }
    return .milliseconds(total)
  }

  private static func bad(_ text: String, at offset: Int) -> NotationError {
    NotationError(
      "`\(text)` is no duration", offset: offset, length: text.count - offset, advice: "write it like 90s, 10m, 1h30m or 1d, the larger unit first")
  }
}

/// Parses a number with an optional size: `200MB` is 10^6, `64MiB` 2^20 bytes each.
public func parseSize(_ text: String) throws(NotationError) -> Double {
  if let number = goNumber(text) { return number }
  for (name, factor) in sizes where text.hasSuffix(name) {
    let digits = text.dropLast(name.count)
    if let number = goNumber(digits.last == " " ? digits.dropLast() : digits) { return number * factor }
  }
  throw NotationError("`\(text)` is no number", length: text.count, advice: "write a number, or a size: 200MB (10^6) or 64MiB (2^20)")
}

// The longer names first: `MiB` ends in `B` too.
private let sizes: [(String, Double)] = [
  ("KiB", 1024), ("MiB", 1_048_576), ("GiB", 1_073_741_824), ("TiB", 1_099_511_627_776), ("kB", 1e3), ("KB", 1e3), ("MB", 1e6), ("GB", 1e9),
  ("TB", 1e12), ("B", 1),
]

/// Parses a rate, `100/s`, `60/m`, `5/h` or a plain number a second; the result is per second.
public func parseRate(_ text: String) throws(NotationError) -> Double {
  let parts = text.split(separator: "/", omittingEmptySubsequences: false)
  let seconds: Double? = parts.count == 1 ? 1 : ["s": 1, "m": 60, "h": 3600, "d": 86400][parts[1]]
  guard parts.count <= 2, let seconds, let number = try? parseSize(String(parts[0])) else {
    throw NotationError("`\(text)` is no rate", length: text.count, advice: "write it like 100/s, 60/m or 5/h")
  }
  return number / seconds
}
