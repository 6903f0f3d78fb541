public import Diagnostics
import Foundation
import Reading
import Signals
import Yams

/// Loads scenarios: YAML in, a ``Scenario`` or all findings out.
public struct ScenarioLoader: Sendable {
  /// A run's calendar begins here unless a scenario says otherwise, so that runs repeat: 2026-03-01T08:00:00Z.
  public static let defaultStart = 1_772_352_000.0

  private let profiles: [String: String]
  private let read: @Sendable (String) throws -> String

  /// - Parameters:
  ///   - profiles: the file of each profile, by its name.
  ///   - read: gives a file's text.
  public init(profiles: [String: String], read: @escaping @Sendable (String) throws -> String) {
    self.profiles = profiles
    self.read = read
  }

  private static let keys = [
    "scenario", "tags", "bundle", "inputs", "clock", "duration", "warmup", "services", "timeline", "expect",
    "unexpected_alerts",
  ]

  /// Loads one file; throws everything that is wrong with it.
  public func load(_ file: String) throws(Findings) -> Scenario {
    let text: String
    do { text = try read(file) } catch { throw Findings("cannot read \(file): \(reason(error))") }
    let reader = YAMLReader(file: file)
    let scenario = reader.compose(text).flatMap { decode($0, reader) }
    guard let scenario, reader.findings.isEmpty else {
      throw Findings(reader.findings.inOrder())
    }
    return scenario
  }

  private func decode(_ node: Node, _ reader: YAMLReader) -> Scenario? {
    guard let fields = reader.fields(node, "a scenario", known: Self.keys) else { return nil }
    let name = reader.required(fields, "scenario", of: "the scenario", example: "scenario: Redis runs short of memory")
    let bundle = reader.required(fields, "bundle", of: "the scenario", example: "bundle: ../../fixtures/bundles/zenko")
    let expect = reader.required(
      fields, "expect", of: "the scenario", example: "expect: [{query: up, at: 5m, value: 1}]")
    // What is missing has been reported; the rest is read all the same, to report that too.
    let nowhere = Located("", at: fields.place)
    var scenario = Scenario(
      name: name.flatMap { reader.located($0, "`scenario`") } ?? nowhere, file: reader.file,
      bundle: bundle.flatMap { reader.located($0, "`bundle`") } ?? nowhere, start: Self.defaultStart)
    scenario.bundle.value = resolve(scenario.bundle.value, besides: reader.file)
    decodeFrame(fields, reader, &scenario)
    let profiles = ProfileLibrary(files: profiles, read: read)
    scenario.services = fields["services"].map(ServiceDecoder(reader: reader, profiles: profiles).services) ?? []
    let named = fields["services"]?.mapping?.keys.compactMap { $0.scalar?.string } ?? []
    let selectors = SelectorDecoder(reader: reader, services: scenario.services, named: named)
    scenario.timeline = fields["timeline"].map(TimelineDecoder(reader: reader, selectors: selectors).timeline) ?? []
    scenario.expectations =
      expect.map(ExpectationDecoder(reader: reader, selectors: selectors).expectations) ?? []
    scenario.unexpectedAlerts = fields["unexpected_alerts"].flatMap {
      UnexpectedAlertsDecoder(reader: reader).policy($0)
    }
    if let expect, scenario.expectations.isEmpty, reader.findings.isEmpty {
      reader.report("the scenario expects nothing, so it could never fail", at: expect)
    }
    return scenario
  }

  private func decodeFrame(_ fields: Fields, _ reader: YAMLReader, _ scenario: inout Scenario) {
    scenario.tags = fields["tags"].flatMap { reader.list($0, "`tags`") }?.compactMap { reader.text($0, "a tag") } ?? []
    if let node = fields["inputs"], let inputs = reader.fields(node, "`inputs`") {
      for entry in inputs.entries {
        scenario.inputs[entry.name] = reader.located(entry.value, "the input `\(entry.name)`")
      }
    }
    if let node = fields["clock"], let clock = reader.fields(node, "`clock`", known: ["start"]),
      let start = clock["start"]
    {
      scenario.start = date(start, reader) ?? scenario.start
    }
    scenario.duration = fields["duration"].flatMap { node in
      reader.positive(node, "`duration`").map { Located($0, at: reader.place(of: node)) }
    }
    scenario.warmup = fields["warmup"].flatMap { reader.duration($0, "`warmup`") }
  }

  private func date(_ node: Node, _ reader: YAMLReader) -> Double? {
    guard let text = reader.text(node, "`start`") else { return nil }
    if let date = try? Date(text, strategy: .iso8601) { return date.timeIntervalSince1970 }
    reader.report("`start` must be a date and time", at: node, advice: "write it like 2026-03-01T08:00:00Z")
    return nil
  }
}

/// `path` as seen from the folder of `file`.
private func resolve(_ path: String, besides file: String) -> String {
  guard !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return path }
  return file[...slash] + path
}

extension [Finding] {
  /// In the order of the files; those of one place as they were found.
  fileprivate func inOrder() -> [Finding] {
    enumerated().sorted { left, right in
      guard let first = left.element.place, let second = right.element.place, first != second else {
        return left.offset < right.offset
      }
      return first < second
    }.map(\.element)
  }
}

/// What the system says of a failed read, without Foundation's ornaments.
func reason(_ error: any Error) -> String {
  if let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError {
    return String(cString: strerror(Int32(underlying.code)))
  }
  return "\(error)"
}

extension Scenario {
  /// The latest moment that the scenario names, `end` aside.
  public var latestTime: Duration {
    var times = timeline.map(\.at)
    for expectation in expectations {
      switch expectation.kind {
      case .alert(let alert):
        times += [alert.pending, alert.firing, alert.resolved].compactMap { $0?.value.to }
        if let notified = alert.notified { times.append(notified.value.within.to) }
      case .query(let query): times.append(query.at)
      case .target(let target): times.append(target.during.to)
      case .notifications(let notifications): times.append(notifications.within.to)
      case .dashboard(let dashboard): times.append(dashboard.at)
      }
    }
    return times.filter { $0 != Scenario.end }.max() ?? .zero
  }
}
