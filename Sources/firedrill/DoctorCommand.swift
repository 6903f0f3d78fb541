import ArgumentParser
import Foundation
import Stack
import VirtualTime

/// `firedrill doctor`.
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Say what is installed, and whether and how fast virtual time works here.",
    discussion: """
      EXAMPLES:
        firedrill doctor
        firedrill doctor --binary prometheus=/opt/prometheus/prometheus --json
      """)

  @OptionGroup var binaryOptions: BinaryOptions

  @Flag(help: "Print JSON.")
  var json = false

  func run() async throws {
    let binaries = try binaryOptions.binaries()
    try makeFolder(workFolder)
    var findings: [Diagnosis] = []
    for program in Program.all { findings.append(await diagnose(program, binaries)) }
    findings.append(await diagnoseVirtualTime(binaries))
    if json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      print(String(decoding: try encoder.encode(findings), as: UTF8.self))
    } else {
      for finding in findings { finding.show() }
    }
    if findings.contains(where: { !$0.ok }) { throw ExitStatus.broken }
  }

  private func diagnose(_ program: Program, _ binaries: Binaries) async -> Diagnosis {
    do {
      let path = try binaries.path(of: program)
      let fingerprint = await Fingerprints.shared.fingerprint(of: path, folder: workFolder)
      return Diagnosis(what: program.name, ok: true, found: "\(fingerprint.version) at \(path)", remedy: nil)
    } catch {
      return Diagnosis(what: program.name, ok: false, found: error.reason, remedy: error.advice)
    }
  }

  /// Runs the real Prometheus, empty, through an hour.
  private func diagnoseVirtualTime(_ binaries: Binaries) async -> Diagnosis {
    guard let prometheus = try? binaries.path(of: .prometheus) else {
      return Diagnosis(
        what: "virtual time", ok: false, found: "cannot be tried without Prometheus", remedy: "install prometheus first"
      )
    }
    do {
      let (speed, hasOwnHostName) = try await hour(of: prometheus)
      let name =
        hasOwnHostName
        ? "under the host name `firedrill`"
        : "under this machine's host name, since namespaces are not allowed: alerts can move by up to one interval on another"
      return Diagnosis(
        what: "virtual time", ok: true, found: "an hour of an idle Prometheus runs \(speed) times as fast, \(name)",
        remedy: nil)
    } catch {
      return Diagnosis(
        what: "virtual time", ok: false, found: "\(error)",
        remedy: "it needs x86-64 Linux and the right to ptrace own children; without, use --clock real")
    }
  }

  private func hour(of prometheus: String) async throws -> (speed: Int, hasOwnHostName: Bool) {
    let folder = "\(workFolder)/doctor-\(getpid())"
    try makeFolder(folder)
    defer { removeTree(folder) }
    try writeText("global: {scrape_interval: 15s}\n", to: "\(folder)/prometheus.yml")
    let clock = try VirtualClock(epoch: 1_772_352_000, lead: .zero)
    defer { clock.stop() }
    let reaper = try Reaper(executable: "/proc/self/exe", arguments: ["reaper"])
    let command = Command(
      path: prometheus,
      arguments: ["--config.file=prometheus.yml", "--storage.tsdb.path=tsdb", "--web.listen-address=127.0.0.1:0"],
      environment: ["GOMAXPROCS": "1", Reaper.markVariable: reaper.mark], directory: folder,
      logPath: "\(folder)/prometheus.log", hostName: "firedrill")
    let component = try await Component.start(
      "prometheus", command, under: clock, listening: .saidInLog, readyPath: "/-/ready", reaper: reaper)
    let namespaces = ["self", "\(component.process.pid)"].map {
      try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\($0)/ns/uts")
    }
    let began = ContinuousClock.now
    try await clock.participate { try await clock.sleep(until: RunInstant(.seconds(3600)), tolerance: nil) }
    let real = ContinuousClock.now - began
    await component.stop()
    return (Int(Duration.seconds(3600) / real), namespaces[0] != namespaces[1])
  }
}

/// One thing that was looked at.
private struct Diagnosis: Encodable {
  let what: String
  let ok: Bool
  let found: String
  let remedy: String?

  func show() {
    print("\(ok ? "✔" : "✘") \(what): \(found)")
    if let remedy { print("    \(remedy)") }
  }
}
