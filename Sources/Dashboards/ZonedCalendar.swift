import Foundation

/// The calendar of a dashboard's time zone: what rounding to days and writing dates need.
struct ZonedCalendar: Sendable {
  private(set) var calendar: Calendar

  static let utc = ZonedCalendar(timeZone: "utc")

  /// `timeZone` is an IANA name or `utc`; an unknown one is UTC. `weekStart` is `sunday`, `monday`, `saturday` or
  /// empty, which is Sunday, as in the English of a browser.
  init(timeZone: String, weekStart: String = "") {
    var calendar = Calendar(identifier: .gregorian)
    calendar.locale = Locale(identifier: "en_US_POSIX")
    calendar.timeZone = TimeZone(identifier: timeZone) ?? .gmt
    calendar.firstWeekday = ["monday": 2, "saturday": 7][weekStart.lowercased()] ?? 1
    self.calendar = calendar
  }

  /// Whether the name stands for a time zone.
  static func knows(_ timeZone: String) -> Bool {
    timeZone.lowercased() == "utc" || TimeZone(identifier: timeZone) != nil
  }

  var name: String { calendar.timeZone.identifier == "GMT" ? "UTC" : calendar.timeZone.identifier }

  /// Seconds east of UTC at a moment of epoch milliseconds.
  func offset(at milliseconds: Int64) -> Int {
    calendar.timeZone.secondsFromGMT(for: Date(milliseconds: milliseconds))
  }

  enum Unit: Sendable {
    case second, minute, hour, day, week, month, quarter, year
    case fiscalQuarter, fiscalYear
  }

  /// The moment some units later; hours and less are lengths of time, days and more are dates.
  func add(_ count: Int, _ unit: Unit, to milliseconds: Int64) -> Int64? {
    let (component, factor): (Calendar.Component, Int) =
      switch unit {
      case .second: (.second, 1)
      case .minute: (.second, 60)
      case .hour: (.second, 3600)
      case .day: (.day, 1)
      case .week: (.day, 7)
      case .month: (.month, 1)
      case .quarter, .fiscalQuarter: (.month, 3)
      case .year, .fiscalYear: (.year, 1)
      }
    let (total, overflow) = count.multipliedReportingOverflow(by: factor)
    guard !overflow, abs(total) < 1 << 40 else { return nil }
    if component == .second { return milliseconds + Int64(total) * 1000 }
    guard abs(total) < 1_000_000 else { return nil }
    return calendar.date(byAdding: component, value: total, to: Date(milliseconds: milliseconds))?.milliseconds
  }

  /// The first millisecond of the unit that a moment lies in. `fiscalStart` is the first month of the fiscal year, 0
  /// for January.
  func start(of unit: Unit, at milliseconds: Int64, fiscalStart: Int = 0) -> Int64? {
    let date = Date(milliseconds: milliseconds)
    let component: Calendar.Component
    switch unit {
    case .second: component = .second
    case .minute: component = .minute
    case .hour: component = .hour
    case .day: component = .day
    case .week: component = .weekOfYear
    case .month: component = .month
    case .year: component = .year
    case .quarter: return startOfMonths(3, from: 0, date)
    case .fiscalQuarter: return startOfMonths(3, from: fiscalStart, date)
    case .fiscalYear: return startOfMonths(12, from: fiscalStart, date)
    }
    return calendar.dateInterval(of: component, for: date)?.start.milliseconds
  }

  private func startOfMonths(_ length: Int, from first: Int, _ date: Date) -> Int64? {
    let month = calendar.component(.month, from: date) - 1
    let back = (month - first + 12) % 12 % length
    guard let moved = calendar.date(byAdding: .month, value: -back, to: date) else { return nil }
    return calendar.dateInterval(of: .month, for: moved)?.start.milliseconds
  }

  /// The parts of a moment's date.
  func parts(of milliseconds: Int64) -> DateComponents {
    calendar.dateComponents(
      [.year, .month, .day, .hour, .minute, .second, .weekday, .quarter], from: Date(milliseconds: milliseconds))
  }

  /// The moment of a date in this zone.
  func moment(year: Int, month: Int, day: Int, seconds: Int) -> Int64? {
    let parts = DateComponents(year: year, month: month, day: day, second: seconds)
    return calendar.date(from: parts)?.milliseconds
  }
}

extension Date {
  init(milliseconds: Int64) {
    self.init(timeIntervalSince1970: Double(milliseconds) / 1000)
  }

  var milliseconds: Int64 { Int64((timeIntervalSince1970 * 1000).rounded()) }
}
