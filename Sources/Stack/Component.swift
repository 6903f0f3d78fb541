import Curl
import Glibc
public import VirtualTime

/// One running program of the stack: its process, its log, and the address at which it listens.
public final class Component: Sendable {
  /// `prometheus`, `alertmanager`, `redis_exporter`, ...
  public let name: String
  public let process: ChildProcess
  public let logPath: String
  /// `127.1.2.3:40321`
  public let address: String

  private init(name: String, process: ChildProcess, logPath: String, address: String) {
    self.name = name
    self.process = process
    self.logPath = logPath
    self.address = address
  }

  /// `http://127.1.2.3:40321`
  public var url: String { "http://\(address)" }

  /// How it is known where a program listens.
  public enum Listening: Sendable {
    /// The program was given port 0 and logs `msg="Listening on" address=...`.
    case saidInLog
    /// The program was given this address.
    case at(String)
  }

  /// Starts a program and waits, in real time, until it answers `GET readyPath` with 200.
  public static func start(
    _ name: String, _ command: Command, under clock: any ProcessClock, listening: Listening, readyPath: String,
    reaper: Reaper, patience: Duration = .seconds(30)
  ) async throws -> Component {
    // A program that is started again goes on in the same log: what it said before does not count.
    let logStart = size(of: command.logPath)
    let process: ChildProcess
    do { process = try await clock.start(command) } catch { throw StackError("\(name): \(error)") }
    reaper.watch(process)
    do {
      let address = try await address(of: name, process, command.logPath, from: logStart, listening, patience)
      let component = Component(name: name, process: process, logPath: command.logPath, address: address)
      _ = try await eventually(within: patience, "an answer of \(name) at \(address)\(readyPath)") {
        try check(name, process, command.logPath)
        let answer = try? await HTTPClient.shared.send(
          HTTPRequest("GET", "http://\(address)\(readyPath)", timeout: .seconds(5)))
        return answer?.status == 200 ? true : nil
      }
      return component
    } catch {
      process.send(signal: SIGKILL)
      throw withTail(error, of: command.logPath)
    }
  }

  private static func address(
    of name: String, _ process: ChildProcess, _ log: String, from logStart: Int, _ listening: Listening,
    _ patience: Duration
  ) async throws -> String {
    if case .at(let address) = listening { return address }
    return try await eventually(within: patience, "the line in \(name)'s log that says where it listens") {
      try check(name, process, log)
      return listeningAddress(inLog: String(decoding: readBytes(of: log, from: logStart) ?? [], as: UTF8.self))
    }
  }

  private static func check(_ name: String, _ process: ChildProcess, _ log: String) throws(StackError) {
    if let status = process.endedWith {
      throw StackError("\(name) ended with \(status) before it was ready", details: tail(of: log, lines: 20))
    }
  }

  private static func withTail(_ error: any Error, of log: String) -> any Error {
    guard var error = error as? StackError, error.details.isEmpty else { return error }
    error.details = tail(of: log, lines: 20)
    return error
  }

  /// Waits until it ends, which it should not; says so with the tail of its log.
  public func failure() async -> StackError {
    let status = await process.exitStatus()
    return StackError("\(name) died with \(status)", details: tail(of: logPath, lines: 20))
  }

  /// Asks it to end, and makes it end after `grace` of real time.
  public func stop(grace: Duration = .seconds(5)) async {
    process.send(signal: SIGTERM)
    let killer = Task { [process] in
      try await Task.sleep(for: grace)
      process.send(signal: SIGKILL)
    }
    _ = await process.exitStatus()
    killer.cancel()
  }
}

/// The address in exporter-toolkit's line, in logfmt or JSON; the earlier `Start listening` line still says port 0.
func listeningAddress(inLog log: String) -> String? {
  for line in log.split(separator: "\n") where line.contains("\"Listening on\"") {
    for marker in ["address=", "\"address\":\""] {
      guard let found = line.firstRange(of: marker) else { continue }
      return String(line[found.upperBound...].prefix { $0 != " " && $0 != "\"" })
    }
  }
  return nil
}
