/// Takes commands out of the bytes of a connection: arrays of bulk strings, or inline lines.
struct RedisCommandReader {
  /// What a client sent is no command; the connection ends, as with Redis.
  struct ProtocolFault: Error, Hashable {
    var message: String
  }

  private static let argumentLimit = 1024
  private static let byteLimit = 1 << 20
  private var buffer: [UInt8] = []

  /// Adds bytes that arrived.
  mutating func append(_ bytes: some Sequence<UInt8>) { buffer.append(contentsOf: bytes) }

  /// The next whole command, or nil until more has arrived; an empty line is an empty command.
  mutating func next() throws(ProtocolFault) -> [String]? {
    guard buffer.count <= Self.byteLimit else { throw ProtocolFault(message: "too big mbulk count string") }
    var position = 0
    guard let line = line(at: &position) else { return nil }
    guard line.first == "*" else {
      buffer.removeFirst(position)
      return line.split(whereSeparator: \.isWhitespace).map(String.init)
    }
    guard let count = Int(line.dropFirst()), count <= Self.argumentLimit else {
      throw ProtocolFault(message: "invalid multibulk length")
    }
    var arguments: [String] = []
    while arguments.count < count {
      guard let header = self.line(at: &position) else { return nil }
      guard header.first == "$" else {
        throw ProtocolFault(message: "expected '$', got '\(header.first.map(String.init) ?? " ")'")
      }
      guard let length = Int(header.dropFirst()), (0...Self.byteLimit).contains(length) else {
        throw ProtocolFault(message: "invalid bulk length")
      }
      guard buffer.count >= position + length + 2 else { return nil }
      arguments.append(String(decoding: buffer[position..<position + length], as: UTF8.self))
      position += length + 2
    }
    buffer.removeFirst(position)
    return arguments
  }

  /// The line that begins at `position`, which moves behind its end.
  private func line(at position: inout Int) -> String? {
    guard let end = buffer[position...].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    var text = buffer[position..<end]
    if text.last == UInt8(ascii: "\r") { text.removeLast() }
    position = end + 1
    return String(decoding: text, as: UTF8.self)
  }
}
