import Diagnostics
import Reading
import Yams

/// Decodes `dashboard:` expectations.
struct DashboardDecoder {
  let reader: YAMLReader

  private static let keys = ["dashboard", "at", "ranges", "variables", "except", "strict"]

  func dashboard(_ node: Node, _ nameNode: Node) -> DashboardExpectation? {
    guard let fields = reader.fields(node, "a dashboard expectation", known: Self.keys),
      let name = reader.located(nameNode, "`dashboard`"),
      let at = reader.required(fields, "at", of: "the dashboard expectation", example: "at: 39m")
        .flatMap({ reader.time($0, "`at`") })
    else { return nil }
    let ranges = fields["ranges"].flatMap { reader.list($0, "`ranges`") } ?? []
    return DashboardExpectation(
      dashboard: name, at: at, ranges: ranges.compactMap { reader.positive($0, "a range") },
      variables: fields["variables"].map(variables) ?? [:],
      exceptions: (fields["except"].flatMap { reader.list($0, "`except`") } ?? []).compactMap(exception),
      isStrict: fields["strict"].flatMap { reader.flag($0, "`strict`") } ?? false)
  }

  /// `{job: redis, instance: [a, b]}`.
  private func variables(_ node: Node) -> [String: [String]] {
    var variables: [String: [String]] = [:]
    for entry in reader.fields(node, "`variables`")?.entries ?? [] {
      if entry.value.sequence != nil {
        let values = reader.list(entry.value, "`\(entry.name)`") ?? []
        variables[entry.name] = values.compactMap { reader.text($0, "a value of `\(entry.name)`") }
      } else {
        variables[entry.name] = reader.text(entry.value, "`\(entry.name)`").map { [$0] }
      }
    }
    return variables
  }

  private func exception(_ node: Node) -> DashboardExpectation.PanelException? {
    let example = "{panel: 14, reason: shows errors only}"
    guard let fields = reader.fields(node, "an exception", known: ["panel", "query", "reason"]),
      let panel = reader.required(fields, "panel", of: "the exception", example: example)
        .flatMap({ reader.located($0, "`panel`") }),
      let reason = reader.required(fields, "reason", of: "the exception", example: example)
        .flatMap({ reader.text($0, "`reason`") })
    else { return nil }
    return .init(panel: panel, query: fields["query"].flatMap { reader.text($0, "`query`") }, reason: reason)
  }
}
