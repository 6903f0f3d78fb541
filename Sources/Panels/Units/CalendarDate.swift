/// A moment as a date of the Gregorian calendar and a time of day.
struct CalendarDate: Sendable {
  /// Days since 1970-01-01.
  let days: Int
  let year: Int
  let month: Int
  let day: Int
  let secondOfDay: Int
  let millisecond: Int
  private let unixSeconds: Double
  private let utcOffset: Int

  /// Nil for what lies outside of the years -10000 to 20000, as far as anything is a date.
  init?(unixSeconds: Double, utcOffset: Double) {
    let offset = utcOffset.isFinite ? min(max(utcOffset, -86_400), 86_400) : 0
    let local = unixSeconds + offset
    guard local.isFinite, abs(local) < 5e11 else { return nil }
    let whole = Int(local.rounded(.down))
    self.unixSeconds = unixSeconds
    self.utcOffset = Int(offset)
    days = Int((Double(whole) / 86_400).rounded(.down))
    secondOfDay = whole - days * 86_400
    millisecond = min(999, Int(((local - Double(whole)) * 1000).rounded()))
    (year, month, day) = Self.date(ofDay: days)
  }

  /// The days since 1970 to the first of a month; months beyond 12 run into later years.
  static func day(year: Int, month: Int) -> Int {
    let year = year + (month - 1) / 12
    let month = (month - 1) % 12 + 1
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// By eras of 400 years that begin in March, so that leap days come last.
  private static func date(ofDay days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]
  private static let weekdays = ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"]

  /// The date in the tokens of moment.js: `YYYY-MM-DD HH:mm:ss`; `[text]` stays as it is.
  func text(_ pattern: String) -> String {
    var result = ""
    var rest = Substring(pattern.prefix(200))
    while let first = rest.first {
      if first == "[", let end = rest.firstIndex(of: "]") {
        result += rest[rest.index(after: rest.startIndex)..<end]
        rest = rest[rest.index(after: end)...]
      } else {
        let run = rest.prefix { $0 == first }
        let token = Self.tokens.first { run.hasPrefix($0) }
        result += token.map(value) ?? String(first)
        rest = rest.dropFirst(token?.count ?? 1)
      }
    }
    return result
  }

  /// Longer ones first.
  private static let tokens = [
    "YYYY", "YY", "MMMM", "MMM", "MM", "M", "DD", "D", "dddd", "ddd", "HH", "H", "hh", "h", "mm", "m", "SSS", "ss", "s",
    "A", "a", "X", "x", "ZZ", "Z",
  ]

  private func value(_ token: String) -> String {
    let (hour, minute, second) = (secondOfDay / 3600, secondOfDay / 60 % 60, secondOfDay % 60)
    let hour12 = (hour + 11) % 12 + 1
    switch token {
    case "YYYY": return padded(year, 4)
    case "YY": return padded(abs(year) % 100, 2)
    case "MMMM": return Self.months[month - 1]
    case "MMM": return String(Self.months[month - 1].prefix(3))
    case "dddd": return Self.weekdays[((days % 7) + 7) % 7]
    case "ddd": return String(Self.weekdays[((days % 7) + 7) % 7].prefix(3))
    case "MM", "M": return padded(month, token.count)
    case "DD", "D": return padded(day, token.count)
    case "HH", "H": return padded(hour, token.count)
    case "hh", "h": return padded(hour12, token.count)
    case "mm", "m": return padded(minute, token.count)
    case "ss", "s": return padded(second, token.count)
    case "SSS": return padded(millisecond, 3)
    case "A": return hour < 12 ? "AM" : "PM"
    case "a": return hour < 12 ? "am" : "pm"
    case "X": return "\(Int(unixSeconds.rounded(.down)))"
    case "x": return "\(Int((unixSeconds * 1000).rounded(.down)))"
    default:
      let minutes = abs(utcOffset) / 60
      let separator = token == "Z" ? ":" : ""
      return "\(utcOffset < 0 ? "-" : "+")\(padded(minutes / 60, 2))\(separator)\(padded(minutes % 60, 2))"
    }
  }

  private func padded(_ number: Int, _ width: Int) -> String {
    let digits = "\(number.magnitude)"
    return (number < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
