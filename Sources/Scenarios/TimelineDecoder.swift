import Diagnostics
import Reading
import Signals
import Yams

/// Decodes `timeline:`.
struct TimelineDecoder {
  let reader: YAMLReader
  let services: [Service]

  private static let faults = [
    "none", "down", "hang", "truncate", "garbage", "wrong-content-type", "restart", "slow", "status",
  ]

  /// The entries in the order of time; those of one moment in the order of the file.
  func timeline(_ node: Node) -> [TimelineEntry] {
    let entries = (reader.list(node, "`timeline`") ?? []).compactMap(entry)
    return entries.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
  }

  private func entry(_ node: Node) -> TimelineEntry? {
    guard let fields = reader.fields(node, "an entry of `timeline`"),
      let atNode = reader.required(fields, "at", of: "the entry", example: "at: 10m"),
      let at = reader.time(atNode, "`at`")
    else { return nil }
    let changes = fields.entries.filter { $0.name != "at" }.compactMap(change)
    if fields.entries.count == 1 { reader.report("nothing happens at \(atNode.scalar?.string ?? "")", at: atNode) }
    return TimelineEntry(at: at, place: reader.place(of: atNode), changes: changes)
  }

  private func change(_ entry: Fields.Entry) -> TimelineEntry.Change? {
    guard let (target, service) = SelectorDecoder(reader: reader, services: services).selector(entry.key),
      let fields = reader.fields(
        entry.value, "the change of `\(entry.name)`", known: ["state", "series", "fault", "step", "repeat"])
    else { return nil }
    let series = SeriesDecoder(
      reader: reader, profile: service.profile,
      signals: SignalDecoder(
        reader: reader, step: fields["step"].flatMap { reader.duration($0, "`step`") } ?? service.step,
        repeatsLast: fields["repeat"].flatMap { reader.text($0, "`repeat`") }.map { $0 == "last" }
          ?? service.repeatsLast),
      allowsUndeclared: service.allowsUndeclared)
    return TimelineEntry.Change(
      target: target, state: fields["state"].map(series.state) ?? [:],
      series: fields["series"].map(series.series) ?? [],
      fault: fields["fault"].flatMap { node in fault(node).map { Located($0, at: reader.place(of: node)) } })
  }

  private func fault(_ node: Node) -> Fault? {
    if case .mapping = node {
      guard let fields = reader.fields(node, "`fault`", known: ["slow", "status"]) else { return nil }
      if let slow = fields["slow"] { return reader.duration(slow, "`slow`").map { .slow($0) } }
      if let status = fields["status"] { return reader.whole(status, "`status`", in: 100...599).map { .status($0) } }
      reader.report("`fault` says nothing", at: node, advice: "use {slow: 12s} or {status: 503}")
      return nil
    }
    guard let text = reader.text(node, "`fault`") else { return nil }
    switch text {
    case "none": return Fault.none
    case "down": return .down
    case "hang": return .hang
    case "truncate": return .truncate
    case "garbage": return .garbage
    case "wrong-content-type": return .wrongContentType
    case "restart": return .restart
    case "slow", "status":
      reader.report(
        "the fault `\(text)` needs a value", at: node, advice: text == "slow" ? "{slow: 12s}" : "{status: 503}")
    default:
      reader.report("there is no fault `\(text)`", at: node, advice: suggestion(for: text, in: Self.faults))
    }
    return nil
  }
}

/// Decodes `s3` and `s3[1]` against the services that there are.
struct SelectorDecoder {
  let reader: YAMLReader
  let services: [Service]

  func selector(_ node: Node) -> (Located<InstanceSelector>, Service)? {
    guard let text = reader.text(node, "a service") else { return nil }
    let parts = text.split(separator: "[", maxSplits: 1)
    let name = parts.first.map(String.init) ?? text
    guard let service = services.first(where: { $0.name.value == name }) else {
      reader.report(
        "there is no service `\(name)`", at: node, advice: suggestion(for: name, in: services.map(\.name.value)))
      return nil
    }
    let place = reader.place(of: node)
    guard parts.count == 2 else { return (Located(InstanceSelector(service: name), at: place), service) }
    guard parts[1].hasSuffix("]"), let index = Int(parts[1].dropLast()), (0..<service.replicas).contains(index) else {
      let last = service.replicas - 1
      reader.report(
        "`\(text)` is no instance of `\(name)`", at: node,
        advice: "its instances are \(name)[0]\(last > 0 ? " to \(name)[\(last)]" : "")")
      return nil
    }
    return (Located(InstanceSelector(service: name, index: index), at: place), service)
  }
}
