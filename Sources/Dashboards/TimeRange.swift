/// The time that a dashboard or panel looks at; epoch milliseconds.
public struct TimeRange: Sendable, Hashable {
  public var from: Int64
  public var to: Int64
  /// Whether the start is written relative to now, so that a panel may override it.
  public var isRelative: Bool

  /// Creates a range.
  public init(from: Int64, to: Int64, isRelative: Bool) {
    self.from = from
    self.to = to
    self.isRelative = isRelative
  }

  /// Milliseconds; never negative.
  public var length: Int64 { max(0, to - from) }
}

/// With what a dashboard is looked at.
public struct QuerySettings: Sendable {
  /// Epoch milliseconds.
  public var now: Int64
  /// Replaces the dashboard's own time: `1h` or `now-1h` (the last hour), or `FROM to TO` of two times of Grafana; nil
  /// keeps it.
  public var range: String?
  /// What `browser` and an empty time zone stand for: an IANA name or `utc`.
  public var timezone: String
  /// In pixels. A panel's `maxDataPoints`, where it has none, is its width: of the window 50 px are lost to margins,
  /// the rest is 24 columns with 8 px between panels. 1600 px give 1550 points to a panel of 24 columns, 771 to one of
  /// 12.
  public var windowWidth: Int
  /// Replaces the width of panels; a panel's own `maxDataPoints` still counts.
  public var maxDataPoints: Int?
  public var dataSources: DataSources

  /// Creates settings.
  public init(
    now: Int64, range: String? = nil, timezone: String = "utc", windowWidth: Int = 1600, maxDataPoints: Int? = nil,
    dataSources: DataSources = DataSources()
  ) {
    self.now = now
    self.range = range
    self.timezone = timezone
    self.windowWidth = windowWidth
    self.maxDataPoints = maxDataPoints
    self.dataSources = dataSources
  }

  func points(of panel: Panel) -> Int {
    if let own = panel.maxDataPoints { return own }
    if let maxDataPoints { return max(1, maxDataPoints) }
    let grid = min(max(windowWidth, 100), 100_000) - 50
    return max(1, panel.gridPosition.width * (grid + 8) / 24 - 8)
  }
}

/// A dashboard's clock: its time zone and its range.
struct DashboardClock {
  let calendar: ZonedCalendar
  let expression: TimeExpression
  let range: TimeRange

  /// Throws the text that is no time.
  init(_ time: DashboardTime, settings: QuerySettings) throws(NoTime) {
    let named = time.timezone.isEmpty || time.timezone == "browser" ? settings.timezone : time.timezone
    calendar = ZonedCalendar(timeZone: named, weekStart: time.weekStart)
    let delay = time.nowDelay.flatMap(FrontEndInterval.milliseconds) ?? 0
    expression = TimeExpression(
      calendar: calendar, fiscalStart: time.fiscalYearStartMonth, now: settings.now - (Int64(exactly: delay) ?? 0))
    let (from, to) = settings.range.map(Self.ends) ?? (time.from, time.to)
    guard let start = expression.moment(from, roundingUp: false) else { throw NoTime(text: from) }
    guard let end = expression.moment(to, roundingUp: true) else { throw NoTime(text: to) }
    range = TimeRange(from: start, to: end, isRelative: from.utf8.holds("now") || to.utf8.holds("now"))
  }

  private static func ends(of range: String) -> (String, String) {
    if let separator = range.firstRange(of: " to ") {
      return (String(range[..<separator.lowerBound]), String(range[separator.upperBound...]))
    }
    return (range.hasPrefix("now") ? range : "now-" + range, "now")
  }

  /// The range of a panel with its overrides, whose variables are put in. [Grafana: PanelTimeRange.tsx]
  ///
  /// Throws the override that is no time: Grafana then says "invalid time override".
  func range(timeFrom: String?, timeShift: String?) throws(NoTime) -> TimeRange {
    var range = range
    if let timeFrom, range.isRelative {
      let text = timeFrom.utf8.holds("now") ? timeFrom : "now-" + timeFrom
      guard let from = expression.moment(text, roundingUp: false) else { throw NoTime(text: timeFrom) }
      range.from = from
      range.to = expression.now
    }
    if let timeShift {
      let math = "-" + timeShift
      guard let from = expression.apply(math[...], to: range.from, roundingUp: false),
        let to = expression.apply(math[...], to: range.to, roundingUp: true)
      else { throw NoTime(text: timeShift) }
      (range.from, range.to) = (from, to)
    }
    return range
  }
}
