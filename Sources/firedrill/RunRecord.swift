import Events
import Foundation
import Reports

// What commands that make a run share: its name, the console, the reports.

/// Sortable by time, and unique among runs that begin in the same second.
func newRunID() -> String {
  let time = Date().formatted(
    .iso8601.year().month().day().dateSeparator(.omitted).time(includingFractionalSeconds: false).timeSeparator(
      .omitted))
  return "\(time)-\(String(UInt32.random(in: 0x1000...0xffff), radix: 16))"
}

/// A run that begins now.
func runInfo(_ id: String, clock: String, scenarios: Int) -> RunInfo {
  RunInfo(
    id: id, firedrillVersion: Version.text, startedAt: Date().timeIntervalSince1970, clock: clock,
    host: ProcessInfo.processInfo.hostName, arguments: Array(CommandLine.arguments.dropFirst()),
    gitCommit: gitCommit(), scenarios: scenarios)
}

/// Tells how a run goes, in the style of what it writes to.
func consoleReporter(to file: FileHandle) -> ConsoleReporter {
  let style = ConsoleStyle(
    isTerminal: isatty(file.fileDescriptor) == 1, environment: ProcessInfo.processInfo.environment,
    width: terminalWidth(file))
  return ConsoleReporter(style: style) { file.write(Data($0.utf8)) }
}

/// Writes a report to a file, whose folder is made, or to standard output.
func write(report text: String, to path: String) throws {
  if path == "-" { return FileHandle.standardOutput.write(Data(text.utf8)) }
  let folder = (path as NSString).deletingLastPathComponent
  do {
    if !folder.isEmpty { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }
    try text.write(toFile: path, atomically: true, encoding: .utf8)
  } catch {
    printError("cannot write \(path): \(error.localizedDescription)")
    throw ExitStatus.broken
  }
}

/// Columns of a terminal; 100 for what is none.
private func terminalWidth(_ file: FileHandle) -> Int {
  var size = winsize()
  return ioctl(file.fileDescriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 100
}

/// The commit of the working folder, for the record; nil outside of git.
private func gitCommit() -> String? {
  guard
    let head = try? String(contentsOfFile: ".git/HEAD", encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
  else { return nil }
  guard head.hasPrefix("ref: ") else { return head }
  return try? String(contentsOfFile: ".git/" + head.dropFirst(5), encoding: .utf8).trimmingCharacters(
    in: .whitespacesAndNewlines)
}
