import Foundation
import Testing

/// The real binary, run as a user runs it.
struct Firedrill {
  var folder: String
  var environment: [String: String] = [:]

  struct Result {
    var status: Int32
    var output: String
    var errors: String
  }

  /// The repository's root.
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  /// Beside the test bundle, where SwiftPM puts every product.
  static var binary: String {
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    let candidates = [own, CommandLine.arguments[0], Bundle.main.bundlePath + "/x"].map {
      URL(fileURLWithPath: $0).deletingLastPathComponent().appendingPathComponent("firedrill").path
    }
    return candidates.first { FileManager.default.isExecutableFile(atPath: $0) } ?? root + "/.build/debug/firedrill"
  }

  /// A fresh folder in which the project's fixtures lie.
  init() throws {
    folder = NSTemporaryDirectory() + "firedrill-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: folder + "/fixtures", withDestinationPath: Self.root + "/fixtures")
  }

  func remove() { try? FileManager.default.removeItem(atPath: folder) }

  func write(_ text: String, to name: String) throws {
    let file = URL(fileURLWithPath: folder).appendingPathComponent(name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: file, atomically: true, encoding: .utf8)
  }

  func read(_ name: String) throws -> String { try String(contentsOfFile: folder + "/" + name, encoding: .utf8) }

  /// Starts it; output goes to files, so that nobody has to read while it runs.
  func start(_ arguments: [String]) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Self.binary)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    var all = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    all["FIREDRILL_WORK"] = folder + "/scratch"
    all["SWIFT_BACKTRACE"] = "enable=no"
    process.environment = all
    for name in ["stdout", "stderr"] { _ = FileManager.default.createFile(atPath: folder + "/" + name, contents: nil) }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle(forWritingAtPath: folder + "/stdout")
    process.standardError = FileHandle(forWritingAtPath: folder + "/stderr")
    try process.run()
    return process
  }

  func run(_ arguments: [String]) async throws -> Result {
    let process = try start(arguments)
    await ended(process)
    return Result(status: process.terminationStatus, output: try read("stdout"), errors: try read("stderr"))
  }

  /// Waits on a thread of its own: `waitUntilExit` blocks.
  func ended(_ process: Process) async {
    await withCheckedContinuation { continuation in
      Thread {
        process.waitUntilExit()
        continuation.resume()
      }.start()
    }
  }
}
