import Diagnostics
import Reading
import Signals
import Yams

/// Decodes `expect:`: one entry each kind of expectation.
struct ExpectationDecoder {
  let reader: YAMLReader
  let selectors: SelectorDecoder

  private var patterns: PatternDecoder { PatternDecoder(reader: reader) }

  private static let kinds = ["alert", "query", "target", "notifications", "dashboard"]

  func expectations(_ node: Node) -> [Expectation] {
    (reader.list(node, "`expect`") ?? []).compactMap(expectation)
  }

  private func expectation(_ node: Node) -> Expectation? {
    guard let fields = reader.fields(node, "an expectation") else { return nil }
    guard let kind = fields.entries.first(where: { Self.kinds.contains($0.name) }) else {
      let first = fields.entries.first
      reader.report(
        "this expectation is of no known kind", at: first?.key ?? node,
        advice: suggestion(for: first?.name ?? "", in: Self.kinds))
      return nil
    }
    let decoded: Expectation.Kind? =
      switch kind.name {
      case "alert": alert(node, kind.value).map { .alert($0) }
      case "query": query(node, kind.value).map { .query($0) }
      case "target": target(node, kind.value).map { .target($0) }
      case "notifications": notifications(node, kind.value).map { .notifications($0) }
      default: DashboardDecoder(reader: reader).dashboard(node, kind.value).map { .dashboard($0) }
      }
    return decoded.map { Expectation(place: reader.place(of: kind.key), kind: $0) }
  }

  // MARK: - alert

  private func alert(_ node: Node, _ nameNode: Node) -> AlertExpectation? {
    let known = ["alert", "labels", "annotations", "exact", "pending", "firing", "resolved", "notified", "never"]
    guard let fields = reader.fields(node, "an alert expectation", known: known),
      let name = reader.located(nameNode, "`alert`")
    else { return nil }
    var alert = AlertExpectation(name: name)
    alert.labels = fields["labels"].map { patterns.patterns($0, "`labels`") } ?? [:]
    alert.annotations = fields["annotations"].map { patterns.patterns($0, "`annotations`") } ?? [:]
    alert.exactLabels = fields["exact"].flatMap { reader.flag($0, "`exact`") } ?? false
    alert.pending = fields["pending"].flatMap { locatedWindow($0, "`pending`") }
    alert.firing = fields["firing"].flatMap { locatedWindow($0, "`firing`") }
    alert.resolved = fields["resolved"].flatMap { locatedWindow($0, "`resolved`") }
    alert.notified = fields["notified"].flatMap(notified)
    alert.never = fields["never"].flatMap { node in
      reader.word(node, "`never`").map { Located($0, at: reader.place(of: node)) }
    }
    let clauses = ["pending", "firing", "resolved", "notified", "never"]
    if !clauses.contains(where: { fields[$0] != nil }) {
      reader.report(
        "nothing is expected of the alert `\(name.value)`", at: nameNode,
        advice: "add one of \(clauses.joined(separator: ", "))")
      return nil
    }
    return alert
  }

  private func notified(_ node: Node) -> Located<NotifiedExpectation>? {
    guard let fields = reader.fields(node, "`notified`", known: ["receiver", "within", "by", "annotations"]),
      let window = window(fields, "`notified`")
    else { return nil }
    let expectation = NotifiedExpectation(
      receiver: fields["receiver"].flatMap { reader.located($0, "`receiver`") }, within: window,
      annotations: fields["annotations"].map { patterns.patterns($0, "`annotations`") } ?? [:])
    return Located(expectation, at: reader.place(of: node))
  }

  // MARK: - query, target, notifications

  private func query(_ node: Node, _ expressionNode: Node) -> QueryExpectation? {
    guard let fields = reader.fields(node, "a query expectation", known: ["query", "at", "value"]) else { return nil }
    let at = reader.required(fields, "at", of: "the query", example: "at: 15m").flatMap { reader.time($0, "`at`") }
    let value = reader.required(fields, "value", of: "the query", example: "value: 12 ±1%").flatMap {
      ExpectedValueDecoder(reader: reader).value($0)
    }
    guard let expression = reader.located(expressionNode, "`query`"), let at, let value else { return nil }
    return QueryExpectation(expression: expression, at: at, value: value)
  }

  private func target(_ node: Node, _ targetNode: Node) -> TargetExpectation? {
    guard let outer = reader.fields(node, "a target expectation", known: ["target", "during"]),
      let fields = reader.fields(targetNode, "`target`", known: ["service", "health"])
    else { return nil }
    let example = "{service: 's3[1]', health: down}"
    let selected = reader.required(fields, "service", of: "`target`", example: example).flatMap(selectors.selector)
    let health: TargetExpectation.Health? = reader.required(fields, "health", of: "`target`", example: example)
      .flatMap { reader.word($0, "`health`") }
    let during = reader.required(outer, "during", of: "the target expectation", example: "during: [21m, 25m]")
      .flatMap { edges($0, "`during`") }
    guard let selected, let health, let during else { return nil }
    return TargetExpectation(target: selected.0, health: health, during: during)
  }

  private func notifications(_ node: Node, _ inner: Node) -> NotificationsExpectation? {
    let example = "notifications: {receiver: on-call, count: 1, within: [10m, 20m]}"
    guard let outer = reader.fields(node, "a notifications expectation", known: ["notifications"]),
      outer.entries.count == 1,
      let fields = reader.fields(inner, "`notifications`", known: ["receiver", "count", "within", "by", "resolved"]),
      let receiverNode = reader.required(fields, "receiver", of: "`notifications`", example: example),
      let receiver = reader.located(receiverNode, "`receiver`"),
      let countNode = reader.required(fields, "count", of: "`notifications`", example: example),
      let count = range(countNode)
    else { return nil }
    let within =
      fields["within"] == nil && fields["by"] == nil
      ? Window(from: .zero, to: Scenario.end) : window(fields, "`notifications`")
    guard let within else { return nil }
    return NotificationsExpectation(
      receiver: receiver, count: count, within: within,
      countsResolved: fields["resolved"].flatMap { reader.flag($0, "`resolved`") } ?? false)
  }

  /// `3` or `2..4`.
  private func range(_ node: Node) -> ClosedRange<Int>? {
    guard let text = reader.text(node, "`count`") else { return nil }
    let ends = text.split(separator: ".", omittingEmptySubsequences: true).map { Int($0) }
    if ends.count == 1, let only = ends[0], only >= 0 { return only...only }
    if ends.count == 2, let low = ends[0], let high = ends[1], 0 <= low, low <= high { return low...high }
    reader.report("`count` must be a number or a range, `2` or `2..4`", at: node)
    return nil
  }

  // MARK: - windows

  private func locatedWindow(_ node: Node, _ what: String) -> Located<Window>? {
    guard let fields = reader.fields(node, what, known: ["within", "by"]) else { return nil }
    return window(fields, what).map { Located($0, at: reader.place(of: node)) }
  }

  /// `within: [a, b]`, or `by: b`.
  private func window(_ fields: Fields, _ what: String) -> Window? {
    switch reader.choice(fields, of: ["within", "by"]) {
    case let entry? where entry.name == "within": return edges(entry.value, "`within`")
    case let entry?: return reader.time(entry.value, "`by`").map { Window(from: .zero, to: $0) }
    case nil:
      guard fields.unknown.isEmpty else { return nil }
      reader.report("\(what) says no time", at: fields.place, advice: "add `within: [10m, 12m]` or `by: 12m`")
      return nil
    }
  }

  private func edges(_ node: Node, _ what: String) -> Window? {
    guard let list = reader.list(node, what) else { return nil }
    guard list.count == 2 else {
      reader.report("\(what) must hold two times: [from, to]", at: node)
      return nil
    }
    guard let from = reader.time(list[0], what), let to = reader.time(list[1], what) else { return nil }
    guard from < to else {
      reader.report("\(what) ends before it begins", at: list[1], advice: "write the earlier time first")
      return nil
    }
    return Window(from: from, to: to)
  }
}
