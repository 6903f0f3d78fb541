import Foundation
import Signals
import Testing

@Suite struct NotationTests {
  static let accepted: [String] = [
    "1 2 3", "_", "_x5", "7x3", "1+2x3", "10-2x3", "-1 -2.5", "-3+1x4", "-3-1x4", "+4", "1e3 1.5e-2", "NaN", "Inf",
    "-Inf +Inf", "stale", "1 stale 3 _x2 6", "0.1+0.1x9", "1.", "7x0", "_x0 1", "inf nan", "Inf+1x2", " 1  2 ",
    ".5 -.5",
  ]
  static let refused: [String] = [
    "stalex2", "{{schema:1}}x", "1,2", "0x1f", "Infx3", "1+2", "x3", "1x", "1x2.5", "foo", "-stale", "+ 1", "1 2a",
    "_1", "1_2", ".", "1..2", "1x-2", "--1", "1e", "1+stalex2",
  ]

  @Test(
    arguments: [
      ("1 2 3", [1, 2, 3]), ("7x3", [7, 7, 7, 7]), ("10-2x3", [10, 8, 6, 4]), ("_x2 5 stale", [nil, nil, 5, nil]),
    ] as [(String, [Double?])])
  func expands(text: String, values: [Double?]) throws {
    #expect(try Notation.parse(text).values == values)
  }

  @Test(arguments: [("1 2 fo 3", 4, 2), ("1 stalex2", 2, 7), ("1 {{a}}", 2, 5), ("1 2x9999999", 3, 8), ("1,2", 1, 1)])
  func placesTheFault(text: String, offset: Int, length: Int) {
    let error = #expect(throws: NotationError.self) { try Notation.parse(text) }
    #expect(error?.offset == offset)
    #expect(error?.length == length)
  }

  @Test func promtoolAgreesOnValues() throws {
    var tests = ""
    for (number, text) in Self.accepted.enumerated() {
      tests += "  - interval: 1m\n    input_series: [{series: s\(number), values: '\(text)'}]\n    promql_expr_test:\n"
      for (step, value) in try Notation.parse(text).values.enumerated() {
        tests += question(series: "s\(number)", minute: step, value: value)
      }
      // One step on, nothing may follow.
      tests += question(series: "s\(number)", minute: try Notation.parse(text).values.count, value: nil)
    }
    #expect(try promtool("tests:\n" + tests) == 0)
  }

  @Test(arguments: refused) func promtoolRefusesToo(text: String) throws {
    #expect(throws: NotationError.self) { try Notation.parse(text) }
    let status = try promtool("tests:\n  - interval: 1m\n    input_series: [{series: s, values: '\(text)'}]\n")
    #expect(status != 0)
  }

  private func question(series: String, minute: Int, value: Double?) -> String {
    let last = "last_over_time(\(series)[1s])"
    // NaN equals nothing, so ask how many samples differ from themselves.
    let isNaN = value?.isNaN ?? false
    let expression = isNaN ? "count(\(last) != \(last))" : last
    let number = isNaN ? "1" : value.map { $0.isInfinite ? ($0 < 0 ? "-.inf" : ".inf") : "\($0)" }
    let labels = isNaN ? "{}" : series
    let samples = number.map { "[{labels: '\(labels)', value: \($0)}]" } ?? "[]"
    return "      - {expr: '\(expression)', eval_time: \(minute)m, exp_samples: \(samples)}\n"
  }

  private func promtool(_ file: String) throws -> Int32 {
    let path = FileManager.default.temporaryDirectory.appending(path: "notation-\(UUID().uuidString).yaml")
    try file.write(to: path, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: path) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["promtool", "test", "rules", path.path]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    if process.terminationStatus != 0, file.contains("promql_expr_test") { Issue.record("\(text)") }
    return process.terminationStatus
  }
}
