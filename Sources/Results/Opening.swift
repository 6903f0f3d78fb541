import Foundation
import GRDB

/// A database file of Firedrill, opened for writing or for reading, with its troubles put into words.
enum Opening {
  /// Opens for writing; makes the folder and the file where they are missing, and brings an older schema up to date.
  static func writer(_ path: String) throws -> DatabaseQueue {
    try explained(path) {
      let folder = URL(filePath: path).deletingLastPathComponent().path
      do {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      } catch {
        throw unwritable(path, "the folder cannot be made")
      }
      return try alone(in: folder) {
        var configuration = shared
        configuration.journalMode = .wal
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.read { try refuseForeign($0, path) }
        try Schema.migrator.migrate(queue)
        return queue
      }
    }
  }

  /// Opens for reading; a missing or empty file is an error.
  static func reader(_ path: String) throws -> DatabaseQueue {
    guard FileManager.default.fileExists(atPath: path) else {
      throw ResultsError(
        .missing, path, "there are no results at \(path)", advice: "run some scenarios first, or name another file")
    }
    return try explained(path) {
      var configuration = shared
      configuration.readonly = true
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      try queue.read { database in
        try refuseForeign(database, path)
        guard try Schema.migrator.hasCompletedMigrations(database) else { throw foreign(path) }
      }
      return queue
    }
  }

  /// Runs `body` and turns what SQLite says into a ``ResultsError``.
  static func explained<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
    var isFolder: ObjCBool = false
    // SQLite calls it an I/O error.
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      throw unwritable(path, "it is a folder")
    }
    do { return try body() } catch { throw explain(error, path) }
  }

  static func explain(_ error: any Error, _ path: String) -> ResultsError {
    guard let error = error as? DatabaseError else {
      if let known = error as? ResultsError { return known }
      return ResultsError(.other, path, "\(path) could not be used: \(error)", advice: "name another file")
    }
    switch error.resultCode {
    case .SQLITE_NOTADB: return foreign(path)
    case .SQLITE_CORRUPT:
      return ResultsError(
        .corrupt, path, "\(path) is damaged",
        advice: "move it away and start anew, or save what is left with `sqlite3 \(path) .recover`")
    case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
      return unwritable(path, error.message ?? "permission denied")
    case .SQLITE_FULL:
      return ResultsError(.unwritable, path, "the disk of \(path) is full", advice: "make room and run again")
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      return ResultsError(
        .busy, path, "\(path) has been locked by another program for \(patience) seconds",
        advice: "close the program that holds it")
    default:
      return ResultsError(
        .other, path, "\(path) could not be used: \(error.message ?? error.description)", advice: "name another file")
    }
  }

  /// Seconds that one writer waits for another.
  private static let patience = 10

  private static var shared: Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(TimeInterval(patience))
    return configuration
  }

  /// An empty file is ours to fill; one with tables must carry our mark and no migration that we do not know.
  private static func refuseForeign(_ database: Database, _ path: String) throws {
    guard try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") != 0 else { return }
    guard try Int.fetchOne(database, sql: "PRAGMA application_id") == Schema.applicationID else { throw foreign(path) }
    if try Schema.migrator.hasBeenSuperseded(database) {
      throw ResultsError(
        .newer, path, "\(path) was written by a newer Firedrill", advice: "update firedrill, or name another file")
    }
  }

  private static func foreign(_ path: String) -> ResultsError {
    ResultsError(.foreign, path, "\(path) is not a results database of Firedrill", advice: "name another file")
  }

  private static func unwritable(_ path: String, _ why: String) -> ResultsError {
    ResultsError(
      .unwritable, path, "\(path) cannot be opened: \(why)",
      advice: "name a file in a folder that you may write to")
  }

  /// Lets openers take turns: SQLite's change to WAL and the migrator both take it that nobody else is making the file.
  private static func alone<Value>(in folder: String, _ body: () throws -> Value) throws -> Value {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return try body() }
    defer { close(descriptor) }
    while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
    return try body()
  }
}
