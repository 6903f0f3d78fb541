/// A value of the Redis protocol, as an answer.
indirect enum RESP: Sendable {
  case simple(String)
  case error(String)
  case integer(Int)
  case bulk(String)
  case null
  case array([RESP])
  /// A map: in version 2 of the protocol a flat array.
  case map([(key: RESP, value: RESP)])

  /// Writes it as version 2 or 3 of the protocol has it.
  func write(version: Int, into output: inout [UInt8]) {
    func line(_ text: String) { output += Array((text + "\r\n").utf8) }
    switch self {
    case .simple(let text): line("+" + text)
    case .error(let text): line("-" + text)
    case .integer(let value): line(":\(value)")
    case .bulk(let text): line("$\(text.utf8.count)\r\n\(text)")
    case .null: line(version == 3 ? "_" : "$-1")
    case .array(let items):
      line("*\(items.count)")
      for item in items { item.write(version: version, into: &output) }
    case .map(let pairs):
      line(version == 3 ? "%\(pairs.count)" : "*\(pairs.count * 2)")
      for (key, value) in pairs {
        key.write(version: version, into: &output)
        value.write(version: version, into: &output)
      }
    }
  }

  static func bulks(_ texts: [String]) -> RESP { .array(texts.map(RESP.bulk)) }
}
