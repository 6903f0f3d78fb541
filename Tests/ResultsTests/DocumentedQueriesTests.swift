import Events
import Foundation
import GRDB
import Results
import Testing

/// The queries of docs/results.md, against a database as a run leaves it.
@Suite struct DocumentedQueriesTests {
  @Test func theQueriesAnswer() async throws {
    let folder = try Folder()
    let recorder = try RunRecorder(path: folder.file("r.sqlite"))
    try await recorder.record(.runStarted(runInfo("a")))
    for event in events(of: 0) { try await recorder.record(event) }
    let answers = try await answers(of: try queries(), in: folder.file("r.sqlite"))
    #expect(answers.count == 6)
    #expect(answers[0] == ["a 2026-02-02 02:40:00 cut off 1 2"])
    #expect(answers[1] == ["Redis 0 alert HighMemoryUsage firing too late scenarios/redis.yaml:34"])
    #expect(answers[5] == [], "the run is older than that")
    #expect(throws: ResultsError.self) { try ResultsStore(path: folder.file("r.sqlite")).run() }
  }

  private func queries() throws -> [String] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let page = try String(contentsOf: root.appending(path: "docs/results.md"), encoding: .utf8)
    return page.split(separator: "```sql\n").dropFirst().compactMap {
      $0.split(separator: "```").first.map(String.init)
    }
  }

  /// Outside of a transaction, since one of them sets a pragma.
  private func answers(of queries: [String], in path: String) async throws -> [[String]] {
    try await DatabaseQueue(path: path).writeWithoutTransaction { database in
      try queries.map { query in
        var rows: [String] = []
        let statements = try database.allStatements(sql: query)
        while let statement = try statements.next() {
          if statement.columnCount == 0 {
            try statement.execute()
          } else {
            rows += try Row.fetchAll(statement).map { row in
              row.databaseValues.map { "\($0.storage.value ?? "null")" }.joined(separator: " ")
            }
          }
        }
        return rows
      }
    }
  }
}
