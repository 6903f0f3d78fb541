/// A text that should be a time, or a length of time, and is none.
struct NoTime: Error {
  var text: String
}

/// The moments that Grafana's time texts stand for: `now-6h`, `now-1d/d`, epoch milliseconds, dates. [Grafana:
/// datetime/datemath.ts]
struct TimeExpression {
  let calendar: ZonedCalendar
  var fiscalStart = 0
  /// Epoch milliseconds.
  let now: Int64

  /// Epoch milliseconds of a moment in 2115: between two moments nanoseconds still fit into 64 bits.
  static let latest: Int64 = 4_600_000_000_000

  /// Epoch milliseconds, or nil where the text is no time. Rounding (`/d`) goes to the start of the unit, or,
  /// `roundingUp`, to its end.
  func moment(_ text: String, roundingUp: Bool) -> Int64? {
    let text = text.trimmingBlanks
    if text.hasPrefix("now") {
      return (-Self.latest..<Self.latest).contains(now)
        ? apply(text.dropFirst(3), to: now, roundingUp: roundingUp) : nil
    }
    if let number = Int64(text), text.count > 4 { return (-Self.latest..<Self.latest).contains(number) ? number : nil }
    return date(text)
  }

  /// Applies `-1d/d` and the like to a moment.
  func apply(_ math: Substring, to start: Int64, roundingUp: Bool) -> Int64? {
    var moment = start
    var rest = math
    while let op = rest.first {
      rest = rest.dropFirst()
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      rest = rest[digits.endIndex...]
      guard digits.isEmpty || (op != "/" && digits.count <= 10), let unit = takeUnit(&rest) else { return nil }
      let count = Int(digits) ?? 1
      let next: Int64? =
        switch op {
        case "-": calendar.add(-count, unit, to: moment)
        case "+": calendar.add(count, unit, to: moment)
        case "/": rounded(moment, unit, up: roundingUp)
        default: nil
        }
      guard let next, (-Self.latest..<Self.latest).contains(next) else { return nil }
      moment = next
    }
    return moment
  }

  private func rounded(_ moment: Int64, _ unit: ZonedCalendar.Unit, up: Bool) -> Int64? {
    guard let start = calendar.start(of: unit, at: moment, fiscalStart: fiscalStart) else { return nil }
    return up ? calendar.add(1, unit, to: start).map { $0 - 1 } : start
  }

  private func takeUnit(_ rest: inout Substring) -> ZonedCalendar.Unit? {
    let isFiscal = rest.first == "f"
    if isFiscal { rest = rest.dropFirst() }
    defer { rest = rest.dropFirst() }
    switch (rest.first, isFiscal) {
    case ("Q", true): return .fiscalQuarter
    case ("y", true): return .fiscalYear
    case ("s", false): return .second
    case ("m", false): return .minute
    case ("h", false): return .hour
    case ("d", false): return .day
    case ("w", false): return .week
    case ("M", false): return .month
    case ("Q", false): return .quarter
    case ("y", false): return .year
    default: return nil
    }
  }

  // MARK: - Dates

  /// `2023-11-14`, `2023-11-14 22:13:20`, `2023-11-14T22:13:20.000Z`, `20231114T221320`; without a zone in the
  /// dashboard's.
  private func date(_ text: Substring) -> Int64? {
    let (days, clock) = split(text)
    let fields = days.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard fields.allSatisfy({ $0.map { $0 >= 0 } ?? false }) else { return nil }
    var numbers = fields.compactMap { $0 }
    if numbers.count == 1, days.count == 8 {
      numbers = [numbers[0] / 10_000, numbers[0] / 100 % 100, numbers[0] % 100]
    }
    guard let year = numbers.first, (1...9999).contains(year), numbers.count <= 3 else { return nil }
    let month = numbers.count > 1 ? numbers[1] : 1
    let day = numbers.count > 2 ? numbers[2] : 1
    guard (1...12).contains(month), (1...31).contains(day) else { return nil }
    guard let (milliseconds, zone) = time(clock) else { return nil }
    let base = (zone == nil ? calendar : .utc)
    return base.moment(year: year, month: month, day: day, seconds: milliseconds / 1000).map {
      $0 + Int64(milliseconds % 1000) - Int64(zone ?? 0) * 1000
    }
  }

  private func split(_ text: Substring) -> (Substring, Substring) {
    guard let separator = text.firstIndex(where: { $0 == "T" || $0 == " " }) else { return (text, "") }
    return (text[..<separator], text[text.index(after: separator)...])
  }

  /// Milliseconds of the day, and the zone's seconds east of UTC where one is written.
  private func time(_ text: Substring) -> (Int, zone: Int?)? {
    guard !text.isEmpty else { return (0, nil) }
    let clock = text.prefix { $0.isASCII && $0.isNumber || $0 == ":" || $0 == "." }
    guard let zone = zone(text[clock.endIndex...].trimmingBlanks) else { return nil }
    var parts = clock.split(separator: ":").map { Double($0) }
    if parts.count == 1, clock.prefix(while: { $0 != "." }).count == 6, let packed = Double(clock), packed < 240_000 {
      parts = [(packed / 10_000).rounded(.down), (packed / 100).rounded(.down).truncatingRemainder(dividingBy: 100)]
      parts.append(packed.truncatingRemainder(dividingBy: 100))
    }
    let numbers = parts.compactMap { $0 }
    guard numbers.count == parts.count, (1...3).contains(numbers.count), numbers.allSatisfy({ $0 < 61 }) else {
      return nil
    }
    let seconds = zip(numbers, [3600, 60, 1]).reduce(0.0) { $0 + $1.0 * $1.1 }
    return (Int((seconds * 1000).rounded()), zone)
  }

  /// Seconds east of UTC; nil inside where no zone is written, nil outside where it is none.
  private func zone(_ text: Substring) -> Int?? {
    if text.isEmpty { return .some(nil) }
    if text == "Z" || text == "z" { return 0 }
    guard let sign = text.first, sign == "+" || sign == "-" else { return nil }
    let digits = text.dropFirst().filter { $0 != ":" }
    guard digits.count == 4, let number = Int(digits), number >= 0 else { return nil }
    return (number / 100 * 3600 + number % 100 * 60) * (sign == "-" ? -1 : 1)
  }
}
