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
        async let digest = sha256(of: path, folder: folder)
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
  versionNumber(in: await output(of: path, ["--version"], folder: folder)) ?? "unknown"
}

/// Coreutils hash 100 MB in a blink in every build of Firedrill; our own debug build would take seconds.
private func sha256(of path: String, folder: String) async -> String {
  let digits = await output(of: "/usr/bin/sha256sum", [path], folder: folder).prefix { $0.isHexDigit }
  return digits.count == 64 ? String(digits) : "unknown"
}

private func output(of path: String, _ arguments: [String], folder: String) async -> String {
  let log = "\(folder)/output-\(getpid())-\(UInt32.random(in: .min ... .max)).txt"
  defer { unlink(log) }
  let command = Command(
    path: path, arguments: arguments, environment: ["PATH": "/usr/bin:/bin"], directory: "/", logPath: log)
  guard let process = try? await RealClock(lead: .zero).start(command) else { return "" }
  _ = await process.exitStatus()
  return readText(of: log) ?? ""
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
