import Events

extension Double {
  /// With exactly `digits` decimals, a point and no exponent; what is no number is 0.
  func fixed(_ digits: Int) -> String {
    guard isFinite, abs(self) < 1e15 else { return digits == 0 ? "0" : "0." + String(repeating: "0", count: digits) }
    let power = (0..<digits).reduce(1) { product, _ in product * 10 }
    let scaled = Int((abs(self) * Double(power)).rounded())
    let sign = self < 0 && scaled != 0 ? "-" : ""
    guard digits > 0 else { return "\(sign)\(scaled)" }
    return "\(sign)\(scaled / power)." + String("\(power + scaled % power)".dropFirst())
  }

  /// Of real time, for people: `2.1 s`, `48 s`, `3 m 20 s`.
  var wallText: String {
    guard isFinite, self < 1e9 else { return "? s" }
    if self < 10 { return "\(fixed(1)) s" }
    if self < 120 { return "\(fixed(0)) s" }
    let seconds = Int(self.rounded())
    return "\(seconds / 60) m \(seconds % 60) s"
  }
}

extension Duration {
  var seconds: Double { self / .seconds(1) }
}

/// How many times faster than real time something ran; nil where that cannot be said.
func speed(virtual: Double, wall: Double) -> Double? {
  guard virtual > 0, wall > 0, virtual.isFinite, wall.isFinite else { return nil }
  return virtual / wall
}

/// Of a speed, for people: `1571x`, `1.4x`.
func speedText(_ speed: Double) -> String { "\(speed.fixed(speed < 10 ? 1 : 0))x" }

/// Seconds since 1970 as a calendar time of UTC to the second, `2026-03-01T08:00:00`, without a zone.
func calendarText(_ epoch: Double) -> String {
  let seconds = Int(epoch.isFinite && abs(epoch) < 1e11 ? epoch.rounded(.down) : 0)
  let days = Int((Double(seconds) / 86_400).rounded(.down))
  let time = seconds - days * 86_400
  // Days to a date of the Gregorian calendar whose years begin in March, by eras of 400 years.
  let shifted = days + 719_468
  let era = Int((Double(shifted) / 146_097).rounded(.down))
  let dayOfEra = shifted - era * 146_097
  let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
  let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
  let shiftedMonth = (5 * dayOfYear + 2) / 153
  let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
  let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  func padded(_ number: Int, _ width: Int) -> String {
    String(repeating: "0", count: max(0, width - "\(number)".count)) + "\(number)"
  }
  return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    + "T\(padded(time / 3600, 2)):\(padded(time / 60 % 60, 2)):\(padded(time % 60, 2))"
}

/// How long something took in both times, for people: `55m in 2.1 s (1571x)`.
func paceText(virtual: Double, wall: Double) -> String {
  let bounded = virtual.isFinite ? min(max(virtual, 0), 1e9) : 0
  let text = "\(Duration.seconds(bounded).prometheusText) in \(wall.wallText)"
  guard let speed = speed(virtual: virtual, wall: wall) else { return text }
  return "\(text) (\(speedText(speed)))"
}
