import Foundation
import TestSupport
import Testing

/// Compares a text with the file of that name in `Tests/Goldens/Reports`; `FIREDRILL_UPDATE_GOLDENS=1` rewrites it.
func expectGolden(_ text: String, _ name: String, _ location: SourceLocation = #_sourceLocation) throws {
  #expect(try goldenDifference(text, "Reports/\(name)") == nil, sourceLocation: location)
}

/// What a program says of `input` on its standard input, and how it ended; nil where it is not installed.
func run(_ program: String, _ arguments: [String], input: String) throws -> (status: Int32, output: String)? {
  guard FileManager.default.isExecutableFile(atPath: program) else { return nil }
  let file = FileManager.default.temporaryDirectory.appending(path: "firedrill-\(UUID().uuidString)")
  try input.write(to: file, atomically: true, encoding: .utf8)
  defer { try? FileManager.default.removeItem(at: file) }
  let process = Process()
  let pipe = Pipe()
  process.executableURL = URL(filePath: program)
  process.arguments = arguments + [file.path]
  process.standardOutput = pipe
  process.standardError = pipe
  try process.run()
  let output = pipe.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return (process.terminationStatus, String(decoding: output, as: UTF8.self))
}
