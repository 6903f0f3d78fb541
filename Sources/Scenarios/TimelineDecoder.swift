import Diagnostics
import Reading
import Signals
import Yams

/// Decodes `timeline:`.
struct TimelineDecoder {
  let reader: YAMLReader
  let selectors: SelectorDecoder

  private static let faults = [
    "none", "down", "hang", "truncate", "garbage", "wrong-content-type", "restart", "slow", "status",
  ]

  /// The entries in the order of time; those of one moment in the order of the file.
  func timeline(_ node: Node) -> [TimelineEntry] {
    let entries = (reader.list(node, "`timeline`") ?? []).compactMap(entry)
    return entries.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
  }

  private func entry(_ node: Node) -> TimelineEntry? {
    guard let fields = reader.fields(node, "an entry of `timeline`") else { return nil }
    let changes = fields.entries.filter { $0.name != "at" }.compactMap(change)
    guard let atNode = reader.required(fields, "at", of: "the entry", example: "at: 10m"),
      let at = reader.time(atNode, "`at`")
    else { return nil }
    if fields.entries.count == 1 { reader.report("nothing happens at \(atNode.scalar?.string ?? "")", at: atNode) }
    return TimelineEntry(at: at, place: reader.place(of: atNode), changes: changes)
  }

  private func change(_ entry: Fields.Entry) -> TimelineEntry.Change? {
    guard let (target, service) = selectors.selector(entry.key),
      let fields = reader.fields(
        entry.value, "the change of `\(entry.name)`", known: ["state", "series", "fault", "step", "repeat"])
    else { return nil }
    if fields.entries.isEmpty { reader.report("nothing changes of `\(entry.name)`", at: entry.value) }
    let series = SeriesDecoder(
      reader: reader, profile: service.profile,
      signals: SignalDecoder(fields, reader, step: service.step, repeatsLast: service.repeatsLast),
      allowsUndeclared: service.allowsUndeclared)
    return TimelineEntry.Change(
      target: target, state: fields["state"].map(series.state) ?? [:],
      series: fields["series"].map(series.series) ?? [],
      fault: fields["fault"].flatMap { node in fault(node).map { Located($0, at: reader.place(of: node)) } })
  }

  private func fault(_ node: Node) -> Fault? {
    if case .mapping = node {
      guard let fields = reader.fields(node, "`fault`", known: ["slow", "status"]) else { return nil }
      switch reader.choice(fields, of: ["slow", "status"]) {
      case let kind? where kind.name == "slow": return reader.positive(kind.value, "`slow`").map { .slow($0) }
      case let kind?: return reader.whole(kind.value, "`status`", in: 100...599).map { .status($0) }
      case nil:
        guard fields.unknown.isEmpty else { return nil }
        reader.report("`fault` says nothing", at: node, advice: "use {slow: 12s} or {status: 503}")
        return nil
      }
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
