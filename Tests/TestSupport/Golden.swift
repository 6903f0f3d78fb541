import Foundation

/// How a text differs from the file of that name in `Tests/Goldens`, nil where it does not; `FIREDRILL_UPDATE_GOLDENS=1` rewrites the file.
public func goldenDifference(_ text: String, _ name: String) throws -> String? {
  let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  let file = tests.appending(path: "Goldens/\(name)")
  if ProcessInfo.processInfo.environment["FIREDRILL_UPDATE_GOLDENS"] == "1" {
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: file, atomically: true, encoding: .utf8)
  }
  let expected = try String(contentsOf: file, encoding: .utf8)
  guard text != expected else { return nil }
  let difference = zip(text.split(separator: "\n"), expected.split(separator: "\n")).first { $0 != $1 }
  return "\(name) differs, first in: \(difference.map { "\($0.0)" } ?? "its length")"
}
