public import ArgumentParser
import Diagnostics
public import Drill
import Events
import Foundation
import Judge
import Reports
import Results
import Scenarios
import Signals
import Stack
import Synchronization

/// `firedrill run`.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run scenarios against the real stack.",
    discussion: """
      EXAMPLES:
        firedrill run                                        everything in scenarios/
        firedrill run --tag quick --jobs 2 scenarios
        firedrill run --clock real scenarios/redis/memory-pressure.yaml
        firedrill run --hold 15m scenarios/redis/memory-pressure.yaml
        firedrill run --json - scenarios | jq .scenarios[].verdict
      """)

  @OptionGroup var selection: Selection
  @OptionGroup var binaryOptions: BinaryOptions

  @Option(help: "Which clock drives the stack: virtual (jumps when all are idle) or real.")
  var clock: RunOptions.ClockKind = .virtual

  @Option(help: "The SQLite record of runs.")
  var results = "reports/firedrill.sqlite"

  @Option(help: "Write a JUnit report here; - is standard output.")
  var junit = "reports/junit.xml"

  @Option(help: "Write an HTML report here; - is standard output.")
  var html = "reports/report.html"

  @Option(help: "Write one JSON object here; - is standard output.")
  var json: String?

  @Option(help: "Scenarios side by side, each with a stack of its own.")
  var jobs = 1

  @Flag(help: "Keep the folders of the run: configurations, logs, time series.")
  var keep = false

  @Option(
    help: ArgumentHelp(
      "Stop the clock at this virtual time (default: end), print where the stack listens, go on at Enter.",
      valueName: "at"))
  var hold: String?

  @Flag(help: "Say what would be run, and start nothing.")
  var plan = false

  func validate() throws {
    guard (1...64).contains(jobs) else { throw ValidationError("--jobs must be from 1 to 64") }
    _ = try holdAt()
    if [junit, html, json].filter({ $0 == "-" }).count > 1 {
      throw ValidationError("only one report can go to standard output")
    }
  }

  func run() async throws {
    let plans = try selection.plans()
    guard !plans.isEmpty else {
      printError("no scenario was selected", advice: "look at what there is: firedrill list")
      throw ExitStatus.nothingSelected
    }
    if plan { return printPlan(plans) }
    let binaries = try binaryOptions.binaries()
    try checkPrograms(of: plans, binaries)
    try makeFolder(workFolder)
    try await checkRules(of: plans, binaries, folder: workFolder)
    try await RunSession(command: self, plans: plans, binaries: binaries).run()
  }

  private func printPlan(_ plans: [Plan]) {
    for plan in plans {
      print("\(plan.scenario.name.value)  (\(plan.scenario.file), \(plan.end.prometheusText))")
      for check in plan.checks { print("  \(check.decidableAt.prometheusText)\t\(check.id)") }
    }
  }

  /// When to hold; nil: never.
  func holdAt() throws -> Duration? {
    guard let hold else { return nil }
    if hold == "end" { return Scenario.end }
    do { return try PrometheusDuration.parse(hold) } catch { throw ValidationError("--hold: \(error.message)") }
  }
}

extension RunOptions.ClockKind: ExpressibleByArgument {}

/// One run, from the first event to the last report.
struct RunSession {
  let command: RunCommand
  let plans: [Plan]
  let binaries: Binaries

  func run() async throws {
    let id = newRunID()
    let recorder: RunRecorder
    do { recorder = try RunRecorder(path: command.results) } catch let error as ResultsError {
      printError(error.message, advice: error.advice)
      throw ExitStatus.unusable
    }
    let console = makeConsole()
    let failure = Mutex<String?>(nil)
    let emit: @Sendable (Event) async -> Void = { event in
      do { try await recorder.record(event) } catch { failure.withLock { $0 = $0 ?? "\(error)" } }
      console.report(event)
    }
    let stops = StopSignals()
    await emit(.runStarted(info(id)))
    let reaper = try Reaper(executable: "/proc/self/exe", arguments: ["reaper"])
    let runner = Runner(options: options(), reaper: reaper, emit: emit)
    let outcomes = await stops.cancelling { await runner.run(plans, id: id) }
    let verdict = worst(outcomes, stopped: stops.received != nil)
    await emit(
      .runFinished(
        RunOutcome(verdict: verdict, finishedAt: Date().timeIntervalSince1970, interrupted: stops.received != nil)))
    try await writeReports(id)
    if let failure = failure.withLock({ $0 }) {
      printError("the record \(command.results) is not complete: \(failure)")
    }
    throw exitStatus(verdict, stops.received, recordFailed: failure.withLock { $0 } != nil)
  }

  private var readsOutput: Bool { [command.json, command.junit, command.html].contains("-") }

  private func makeConsole() -> Console {
    let file = readsOutput ? FileHandle.standardError : FileHandle.standardOutput
    return Console(consoleReporter(to: file))
  }

  private func options() -> RunOptions {
    RunOptions(
      clock: command.clock, binaries: binaries, workFolder: workFolder, keepsFolders: command.keep, jobs: command.jobs,
      holdAt: (try? command.holdAt()) ?? nil, hold: hold)
  }

  private func info(_ id: String) -> RunInfo {
    runInfo(id, clock: command.clock.rawValue, scenarios: plans.count)
  }

  private func writeReports(_ id: String) async throws {
    let run = try ResultsStore(path: command.results).run(id: id)
    for (path, text) in [
      (command.json, { JSONReport.render(run) }), (command.junit, { JUnitReport.render(run) }),
      (command.html, { HTMLReport.render(run) }),
    ] as [(String?, () -> String)] {
      if let path { try write(report: text(), to: path) }
    }
    if command.html != "-" { printLine("report: \(command.html)", to: readsOutput ? .standardError : .standardOutput) }
    if command.keep { printLine("kept: \(workFolder)/runs/\(id)", to: readsOutput ? .standardError : .standardOutput) }
  }

  private func worst(_ outcomes: [ScenarioOutcome], stopped: Bool) -> Verdict {
    if stopped || outcomes.contains(where: { $0.verdict == .error }) { return .error }
    return outcomes.contains { $0.verdict == .failed } ? .failed : .passed
  }

  private func exitStatus(_ verdict: Verdict, _ signal: Int32?, recordFailed: Bool) -> ExitStatus {
    if let signal { return signal == SIGINT ? .interrupted : .terminated }
    if verdict == .error || recordFailed { return .broken }
    return verdict == .failed ? .failed : .success
  }
}

/// The one console, told by scenarios that run side by side.
private final class Console: Sendable {
  private let reporter: Mutex<ConsoleReporter>
  private let began = ContinuousClock.now

  init(_ reporter: ConsoleReporter) {
    self.reporter = Mutex(reporter)
  }

  func report(_ event: Event) {
    let now = ContinuousClock.now - began
    reporter.withLock { $0.report(event, at: now) }
  }
}

/// Shows a held stack and waits for Enter, away from the threads that tasks need.
@Sendable private func hold(_ stack: HeldStack) async {
  var lines = ["", "held at \(stack.at.prometheusText): \(stack.scenario)"]
  lines += stack.components.map { "  \($0.name)  \($0.url)" }
  lines += ["  folder  \(stack.folder)", "Press Enter to go on."]
  for line in lines { printLine(line, to: .standardError) }
  await withCheckedContinuation { continuation in
    let thread = Thread {
      _ = readLine()
      continuation.resume()
    }
    thread.start()
  }
}
