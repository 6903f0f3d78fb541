import Foundation

/// Units of points in time, given in milliseconds since 1970. [Grafana: dateTimeFormatters.ts]
struct DateUnit: Sendable {
  /// In the tokens of moment.js; nil: how long ago.
  var pattern: String?
  /// For times of the day that counts as today.
  var todayPattern: String?

  static let all: [String: DateUnit] = [
    "dateTimeAsIso": DateUnit(pattern: iso), "dateTimeAsUS": DateUnit(pattern: us),
    "dateTimeAsIsoNoDateIfToday": DateUnit(pattern: iso, todayPattern: "HH:mm:ss"),
    "dateTimeAsUSNoDateIfToday": DateUnit(pattern: us, todayPattern: "h:mm:ss a"),
    "dateTimeAsLocal": DateUnit(pattern: "MM/DD/YYYY, hh:mm:ss A"),
    "dateTimeAsLocalNoDateIfToday": DateUnit(pattern: "MM/DD/YYYY, hh:mm:ss A", todayPattern: "hh:mm:ss A"),
    "dateTimeAsSystem": DateUnit(pattern: iso), "dateTimeFromNow": DateUnit(pattern: nil),
  ]

  static let iso = "YYYY-MM-DD HH:mm:ss"
  private static let us = "MM/DD/YYYY h:mm:ss a"

  /// What cannot be a date is said so, as moment.js does.
  func text(milliseconds: Double, _ dates: DateContext) -> String {
    guard let date = CalendarDate(unixSeconds: milliseconds / 1000, utcOffset: dates.utcOffset) else {
      return "Invalid date"
    }
    guard let pattern else { return Self.ago(dates.now - milliseconds / 1000) }
    let today = CalendarDate(unixSeconds: dates.now, utcOffset: dates.utcOffset)
    if let todayPattern, today?.days == date.days { return date.text(todayPattern) }
    return date.text(pattern)
  }

  /// `5 minutes ago`, with the limits of moment.js.
  private static func ago(_ seconds: Double) -> String {
    let (minutes, hours, days) = (abs(seconds) / 60, abs(seconds) / 3600, abs(seconds) / 86_400)
    let words: String
    switch abs(seconds).rounded() {
    case ..<45: words = "a few seconds"
    case ..<90: words = "a minute"
    case _ where minutes.rounded() < 45: words = "\(Int(minutes.rounded())) minutes"
    case _ where minutes < 90: words = "an hour"
    case _ where hours.rounded() < 22: words = "\(Int(hours.rounded())) hours"
    case _ where hours < 36: words = "a day"
    case _ where days.rounded() < 26: words = "\(Int(days.rounded())) days"
    case _ where days < 46: words = "a month"
    case _ where days < 320: words = "\(Int((days / 30.437).rounded())) months"
    case _ where days < 548: words = "a year"
    default: words = "\(NumberText.javaScript((days / 365.25).rounded())) years"
    }
    return seconds < 0 ? "in \(words)" : "\(words) ago"
  }
}
