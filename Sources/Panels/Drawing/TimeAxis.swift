import Foundation

/// Maps times to a horizontal axis that shows the whole range that was asked for, and labels it.
struct TimeAxis: Sendable {
  /// Unix seconds.
  let from: Double
  let to: Double
  let utcOffset: Double

  /// Any two times make an axis.
  init(from: Double, to: Double, utcOffset: Double) {
    let valid = from.isFinite && to.isFinite && abs(from) < 1e12 && abs(to) < 1e12
    self.from = valid ? min(from, to) : 0
    self.to = valid ? max(from, to, min(from, to) + 1) : 3600
    self.utcOffset = utcOffset
  }

  func x(_ time: Double, in rect: Rect) -> Double { rect.x + (time - from) / (to - from) * rect.width }

  struct Tick: Sendable {
    var time: Double
    var label: String
  }

  /// Round local times whose labels, at 12 px, do not touch in `width` px.
  func ticks(width: Double) -> [Tick] {
    let range = to - from
    guard width > 40, range > 0 else { return [] }
    for seconds in Self.steps {
      let pattern = pattern(step: seconds)
      let room = TextWidth.of(String(pattern.map { $0.isLetter ? "0" : $0 })) + 24
      guard width * seconds / range >= room else { continue }
      let first = ((from + utcOffset) / seconds).rounded(.up) * seconds - utcOffset
      return stride(from: first, through: to, by: seconds).map { tick($0, pattern) }
    }
    return calendarTicks(width: width)
  }

  private func tick(_ time: Double, _ pattern: String) -> Tick {
    Tick(time: time, label: CalendarDate(unixSeconds: time, utcOffset: utcOffset)?.text(pattern) ?? "")
  }

  /// [Grafana: public/app/plugins/panel, systemDateFormats.interval]
  private func pattern(step: Double) -> String {
    if step < 60 { return "HH:mm:ss" }
    if step < 86_400 { return to - from <= 86_400 ? "HH:mm" : "MM/DD HH:mm" }
    return "MM/DD"
  }

  private static let steps: [Double] = [
    1, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 14_400, 21_600, 28_800, 43_200, 86_400, 172_800,
    259_200, 345_600, 604_800, 1_209_600,
  ]

  /// The first days of months, of years, of decades.
  private func calendarTicks(width: Double) -> [Tick] {
    guard let start = CalendarDate(unixSeconds: from, utcOffset: utcOffset) else { return [] }
    for months in [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 12_000] {
      let room = TextWidth.of("0000-00") + 24
      guard width * Double(months) * 2_592_000 / (to - from) >= room else { continue }
      let offset = months < 12 ? start.month - 1 : 0
      let firstMonth = offset - offset % months
      let firstYear = months < 12 ? start.year : start.year - start.year % (months / 12)
      return (0..<200).lazy.map { index in
        let day = CalendarDate.day(year: firstYear, month: firstMonth + 1 + index * months)
        return tick(Double(day) * 86_400 - utcOffset, months < 12 ? "YYYY-MM" : "YYYY")
      }.filter { from <= $0.time && $0.time <= to }
    }
    return []
  }
}
