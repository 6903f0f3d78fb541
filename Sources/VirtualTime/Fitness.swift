import Glibc

/// Refuses what would silently run in real time, or never wake: a script, or a program that is not Go's.
///
/// Go's runtime takes SIGURG and computes its remaining timeouts anew, which is what a jump relies on; other programs ignore that signal.
func refuseWhatCannotLiveUnderTheClock(_ command: Command) throws(SpawnError) {
  let advice = "run this scenario with --clock real"
  let file = open(command.path, O_RDONLY | O_CLOEXEC)
  guard file >= 0 else { throw SpawnError(path: command.path, reason: String(cString: strerror(errno))) }
  defer { close(file) }
  guard let image = ELFImage(file) else {
    throw SpawnError(
      path: command.path,
      reason: "it is no x86-64 program but perhaps a script, which would run in real time: \(advice)")
  }
  // In every Go program since 1.13, stripped or not.
  guard image.sectionNames().contains(".go.buildinfo") else {
    throw SpawnError(path: command.path, reason: "it is not a Go program, which virtual time cannot wake: \(advice)")
  }
}

/// The little of a 64-bit ELF file that is needed to read the names of its sections.
private struct ELFImage {
  private let file: Int32
  private let header: [UInt8]

  init?(_ file: Int32) {
    self.file = file
    header = bytes(of: file, at: 0, count: 64)
    let amd64: UInt64 = 62
    guard header.count == 64, header.starts(with: [0x7f, 0x45, 0x4c, 0x46, 2, 1]), integer(header, 18, 2) == amd64
    else { return nil }
  }

  func sectionNames() -> [String] {
    let (entry, count) = (Int(integer(header, 58, 2)), Int(integer(header, 60, 2)))
    guard entry >= 64 else { return [] }
    let table = bytes(of: file, at: integer(header, 40, 8), count: entry * count)
    let nameTable = Int(integer(header, 62, 2)) * entry
    guard table.count == entry * count, nameTable < table.count else { return [] }
    let names = bytes(
      of: file, at: integer(table, nameTable + 24, 8), count: Int(min(integer(table, nameTable + 32, 8), 1 << 16)))
    return stride(from: 0, to: table.count, by: entry).map { section in
      String(decoding: names.dropFirst(Int(integer(table, section, 4))).prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}

private func integer(_ bytes: [UInt8], _ offset: Int, _ size: Int) -> UInt64 {
  bytes[offset..<offset + size].reversed().reduce(0) { $0 << 8 | UInt64($1) }
}

private func bytes(of file: Int32, at offset: UInt64, count: Int) -> [UInt8] {
  [UInt8](unsafeUninitializedCapacity: count) { buffer, read in
    read = max(0, pread(file, buffer.baseAddress, count, off_t(truncatingIfNeeded: offset)))
  }
}
