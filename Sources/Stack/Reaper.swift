import Foundation
import Glibc
import Synchronization
public import VirtualTime

/// A small process that outlives Firedrill by a moment: when Firedrill ends, however it ends, it kills what is left and removes the run's folders.
///
/// It holds the reading end of a pipe; the end of file is the end of Firedrill. Grandchildren are found by a mark in their environment.
public final class Reaper: Sendable {
  /// What every child must have in its environment.
  public let mark: String
  public static let markVariable = "FIREDRILL_REAPER"
  private let pipe: Int32
  private let pid: pid_t

  /// Starts `executable` with `arguments`, which must call ``reap(mark:)``.
  public init(executable: String, arguments: [String]) throws(StackError) {
    mark = "\(getpid())-\(UInt32.random(in: .min ... .max))"
    var ends: [Int32] = [0, 0]
    // Nobody else may hold the writing end, or the end of file never comes: closed at exec from the first moment, which a pipe cannot be here.
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
      throw StackError("cannot make a pipe: \(String(cString: strerror(errno)))")
    }
    pipe = ends[1]
    defer { close(ends[0]) }
    var pid: pid_t = 0
    let failure = spawnDetached(&pid, [executable] + arguments + [mark], standardInput: ends[0])
    self.pid = pid
    guard failure == 0 else {
      close(pipe)
      throw StackError("cannot start the reaper \(executable): \(String(cString: strerror(failure)))")
    }
  }

  /// Waits for its end: who else waits for children would find what is left of it for ever.
  deinit {
    close(pipe)
    while waitpid(pid, nil, 0) == -1, errno == EINTR {}
  }

  /// Has a process killed in the end, unless it has ended by then.
  public func watch(_ process: ChildProcess) {
    if let started = startTime(of: process.pid) { say("child \(process.pid) \(started)") }
  }

  /// Has a folder removed in the end.
  public func remove(folder: String) { say("folder \(folder)") }

  /// Leaves a folder alone after all.
  public func keep(folder: String) { say("keep \(folder)") }

  private func say(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = bytes.withUnsafeBytes { write(pipe, $0.baseAddress, $0.count) }  // shorter than PIPE_BUF, so whole
  }

  /// The life of the reaper process: reads from standard input until its end, then cleans up.
  public static func reap(mark: String) {
    for number in [SIGINT, SIGTERM, SIGHUP, SIGPIPE] { signal(number, SIG_IGN) }
    var children: [Int32: String] = [:]
    var folders: Set<String> = []
    while let line = readLine() {
      let words = line.split(separator: " ", maxSplits: 2).map(String.init)
      switch words.first {
      case "child" where words.count == 3: if let pid = Int32(words[1]) { children[pid] = words[2] }
      case "folder": folders.insert(String(line.dropFirst("folder ".count)))
      case "keep": folders.remove(String(line.dropFirst("keep ".count)))
      default: break
      }
    }
    for (pid, started) in children where startTime(of: pid) == started { kill(pid, SIGKILL) }
    killMarked(mark)
    for folder in folders { removeTree(folder) }
  }
}

/// Field 22 of /proc/PID/stat: with the pid it names a process for ever. nil: it is gone, or a zombie.
private func startTime(of pid: Int32) -> String? {
  guard let stat = readProc("/proc/\(pid)/stat"), let end = stat.lastIndex(of: ")") else { return nil }
  let fields = stat[end...].split(separator: " ")
  guard fields.count > 20, fields[1] != "Z" else { return nil }
  return String(fields[20])
}

private func killMarked(_ mark: String) {
  let wanted = "\(Reaper.markVariable)=\(mark)"
  guard let processes = opendir("/proc") else { return }
  defer { closedir(processes) }
  while let entry = readdir(processes) {
    let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    guard let pid = Int32(name), pid != getpid() else { continue }
    if readProc("/proc/\(pid)/environ")?.split(separator: "\0").contains(Substring(wanted)) == true {
      kill(pid, SIGKILL)
    }
  }
}

/// Files of /proc say that they are empty: read until the end.
private func readProc(_ path: String) -> String? {
  let file = open(path, O_RDONLY | O_CLOEXEC)
  guard file >= 0 else { return nil }
  defer { close(file) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 65536)
  while true {
    let count = read(file, &buffer, buffer.count)
    guard count > 0 else { break }
    bytes += buffer[..<count]
  }
  return String(decoding: bytes, as: UTF8.self)
}

/// Removes a folder and all in it, never following a link; one that is gone already is no error.
public func removeTree(_ path: String) { try? FileManager.default.removeItem(atPath: path) }

/// Starts a program in a session of its own, with nothing but the given standard input; returns 0, or an errno.
private func spawnDetached(_ pid: inout pid_t, _ arguments: [String], standardInput: Int32) -> Int32 {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_adddup2(&actions, standardInput, 0)
  for output: Int32 in [1, 2] { posix_spawn_file_actions_addopen(&actions, output, "/dev/null", O_WRONLY, 0) }
  var attributes = posix_spawnattr_t()
  posix_spawnattr_init(&attributes)
  defer { posix_spawnattr_destroy(&attributes) }
  let setSession: Int16 = 0x80  // POSIX_SPAWN_SETSID, so that Ctrl-C does not reach it
  posix_spawnattr_setflags(&attributes, setSession)
  let copies = arguments.map { strdup($0) }
  defer { for copy in copies { free(copy) } }
  var noEnvironment: [UnsafeMutablePointer<CChar>?] = [
    strdup("LD_LIBRARY_PATH=\(getenv("LD_LIBRARY_PATH").map { String(cString: $0) } ?? "")"), nil,
  ]
  defer { free(noEnvironment[0]) }
  return posix_spawn(&pid, arguments[0], &actions, &attributes, copies + [nil], &noEnvironment)
}
