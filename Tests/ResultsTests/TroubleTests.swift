import Events
import Foundation
import GRDB
import Results
import Testing

/// What is said of files that cannot be used, by both who write and who read.
@Suite struct TroubleTests {
  let folder: Folder

  init() throws { folder = try Folder() }

  private func expect(
    _ reason: ResultsError.Reason, at path: String, writing: Bool = true, reading: Bool = true,
    _ location: SourceLocation = #_sourceLocation
  ) {
    var errors: [ResultsError?] = []
    if writing {
      errors.append(#expect(throws: ResultsError.self, sourceLocation: location) { _ = try RunRecorder(path: path) })
    }
    if reading {
      errors.append(#expect(throws: ResultsError.self, sourceLocation: location) { _ = try ResultsStore(path: path) })
    }
    for error in errors {
      #expect(error?.reason == reason, "\(error?.description ?? "-")", sourceLocation: location)
      #expect(error?.message.contains(path) == true && error?.advice.isEmpty == false, sourceLocation: location)
    }
  }

  @Test func aFileThatIsNoDatabase() throws {
    let path = folder.file("notes.txt")
    try String(repeating: "not a database at all\n", count: 100).write(toFile: path, atomically: true, encoding: .utf8)
    expect(.foreign, at: path)
    #expect(try String(contentsOfFile: path, encoding: .utf8).hasPrefix("not a database"), "it is left alone")
  }

  @Test func aDatabaseOfSomebodyElse() throws {
    let path = folder.file("grafana.db")
    try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE dashboard (id INTEGER)") }
    expect(.foreign, at: path)
  }

  @Test func aNewerSchema() throws {
    let path = folder.file("r.sqlite")
    _ = try RunRecorder(path: path)
    try DatabaseQueue(path: path).write {
      try $0.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('v99')")
    }
    expect(.newer, at: path)
  }

  @Test func aDamagedFile() async throws {
    let path = folder.file("r.sqlite")
    do {
      let recorder = try RunRecorder(path: path)
      try await recorder.record(.runStarted(runInfo("a")))
      for event in events(of: 0) { try await recorder.record(event) }
    }
    try await DatabaseQueue(path: path).writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
    let file = try #require(FileHandle(forUpdatingAtPath: path))
    try file.seek(toOffset: 100)
    try file.write(contentsOf: Data(repeating: 0xA5, count: 60_000))
    try file.close()
    expect(.corrupt, at: path)
  }

  @Test func nothingThere() throws {
    expect(.missing, at: folder.file("none.sqlite"), writing: false)
    #expect(!FileManager.default.fileExists(atPath: folder.file("none.sqlite")), "reading makes no file")
  }

  @Test func anEmptyFileIsFilledButHoldsNoResults() throws {
    let path = folder.file("empty.sqlite")
    try Data().write(to: URL(filePath: path))
    expect(.foreign, at: path, writing: false)
    _ = try RunRecorder(path: path)
    let error = #expect(throws: ResultsError.self) { try ResultsStore(path: path).run() }
    #expect(error?.reason == .noSuchRun)
  }

  @Test(arguments: ["/proc/firedrill.sqlite", "/proc/no/such/r.sqlite", "/dev/null/r.sqlite"])
  func aPlaceThatCannotBeWritten(_ path: String) {
    expect(.unwritable, at: path, reading: false)
  }

  @Test func aFolderInPlaceOfTheFile() {
    expect(.unwritable, at: folder.path)
  }

  @Test func noSuchRunNamesTheLatest() async throws {
    let path = folder.file("r.sqlite")
    try await RunRecorder(path: path).record(.runStarted(runInfo("20260301T080000-aaaa")))
    let error = #expect(throws: ResultsError.self) { try ResultsStore(path: path).run(id: "nope") }
    #expect(error?.reason == .noSuchRun && error?.advice.contains("20260301T080000-aaaa") == true)
  }
}
