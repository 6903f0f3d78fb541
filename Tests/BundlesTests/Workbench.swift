import Bundles
import Diagnostics
import Foundation

/// A folder of artefacts that is gone after the test.
final class Workbench {
  let path: String

  init() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "firedrill-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.path()
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ text: String, _ name: String) throws {
    let file = URL(filePath: path).appending(path: name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: file, atomically: true, encoding: .utf8)
  }

  func load(_ name: String = "", inputs: [String: String] = [:]) throws(Findings) -> Bundles.Bundle {
    let nowhere = Place(file: "scenario.yaml", line: 1, column: 1)
    let file = name.isEmpty ? path : "\(path)/\(name)"
    return try BundleLoader(inputs: inputs.mapValues { Located($0, at: nowhere) }).load(file, named: nowhere)
  }

  /// Everything that is wrong with what is there, files named without the folder.
  func findings(_ name: String = "", inputs: [String: String] = [:]) -> [Finding] {
    do {
      _ = try load(name, inputs: inputs)
      return []
    } catch {
      return error.all.map { finding in
        var finding = finding
        finding.place?.file.replace(path + "/", with: "")
        finding.message.replace(path, with: "")
        return finding
      }
    }
  }
}

/// A program of the system, or nil where it is not installed.
struct Oracle {
  private let program: URL

  init?(_ name: String) {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    let found = folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    guard let found else { return nil }
    program = URL(filePath: found)
  }

  /// What it says, and whether it is content.
  func run(_ arguments: [String], in folder: String) throws -> (isContent: Bool, output: String) {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: folder)
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus == 0, output)
  }
}
