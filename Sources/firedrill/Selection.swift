import ArgumentParser
import Diagnostics
import Drill
import Foundation
import Scenarios
import Stack

/// Which scenarios a command is about: paths, tags, and where profiles are.
struct Selection: ParsableArguments {
  @Argument(help: "Scenario files, or folders that hold some.")
  var paths: [String] = ["scenarios"]

  @Option(name: .customLong("tag"), help: "Only scenarios with this tag; several: with any of them.")
  var tags: [String] = []

  @Option(name: .customLong("skip"), help: "No scenarios with this tag.")
  var skipped: [String] = []

  @Option(
    name: .customLong("profiles"),
    help: "A folder of profiles, looked into first (default: fixtures/profiles beside the scenarios).")
  var profileFolders: [String] = []

  /// Loads and plans all that is selected, in the order of the paths; prints every finding and throws if there is any.
  func plans() throws -> [Plan] {
    var findings: [Finding] = []
    var plans: [Plan] = []
    for file in try files() {
      do throws(Findings) {
        let scenario = try loader(for: file).load(file)
        if isSelected(scenario) { plans.append(try Planner().plan(scenario)) }
      } catch { findings += error.all }
    }
    try report(findings)
    return plans
  }

  private func isSelected(_ scenario: Scenario) -> Bool {
    let own = Set(scenario.tags)
    return (tags.isEmpty || !own.isDisjoint(with: tags)) && own.isDisjoint(with: skipped)
  }

  private func loader(for file: String) -> ScenarioLoader {
    ScenarioLoader(profiles: profiles(for: file)) {
      try String(contentsOfFile: $0, encoding: .utf8)
    }
  }

  /// The profiles that a scenario can name; the nearest folder wins.
  private func profiles(for file: String) -> [String: String] {
    var profiles: [String: String] = [:]
    for folder in profileFolders + foldersAbove(file) {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      for name in names where name.hasSuffix(".yaml") && profiles[String(name.dropLast(5))] == nil {
        profiles[String(name.dropLast(5))] = "\(folder)/\(name)"
      }
    }
    return profiles
  }

  /// `fixtures/profiles` of the scenario's folder and of those above it, the nearest first.
  private func foldersAbove(_ file: String) -> [String] {
    var folder = URL(fileURLWithPath: file).deletingLastPathComponent()
    var found: [String] = []
    while true {
      let profiles = folder.appendingPathComponent("fixtures/profiles").path
      if FileManager.default.fileExists(atPath: profiles) { found.append(profiles) }
      let parent = folder.deletingLastPathComponent()
      if parent.path == folder.path { return found }
      folder = parent
    }
  }

  /// The files of all paths, each once; those of a folder sorted.
  private func files() throws -> [String] {
    var files: [String] = []
    for path in paths {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        try report([Finding(.error, "there is no file or folder \(path)")])
        continue
      }
      files += isFolder.boolValue ? scenarioFiles(below: path) : [path]
    }
    var seen: Set<String> = []
    return files.filter { seen.insert($0).inserted }
  }

  /// YAML files with a line that begins with `scenario:`; a folder may hold bundles and profiles too.
  private func scenarioFiles(below folder: String) -> [String] {
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }.sorted().map {
      folder.hasSuffix("/") ? folder + $0 : "\(folder)/\($0)"
    }
    .filter { file in
      guard let text = try? String(contentsOfFile: file, encoding: .utf8) else { return true }
      return text.split(separator: "\n").contains { $0.hasPrefix("scenario:") }
    }
  }
}

/// Prints findings to standard error and throws if one is an error.
func report(_ findings: [Finding]) throws {
  show(findings)
  if findings.contains(where: { $0.severity == .error }) { throw ExitStatus.unusable }
}

/// Prints findings to standard error.
func show(_ findings: [Finding]) {
  let renderer = FindingRenderer { try? String(contentsOfFile: $0, encoding: .utf8) }
  for finding in findings { printLine(renderer.render(finding), to: .standardError) }
}

/// Prints an error that no file is to blame for.
func printError(_ message: String, advice: String? = nil) {
  printLine(FindingRenderer { _ in nil }.render(Finding(.error, message, advice: advice)), to: .standardError)
}
