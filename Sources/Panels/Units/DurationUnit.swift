import Foundation

/// Units of time spans, whose word changes with the size of the value. [Grafana: dateTimeFormatters.ts]
enum DurationUnit: String, Sendable {
  case nanoseconds = "ns"
  case microseconds = "µs"
  case milliseconds = "ms"
  case seconds = "s"
  case minutes = "m"
  case hours = "h"
  case days = "d"
  case wordsOfMilliseconds = "dtdurationms"
  case wordsOfSeconds = "dtdurations"
  case clockOfHours = "dthms"
  case clockOfDays = "dtdhms"
  case timeTicks = "timeticks"
  case clockOfMilliseconds = "clockms"
  case clockOfSeconds = "clocks"

  /// The value as text; `number` writes one that is scaled.
  func text(_ value: Double, decimals: Int?, number: (Double) -> String) -> String {
    guard value.isFinite else { return NumberText.nonFinite(value) }
    switch self {
    case .wordsOfMilliseconds: return words(value, in: 1, unit: "millisecond", decimals: decimals)
    case .wordsOfSeconds: return words(value, in: 1000, unit: "second", decimals: decimals)
    case .clockOfHours: return signed(value) { clock($0) }
    case .clockOfDays:
      return signed(value) { value in
        let days = (value / 86_400).rounded(.down)
        return (days > 0 ? "\(whole(days)) d " : "") + clock(value - days * 86_400)
      }
    case .clockOfMilliseconds: return stopwatch(value, decimals: decimals)
    case .clockOfSeconds: return stopwatch(value * 1000, decimals: decimals)
    case .timeTicks: return DurationUnit.seconds.scaled(value / 100, number)
    default: return scaled(value, number)
    }
  }

  /// One line: values below `limit`, divided by `divisor`, with the word behind them.
  private typealias Line = (limit: Double, divisor: Double, word: String)

  private func scaled(_ value: Double, _ number: (Double) -> String) -> String {
    if self == .seconds, value == 0 { return "0 s" }
    guard let line = lines.first(where: { abs(value) < $0.limit }) ?? lines.last else { return number(value) }
    return "\(number(value / line.divisor)) \(line.word)"
  }

  private var lines: [Line] {
    switch self {
    case .nanoseconds:
      [
        (1e3, 1, "ns"), (1e6, 1e3, "µs"), (1e9, 1e6, "ms"), (6e10, 1e9, "s"), (3.6e12, 6e10, "min"),
        (8.64e13, 3.6e12, "hour"), (.infinity, 8.64e13, "day"),
      ]
    case .microseconds: [(1e3, 1, "µs"), (1e6, 1e3, "ms"), (.infinity, 1e6, "s")]
    case .milliseconds:
      [
        (1e3, 1, "ms"), (6e4, 1e3, "s"), (3.6e6, 6e4, "min"), (8.64e7, 3.6e6, "hour"), (3.1536e10, 8.64e7, "day"),
        (.infinity, 3.1536e10, "year"),
      ]
    case .minutes:
      [
        (60, 1, "min"), (1440, 60, "hour"), (10_080, 1440, "day"), (604_800, 10_080, "week"),
        (.infinity, 525_948, "year"),
      ]
    case .hours: [(24, 1, "hour"), (168, 24, "day"), (8760, 168, "week"), (.infinity, 8760, "year")]
    case .days: [(7, 1, "day"), (365, 7, "week"), (.infinity, 365, "year")]
    default:
      [
        (1e-6, 1e-9, "ns"), (1e-3, 1e-6, "µs"), (1, 1e-3, "ms"), (60, 1, "s"), (3600, 60, "min"),
        (86_400, 3600, "hour"),
        (604_800, 86_400, "day"), (31_536_000, 604_800, "week"), (.infinity, 3.15569e7, "year"),
      ]
    }
  }
}

extension DurationUnit {
  /// `1 hour, 5 minutes`: the largest unit and `decimals` smaller ones.
  private func words(_ value: Double, in milliseconds: Double, unit: String, decimals: Int?) -> String {
    if value == 0 { return "0 \(unit)s" }
    return signed(value) { value in
      let units: [(String, Double)] = [
        ("year", 3.1536e10), ("month", 2.592e9), ("week", 6.048e8), ("day", 8.64e7), ("hour", 3.6e6), ("minute", 6e4),
        ("second", 1e3), ("millisecond", 1),
      ]
      var rest = value * milliseconds
      var parts: [String] = []
      for (name, size) in units where parts.count <= decimals ?? 0 {
        let count = (rest / size).rounded(.down)
        guard count >= 1 || !parts.isEmpty else { continue }
        parts.append("\(whole(count)) \(name)\(count == 1 ? "" : "s")")
        rest = rest.truncatingRemainder(dividingBy: size)
      }
      return parts.joined(separator: ", ")
    }
  }

  private func signed(_ value: Double, _ text: (Double) -> String) -> String {
    value < 0 ? text(-value) + " ago" : text(value)
  }

  /// `01:02:03` of seconds.
  private func clock(_ seconds: Double) -> String {
    let hours = (seconds / 3600).rounded(.down)
    let rest = seconds - hours * 3600
    let minutes = (rest / 60).rounded(.down)
    return "\(padded(hours, 2)):\(padded(minutes, 2)):\(padded((rest - minutes * 60).rounded(.down), 2))"
  }

  /// `01h:02m:03s:004ms`, cut after `decimals` parts behind the first.
  private func stopwatch(_ milliseconds: Double, decimals: Int?) -> String {
    let value = abs(milliseconds)
    let hours = (value / 3.6e6).rounded(.down)
    let minutes = (value / 6e4).rounded(.down) - hours * 60
    let seconds = (value / 1e3).rounded(.down) - hours * 3600 - minutes * 60
    let rest = value.truncatingRemainder(dividingBy: 1000).rounded(.down)
    var parts = ["\(padded(seconds, 2))s", "\(padded(rest, 3))ms"]
    switch value {
    case ..<1000: parts = ["\(padded(rest, 3))ms"]
    case ..<6e4: break
    case ..<3.6e6: parts.insert("\(padded(minutes, 2))m", at: 0)
    default: parts = ["\(whole(hours))h", "\(padded(minutes, 2))m"] + parts
    }
    return parts.prefix((decimals ?? 3) + 1).joined(separator: ":")
  }

  private func whole(_ value: Double) -> String { NumberText.javaScript(value.rounded(.down)) }

  private func padded(_ value: Double, _ width: Int) -> String {
    let text = whole(value)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }
}
