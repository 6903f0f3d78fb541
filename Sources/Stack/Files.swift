import Glibc

/// The text of a file; nil where it cannot be read. Invalid UTF-8 is replaced: logs are foreign.
public func readText(of path: String) -> String? {
  readBytes(of: path, from: 0).map { String(decoding: $0, as: UTF8.self) }
}

/// The bytes of a file from an offset on.
func readBytes(of path: String, from offset: Int) -> [UInt8]? {
  let file = open(path, O_RDONLY | O_CLOEXEC)
  guard file >= 0 else { return nil }
  defer { close(file) }
  var about = stat()
  guard fstat(file, &about) == 0 else { return nil }
  let size = max(0, Int(about.st_size) - offset)
  return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
    while count < size {
      let got = pread(file, buffer.baseAddress.map { $0 + count }, size - count, off_t(offset + count))
      guard got > 0 else { return }
      count += got
    }
  }
}

/// The size of a file in bytes; 0 where there is none.
func size(of path: String) -> Int {
  var about = stat()
  return stat(path, &about) == 0 ? Int(about.st_size) : 0
}

/// The last lines of a log, at most `count`, none longer than 500 characters.
func tail(of path: String, lines count: Int) -> [String] {
  guard let bytes = readBytes(of: path, from: max(0, size(of: path) - 65536)) else { return [] }
  return String(decoding: bytes, as: UTF8.self).split(separator: "\n").suffix(count).map { String($0.prefix(500)) }
}

/// Writes a whole file.
public func writeText(_ text: String, to path: String) throws(StackError) {
  let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
  guard file >= 0 else { throw StackError("cannot write \(path): \(String(cString: strerror(errno)))") }
  defer { close(file) }
  var rest = Array(text.utf8)[...]
  while !rest.isEmpty {
    let count = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
    guard count > 0 else { throw StackError("cannot write \(path): \(String(cString: strerror(errno)))") }
    rest = rest.dropFirst(count)
  }
}

/// Makes a folder and those above it.
public func makeFolder(_ path: String) throws(StackError) {
  var built = ""
  for part in path.split(separator: "/", omittingEmptySubsequences: false) {
    built += part + "/"
    guard mkdir(built, 0o700) == 0 || errno == EEXIST || errno == EROFS || errno == EISDIR else {
      throw StackError("cannot make the folder \(built): \(String(cString: strerror(errno)))")
    }
  }
}
