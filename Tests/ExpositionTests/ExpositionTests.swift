import Diagnostics
import Exposition
import Foundation
import Signals
import Testing

private let families: [MetricFamily] = [
  MetricFamily(
    name: "drill_requests_total", type: .counter, help: "Requests \\ with\nlines and \"quotes\".",
    samples: [
      .init(name: "drill_requests_total", labels: ["path": "a\"b\\c\nd", "code": "200"], value: 1_234_567_890_123),
      .init(name: "drill_requests_total", labels: ["path": "é", "code": "500"], value: 0.1),
    ]),
  MetricFamily(
    name: "drill_level", type: .gauge, help: "Level.",
    samples: [.init(name: "drill_level", value: -.infinity)]),
  MetricFamily(
    name: "drill_wait_seconds", type: .histogram, help: "Wait.",
    samples: [
      .init(name: "drill_wait_seconds_bucket", labels: ["le": "1"], value: 3),
      .init(name: "drill_wait_seconds_bucket", labels: ["le": "+Inf"], value: 4),
      .init(name: "drill_wait_seconds_sum", value: 2.5e-9), .init(name: "drill_wait_seconds_count", value: 4),
    ]),
  MetricFamily(
    name: "drill_size_bytes", type: .summary, help: "Size.",
    samples: [
      .init(name: "drill_size_bytes", labels: ["quantile": "0.5"], value: 1e22),
      .init(name: "drill_size_bytes_sum", value: 7), .init(name: "drill_size_bytes_count", value: 1),
    ]),
]

@Suite struct ExpositionTests {
  @Test(arguments: [
    (1.0, "1"), (0, "0"), (0.5, "0.5"), (-2.25, "-2.25"), (1e20, "100000000000000000000"), (1e21, "1e+21"),
    (123_456_789, "123456789"), (0.0001, "0.0001"), (0.00001, "1e-05"), (1.5e-7, "1.5e-07"), (.infinity, "+Inf"),
    (-.infinity, "-Inf"), (.nan, "NaN"), (0.1 + 0.2, "0.30000000000000004"), (1.25e100, "1.25e+100"),
    (16_777_216.5, "16777216.5"),
  ])
  func printsFloatsAsGoDoes(value: Double, text: String) {
    let family = MetricFamily(name: "a", type: .untyped, help: "", samples: [.init(name: "a", value: value)])
    #expect(TextFormat.write([family]) == "# TYPE a untyped\na \(text)\n")
  }

  @Test func whatIsWrittenReadsBack() throws {
    #expect(try TextFormat.parse(TextFormat.write(families), file: "m") == families)
  }

  @Test func promtoolAcceptsWhatIsWritten() throws {
    #expect(try promtool(TextFormat.write(families)) == "")
    // The same oracle does object where there is something to object to.
    #expect(try promtool("a{ 1\n") != "")
  }

  @Test func writesOpenMetrics() {
    let odd = MetricFamily(name: "odd", type: .counter, help: "Odd.", samples: [.init(name: "odd", value: 1)])
    let text = OpenMetrics.write([families[2], odd, MetricFamily(name: "x_total", type: .counter, help: "\"")])
    #expect(
      text == """
        # TYPE drill_wait_seconds histogram
        # HELP drill_wait_seconds Wait.
        drill_wait_seconds_bucket{le="1.0"} 3
        drill_wait_seconds_bucket{le="+Inf"} 4
        drill_wait_seconds_sum 2.5e-09
        drill_wait_seconds_count 4
        # TYPE odd unknown
        # HELP odd Odd.
        odd 1
        # TYPE x counter
        # HELP x \\"
        # EOF

        """)
  }

  @Test(
    arguments: [
      (nil, .text), ("", .text), ("*/*", .text), ("text/html", .text), ("application/openmetrics-text", .openMetrics),
      ("application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1", .openMetrics),
      ("application/openmetrics-text; version=1.0.0; q=0.2, text/plain;q=0.5", .text),
      ("application/openmetrics-text;version=0.0.1", .text), ("application/openmetrics-text;q=0", .text),
      ("application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,*/*;q=0.2", .openMetrics),
    ] as [(String?, ExpositionFormat)])
  func negotiates(accept: String?, format: ExpositionFormat) {
    #expect(ExpositionFormat.negotiate(accept: accept) == format)
  }

  @Test func readsWhatOthersWrite() throws {
    let read = try TextFormat.parse("# a comment\n\n\tx { a = \"b\" , } 1e3 1700000000000\ny NaN\n", file: "m")
    #expect(read.map(\.name) == ["x", "y"])
    #expect(read[0].type == .untyped)
    #expect(read[0].samples == [.init(name: "x", labels: ["a": "b"], value: 1000)])
    #expect(read[1].samples[0].value.isNaN)
  }

  @Test(arguments: [
    ("a 1", 1, 4), ("a\n", 1, 2), ("a x\n", 1, 3), ("a{b=c} 1\n", 1, 5), ("a{b=\"c} 1\n", 1, 5), ("1a 1\n", 1, 1),
    ("a{b=\"\\t\"} 1\n", 1, 6), ("a 1 2 3\n", 1, 7), ("a 1\na 1\n", 2, 1), ("a 1\nb 1\na{x=\"\"} 1\n", 3, 1),
    ("# TYPE a gage\n", 1, 10), ("a 1\n# TYPE a gauge\n", 2, 8), ("# HELP a\n# HELP a b\n", 2, 8),
    ("# TYPE a histogram\na_bucket 1\n", 2, 1), ("a{b=\"1\",b=\"2\"} 1\n", 1, 9), ("a 1\r\n", 1, 3),
  ])
  func placesTheFault(text: String, line: Int, column: Int) {
    let findings = #expect(throws: Findings.self) { try TextFormat.parse(text, file: "m") }
    #expect(findings?.all.map(\.place) == [Place(file: "m", line: line, column: column)])
  }

  @Test func findsAllFaults() {
    let findings = #expect(throws: Findings.self) { try TextFormat.parse("a x\nb 1\n# TYPE c gauge2\nd{\n", file: "m") }
    #expect(findings?.all.map { $0.place?.line } == [1, 3, 4])
    #expect(findings?.all[1].advice == "did you mean `gauge`?")
  }

  /// What `promtool check metrics` has to say.
  private func promtool(_ text: String) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["promtool", "check", "metrics"]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    process.standardError = output
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
    try input.fileHandleForWriting.close()
    let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return process.terminationStatus == 0 ? "" : "exit \(process.terminationStatus): \(said)"
  }
}
