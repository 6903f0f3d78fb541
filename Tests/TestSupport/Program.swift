import Dispatch
import Foundation

/// Runs a program to its end, without a proxy of the machine's; what it wrote, standard error behind standard output.
public func run(_ program: String, _ arguments: [String]) async throws -> (status: Int32, output: String) {
  try await withCheckedThrowingContinuation { continuation in
    DispatchQueue.global().async { continuation.resume(with: Result { try runBlocking(program, arguments) }) }
  }
}

/// Runs curl, bounded in time.
public func curl(_ arguments: String...) async throws -> (status: Int32, output: String) {
  try await run("curl", ["-q", "-sS", "--max-time", "20"] + arguments)
}

/// Runs `body` with a folder that is gone afterwards.
public func withTemporaryFolder<R>(_ body: (String) async throws -> R) async throws -> R {
  let folder = FileManager.default.temporaryDirectory.appending(path: "firedrill-test-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try await body(folder.path)
}

private func runBlocking(_ program: String, _ arguments: [String]) throws -> (status: Int32, output: String) {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = [program] + arguments
  process.environment = ProcessInfo.processInfo.environment.filter { !$0.key.lowercased().hasSuffix("_proxy") }
  let pipe = Pipe()
  process.standardOutput = pipe
  process.standardError = pipe
  process.standardInput = FileHandle.nullDevice
  try process.run()
  let data = pipe.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return (process.terminationStatus, String(decoding: data, as: UTF8.self))
}
