import Foundation
import Stack
import VirtualTime

/// Runs `body` with the address of a real Prometheus that holds samples, in OpenMetrics with times, and scrapes nothing.
public func withPrometheus<R>(holding samples: String, _ body: (_ url: String) async throws -> R) async throws -> R {
  try await withTemporaryFolder { folder in
    try samples.write(toFile: "\(folder)/samples", atomically: true, encoding: .utf8)
    let (status, output) = try await run(
      "promtool", ["tsdb", "create-blocks-from", "openmetrics", "\(folder)/samples", "\(folder)/data"])
    guard status == 0 else { throw StackError("promtool refuses the samples: \(output)") }
    try "global: {}\n".write(toFile: "\(folder)/prometheus.yml", atomically: true, encoding: .utf8)
    // Ends with its standard input, as the test's process does: nothing is left to be reaped.
    let reaper = try Reaper(executable: "/bin/sh", arguments: ["-c", "cat >/dev/null"])
    let command = Command(
      path: try Binaries(environment: ProcessInfo.processInfo.environment).path(of: .prometheus),
      arguments: [
        "--config.file=prometheus.yml", "--storage.tsdb.path=data", "--web.listen-address=127.0.0.1:0",
        "--storage.tsdb.retention.time=100y",
      ], environment: [:], directory: folder, logPath: "\(folder)/log", hostName: nil)
    let server = try await Component.start(
      "prometheus", command, under: RealClock(lead: .zero), listening: .saidInLog, readyPath: "/-/ready", reaper: reaper
    )
    let result: Result<R, any Error>
    do { result = .success(try await body(server.url)) } catch { result = .failure(error) }
    await server.stop()
    return try result.get()
  }
}
