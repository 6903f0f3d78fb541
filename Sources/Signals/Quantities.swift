private let sizeUnits: [String: Double] = [
  "": 1, "B": 1, "kB": 1e3, "KB": 1e3, "MB": 1e6, "GB": 1e9, "TB": 1e12,
  "KiB": 1024, "MiB": 1_048_576, "GiB": 1_073_741_824, "TiB": 1_099_511_627_776,
]

/// Reads a size in bytes: `200MB` is 2*10^8, `1MiB` is 2^20; a number alone is in bytes.
public func parseSize(_ text: String) throws(NotationError) -> Double {
  let (number, unit, offset) = try splitQuantity(text)
  guard let factor = sizeUnits[unit] else {
    throw NotationError(
      "`\(unit)` is not a unit of size", offset: offset, length: unit.count,
      advice: "known here: B, kB, MB, GB, TB (powers of 10), KiB, MiB, GiB, TiB (powers of 2)")
  }
  return number * factor
}

/// Reads a rate and gives it per second: `100/s`, `60/m`, `1.5/h`; a number alone is per second.
public func parseRate(_ text: String) throws(NotationError) -> Double {
  let (number, unit, offset) = try splitQuantity(text)
  switch unit {
  case "", "/s": return number
  case "/m": return number / 60
  case "/h": return number / 3600
  case "/d": return number / 86400
  default:
    throw NotationError(
      "`\(unit)` is not a unit of rate", offset: offset, length: unit.count, advice: "write `100/s`, `60/m`, `5/h`")
  }
}

private func splitQuantity(_ text: String) throws(NotationError) -> (number: Double, unit: String, offset: Int) {
  var cursor = Cursor(text)
  let sign = cursor.take("-") ? "-" : ""
  var digits = cursor.take { $0.isDigit || $0 == "." }
  let following = cursor.offset + 1 < cursor.characters.count ? cursor.characters[cursor.offset + 1] : " "
  if cursor.next == "e" || cursor.next == "E", following.isDigit || following == "-" || following == "+" {
    cursor.advance()
    digits += "e" + cursor.take { $0.isDigit || $0 == "-" || $0 == "+" }
  }
  guard let number = Double(sign + digits), number.isFinite else {
    throw NotationError("`\(text)` does not begin with a number", offset: 0, length: text.count)
  }
  _ = cursor.take { $0 == " " }
  let offset = cursor.offset
  return (number, cursor.take { _ in true }, offset)
}
