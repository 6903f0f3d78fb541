import Foundation

/// Writes moments by a pattern of Moment.js, as `${__from:date:YYYY-MM}` does.
struct DatePattern {
  let calendar: ZonedCalendar

  private static let tokens = [
    "YYYY", "YY", "MMMM", "MMM", "MM", "M", "DDDD", "DD", "D", "dddd", "ddd", "HH", "H", "hh", "h", "mm", "m", "SSS",
    "ss", "s", "A", "a", "ZZ", "Z", "X", "x", "Q",
  ]
  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]
  private static let days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]

  /// `2023-11-14T22:13:20.000Z`
  static func iso(_ milliseconds: Int64) -> String {
    DatePattern(calendar: .utc).format(milliseconds, "YYYY-MM-DDTHH:mm:ss.SSS[Z]")
  }

  /// `[...]` is kept as it is, and so is everything that is no token.
  func format(_ milliseconds: Int64, _ pattern: String) -> String {
    let parts = calendar.parts(of: milliseconds)
    var result = ""
    var rest = pattern[...]
    while let first = rest.first {
      if first == "[", let end = rest.firstIndex(of: "]") {
        result += rest[rest.index(after: rest.startIndex)..<end]
        rest = rest[rest.index(after: end)...]
      } else if let token = Self.tokens.first(where: { rest.hasPrefix($0) }) {
        result += text(of: token, parts, milliseconds)
        rest = rest.dropFirst(token.count)
      } else {
        result.append(first)
        rest = rest.dropFirst()
      }
    }
    return result
  }

  private func text(of token: String, _ parts: DateComponents, _ milliseconds: Int64) -> String {
    let (month, weekday, hour) = (parts.month ?? 1, parts.weekday ?? 1, parts.hour ?? 0)
    switch token {
    case "YYYY": return padded(parts.year ?? 0, 4)
    case "YY": return padded((parts.year ?? 0) % 100, 2)
    case "MMMM": return Self.months[(month - 1) % 12]
    case "MMM": return String(Self.months[(month - 1) % 12].prefix(3))
    case "MM", "M": return padded(month, token.count)
    case "DD", "D": return padded(parts.day ?? 1, token.count)
    case "dddd": return Self.days[(weekday - 1) % 7]
    case "ddd": return String(Self.days[(weekday - 1) % 7].prefix(3))
    case "HH", "H": return padded(hour, token.count)
    case "hh", "h": return padded((hour + 11) % 12 + 1, token.count)
    case "mm", "m": return padded(parts.minute ?? 0, token.count)
    case "ss", "s": return padded(parts.second ?? 0, token.count)
    case "SSS": return padded(Int((milliseconds % 1000 + 1000) % 1000), 3)
    case "A": return hour < 12 ? "AM" : "PM"
    case "a": return hour < 12 ? "am" : "pm"
    case "Z", "ZZ": return zone(at: milliseconds, separator: token == "Z" ? ":" : "")
    case "X": return String(milliseconds / 1000)
    case "x": return String(milliseconds)
    case "Q": return String((month - 1) / 3 + 1)
    default: return token
    }
  }

  private func zone(at milliseconds: Int64, separator: String) -> String {
    let minutes = calendar.offset(at: milliseconds) / 60
    return (minutes < 0 ? "-" : "+") + padded(abs(minutes) / 60, 2) + separator + padded(abs(minutes) % 60, 2)
  }

  private func padded(_ number: Int, _ length: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, length - digits.count)) + digits
  }
}
