import CVirtualTime
import Dispatch
import Glibc
import Synchronization

/// Starts processes on one thread that lives as long as Firedrill.
///
/// A tracer is a thread, and so is the parent whose death ends a child (`PR_SET_PDEATHSIG`): from a thread of a pool, children would die at random.
final class Spawner: Sendable {
  static let shared = Spawner()

  private let jobs = Mutex<[@Sendable () -> Void]>([])
  private let arrived = DispatchSemaphore(value: 0)

  private init() {
    startThread("spawner") { [self] in
      while true {
        arrived.wait()
        let job = jobs.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        job?()
      }
    }
  }

  /// Starts `command`, under the clock whose descriptors are given or in real time; returns its pid.
  func spawn(_ command: Command, under clock: ClockPage?) async throws(SpawnError) -> Int32 {
    let result = await withCheckedContinuation {
      (continuation: CheckedContinuation<Result<Int32, SpawnError>, Never>) in
      jobs.withLock { $0.append { continuation.resume(returning: start(command, under: clock)) } }
      arrived.signal()
    }
    return try result.get()
  }
}

private func start(_ command: Command, under clock: ClockPage?) -> Result<Int32, SpawnError> {
  func failed(_ reason: String) -> Result<Int32, SpawnError> {
    .failure(SpawnError(path: command.path, reason: reason))
  }
  let log = open(command.logPath, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
  guard log >= 0 else { return failed("cannot open its log \(command.logPath): \(String(cString: strerror(errno)))") }
  defer { close(log) }

  var failure = vt_failure()
  let pid = withCStringArray([command.path] + command.arguments) { arguments in
    withCStringArray(command.environment.map { "\($0.key)=\($0.value)" }.sorted()) { environment in
      withCStrings([command.path, command.directory, command.hostName ?? "", command.hostsFile ?? ""]) { texts in
        var request = vt_command()
        request.path = UnsafePointer(texts[0])
        request.argv = arguments
        request.envp = environment
        request.directory = UnsafePointer(texts[1])
        request.host_name = command.hostName == nil ? nil : UnsafePointer(texts[2])
        request.hosts_file = command.hostsFile == nil ? nil : UnsafePointer(texts[3])
        request.output_fd = log
        request.clock = clock.map { UnsafePointer($0.pointer) }
        return vt_spawn(&request, &failure)
      }
    }
  }
  guard pid > 0 else { return failed(text(of: failure)) }
  return .success(pid)
}

private func text(of failure: vt_failure) -> String {
  let what = withUnsafeBytes(of: failure.what) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  return failure.code == 0 ? what : "\(what): \(String(cString: strerror(failure.code)))"
}

/// Calls `body` with C strings and a null after them; they live as long as the call.
private func withCStrings<R>(_ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> R) -> R {
  let copies = strings.map { strdup($0) }
  defer { for copy in copies { free(copy) } }
  return body(copies + [nil])
}

private func withCStringArray<R>(_ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> R) -> R {
  withCStrings(strings) { copies in
    copies.withUnsafeBufferPointer { buffer in
      // The array ends in nil, so it is never empty and has a base address.
      guard let base = buffer.baseAddress else { preconditionFailure("an array of at least one pointer") }
      return body(base)
    }
  }
}
