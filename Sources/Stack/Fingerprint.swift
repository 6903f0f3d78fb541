import Crypto
import Glibc
import Synchronization
import VirtualTime

/// What identifies a program in the record of a run.
public struct Fingerprint: Hashable, Sendable {
  /// What it says of itself; `unknown` where it says nothing.
  public var version: String
  /// 64 hex digits.
  public var sha256: String
}

/// Versions and digests, read once for each path in the life of the process: hashing 100 MB and starting a program take a while.
public final class Fingerprints: Sendable {
  public static let shared = Fingerprints()
  private let known = Mutex<[String: Task<Fingerprint, Never>]>([:])

  /// The fingerprint of the program at `path`; `folder` is where the output of `--version` may be written.
  public func fingerprint(of path: String, folder: String) async -> Fingerprint {
    let task = known.withLock { known in
      if let task = known[path] { return task }
      let task = Task {
        async let digest = sha256(of: path)
        return await Fingerprint(version: version(of: path, folder: folder), sha256: digest)
      }
      known[path] = task
      return task
    }
    return await task.value
  }
}

/// Runs `path --version`; finds the first thing like a version number in what it prints.
private func version(of path: String, folder: String) async -> String {
  let log = "\(folder)/version-\(path.split(separator: "/").last ?? "program")-\(getpid()).txt"
  defer { unlink(log) }
  let command = Command(path: path, arguments: ["--version"], environment: ["PATH": "/usr/bin:/bin"], directory: "/", logPath: log)
  guard let process = try? await RealClock(lead: .zero).start(command) else { return "unknown" }
  _ = await process.exitStatus()
  return versionNumber(in: readText(of: log) ?? "") ?? "unknown"
}

/// `prometheus, version 2.42.0+ds (branch: ...)` holds `2.42.0+ds`.
func versionNumber(in text: String) -> String? {
  for word in text.split(whereSeparator: { $0.isWhitespace || $0 == "," || $0 == "\"" || $0 == "=" }) {
    let bare = word.hasPrefix("v") ? word.dropFirst() : word
    let parts = bare.prefix { $0.isNumber || $0 == "." }.split(separator: ".", omittingEmptySubsequences: false)
    if parts.count >= 2, parts.allSatisfy({ !$0.isEmpty }) { return String(bare) }
  }
  return nil
}

@concurrent private func sha256(of path: String) async -> String {
  let file = open(path, O_RDONLY | O_CLOEXEC)
  guard file >= 0 else { return "" }
  defer { close(file) }
  var hash = SHA256()
  var buffer = [UInt8](repeating: 0, count: 1 << 20)
  while true {
    let count = read(file, &buffer, buffer.count)
    guard count > 0 else { break }
    buffer.withUnsafeBytes { hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[..<count])) }
  }
  let hex = Array("0123456789abcdef")
  return String(hash.finalize().flatMap { [hex[Int($0 >> 4)], hex[Int($0 & 15)]] })
}
