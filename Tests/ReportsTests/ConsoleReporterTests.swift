import Events
import Reports
import Results
import Synchronization
import Testing

/// Keeps what is written, piece by piece.
final class Paper: Sendable {
  private let pieces = Mutex<[String]>([])
  var all: [String] { pieces.withLock { $0 } }
  var text: String { all.joined() }
  func write(_ text: String) { pieces.withLock { $0.append(text) } }
}

func console(_ events: [(Event, Duration)], _ style: ConsoleStyle) -> Paper {
  let paper = Paper()
  var reporter = ConsoleReporter(style: style) { paper.write($0) }
  for (event, now) in events { reporter.report(event, at: now) }
  return paper
}

@Suite struct ConsoleReporterTests {
  static let plain = ConsoleStyle(live: false, color: false)

  @Test(arguments: [
    ("console.txt", Sample.run, plain), ("console-color.txt", Sample.run, ConsoleStyle(live: false, color: true)),
    ("console-nothing.txt", Sample.nothing, plain),
  ])
  func golden(_ name: String, _ run: StoredRun, _ style: ConsoleStyle) throws {
    try expectGolden(console(run.events.map { ($0, .zero) }, style).text, name)
  }

  @Test func theLiveLine() throws {
    func progressed(_ seconds: Int, _ firing: [String]) -> Event {
      .progressed(scenario: 0, Progress(at: .seconds(seconds), speed: 1571.4, firing: firing))
    }
    let paper = console(
      [
        (.runStarted(Sample.info), .zero), (.scenarioStarted(Sample.redis.info), .zero),
        (progressed(600, []), .milliseconds(50)), (progressed(725, ["A", "B"]), .milliseconds(120)),
        (.scenarioStarted(Sample.frontEnd.info), .milliseconds(130)),
        (.checked(scenario: 0, Sample.redis.checks[0]), .milliseconds(300)),
        (.scenarioFinished(scenario: 0, try #require(Sample.redis.outcome)), .milliseconds(400)),
      ], ConsoleStyle(live: true, color: false, width: 70))
    let erase = "\r\u{1B}[2K"
    let lines = paper.all.dropFirst().map { $0.replacing(erase, with: "") }
    #expect(
      lines == [
        "▶ 0/3  Redis runs short of memory, and the on-call is told  0/4 chec…",
        "▶ 0/3  Redis runs short of memory, and the on-call is told  12m5s  1…",
        "▶ 0/3  Redis runs short of memory, and the on-call is told  12m5s  1…",
        "▶ 0/3  Redis runs short of memory, and the on-call is told  12m5s  1…",
        "✔ Redis runs short of memory, and the on-call is told ....... 1/4 checks  55m in 2.1 s (1571x)\n",
        "▶ 1/3  An S3 front end dies  0/3 checks",
      ])
    #expect(lines.allSatisfy { $0.hasSuffix("\n") || $0.count <= 69 })
    #expect(paper.all.dropFirst().allSatisfy { $0.hasPrefix(erase) }, "the line is wiped before anything is written")
  }

  @Test func theLiveLineTellsAll() {
    let paper = console(
      [
        (.runStarted(Sample.info), .zero), (.scenarioStarted(Sample.redis.info), .zero),
        (.scenarioStarted(Sample.frontEnd.info), .zero),
        (.progressed(scenario: 0, Progress(at: .seconds(725), speed: 9.4, firing: ["B"])), .seconds(1)),
        (.progressed(scenario: 1, Progress(at: .seconds(5), speed: 9.4, firing: ["A"])), .seconds(2)),
      ], ConsoleStyle(live: true, color: false, width: 200))
    #expect(
      paper.all.last?.hasSuffix(
        "▶ 0/3  Redis runs short of memory, and the on-call is told  12m5s  9.4x  0/4 checks  and 1 more  firing: A, B")
        == true)
  }

  @Test func interleavedScenariosComeOutWhole() {
    let first = Sample.redis.events
    let second = Sample.frontEnd.events
    var mixed: [Event] = [.runStarted(Sample.info)]
    for index in 0..<max(first.count, second.count) {
      if index < first.count { mixed.append(first[index]) }
      if index < second.count { mixed.append(second[index]) }
    }
    let pieces = console(mixed.map { ($0, .zero) }, Self.plain).all
    #expect(pieces.count == 5)
    let failed = pieces.first { $0.hasPrefix("✘") }
    #expect(failed?.contains("expected  firing between 20m30s and 22m") == true)
    #expect(failed?.contains("Redis") == false)
  }

  @Test(arguments: Hostile.texts)
  func hostileTextCannotCommandTheTerminal(_ text: String) {
    let written = console(Hostile.run(text).events.map { ($0, .zero) }, Self.plain).text
    #expect(!written.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" && $0 != "\t" || $0 == "\u{9B}" })
  }

  @Test(arguments: [
    (true, [:], ConsoleStyle(live: true, color: true, width: 80)),
    (false, [:], ConsoleStyle(live: false, color: false, width: 80)),
    (true, ["NO_COLOR": "1"], ConsoleStyle(live: true, color: false, width: 80)),
    (true, ["NO_COLOR": ""], ConsoleStyle(live: true, color: true, width: 80)),
    (true, ["CI": "true"], ConsoleStyle(live: false, color: true, width: 80)),
    (true, ["TERM": "dumb"], ConsoleStyle(live: false, color: false, width: 80)),
    (false, ["FORCE_COLOR": "1"], ConsoleStyle(live: false, color: true, width: 80)),
    (false, ["FORCE_COLOR": "1", "NO_COLOR": "1"], ConsoleStyle(live: false, color: false, width: 80)),
  ])
  func style(_ isTerminal: Bool, _ environment: [String: String], _ expected: ConsoleStyle) {
    #expect(ConsoleStyle(isTerminal: isTerminal, environment: environment, width: 80) == expected)
  }
}
