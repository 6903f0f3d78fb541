import Foundation
import GRDB

/// A results file that cannot be used.
public struct ResultsError: Error, Sendable, CustomStringConvertible {
  /// One sentence.
  public var description: String
  public var advice: String
}

/// Opens a results file: WAL, so that readers and other runs need not wait, and each event is safe once it is written.
func openResults(_ path: String, creating: Bool) throws -> DatabasePool {
  if creating {
    let folder = (path as NSString).deletingLastPathComponent
    if !folder.isEmpty { try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }
  } else if !FileManager.default.fileExists(atPath: path) {
    throw ResultsError(description: "there are no results at \(path)", advice: "make some: firedrill run")
  }
  do {
    var configuration = Configuration()
    configuration.busyMode = .timeout(30)
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = NORMAL") }
    let pool = try DatabasePool(path: path, configuration: configuration)
    let migrator = Schema.migrator
    let isNewer = try pool.read { try migrator.hasBeenSuperseded($0) }
    guard !isNewer else {
      throw ResultsError(
        description: "\(path) was written by a newer Firedrill",
        advice: "use that one, or name another file: --results FILE")
    }
    try migrator.migrate(pool)
    return pool
  } catch let error as DatabaseError {
    throw ResultsError(
      description: "cannot use \(path) for results: \(error.message ?? "SQLite says \(error.resultCode)")",
      advice: "name another file: --results FILE; move this one away if it is broken")
  }
}

/// JSON in one column: small lists and maps that no query joins on.
func json(_ value: some Encodable) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  return String(decoding: try encoder.encode(value), as: UTF8.self)
}

func fromJSON<Value: Decodable>(_ text: String) throws -> Value {
  try JSONDecoder().decode(Value.self, from: Data(text.utf8))
}

extension Duration {
  var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
  }
}
