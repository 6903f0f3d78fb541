/// Durations as Prometheus writes them: `1h30m`, `90s`, `500ms`; a day has 24 hours, a year 365 days.
public enum PrometheusDuration {
  private static let units: [(name: String, milliseconds: Int64)] = [
    ("y", 31_536_000_000), ("w", 604_800_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000),
    ("ms", 1),
  ]

  /// Reads a duration: units from large to small, each at most once, or `0`.
  public static func parse(_ text: String) throws(NotationError) -> Duration {
    var cursor = Cursor(text)
    if text == "0" { return .zero }
    if text.isEmpty { throw NotationError("the duration is empty", offset: 0, advice: "write `90s` or `1h30m`") }
    var total: Int64 = 0
    var allowed = units[...]
    while cursor.next != nil {
      let start = cursor.offset
      let digits = cursor.take { $0.isDigit }
      let name = cursor.take { $0.isASCII && $0.isLetter }
      let length = max(1, cursor.offset - start)
      guard !digits.isEmpty, let unit = units.first(where: { $0.name == name }) else {
        throw NotationError(
          "`\(text)` is not a duration", offset: start, length: length,
          advice: "write whole numbers with units y, w, d, h, m, s, ms: `1h30m`")
      }
      guard let index = allowed.firstIndex(where: { $0.name == unit.name }) else {
        throw NotationError(
          "`\(name)` is out of order", offset: start, length: length, advice: "each unit once, the largest first")
      }
      allowed = units[(index + 1)...]
      let part = Int64(digits).map { $0.multipliedReportingOverflow(by: unit.milliseconds) }
      // Prometheus holds durations in 64-bit nanoseconds.
      guard let part, !part.overflow, part.partialValue <= Int64.max / 1_000_000 - total else {
        throw NotationError("the duration is too long", offset: start, length: length)
      }
      total += part.partialValue
    }
    return .milliseconds(total)
  }

  /// Writes a duration as Prometheus does, cut to whole milliseconds; `0s` for none, `-30s` before zero.
  public static func format(_ duration: Duration) -> String {
    guard duration > .milliseconds(-1) else { return "-" + format(.zero - duration) }
    var rest = Int64(duration / .milliseconds(1))
    guard rest > 0 else { return "0s" }
    var text = ""
    for unit in units {
      // Weeks and years are written only where nothing is left over: `8d`, not `1w1d`.
      if unit.name == "y" || unit.name == "w", rest % unit.milliseconds != 0 { continue }
      if rest >= unit.milliseconds { text += "\(rest / unit.milliseconds)\(unit.name)" }
      rest %= unit.milliseconds
    }
    return text
  }
}
