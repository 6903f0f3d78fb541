import Diagnostics
import Reading
import Signals
import Yams

/// Decodes a profile: `fixtures/profiles/NAME.yaml`.
struct ProfileDecoder {
  let reader: YAMLReader

  private static let keys = [
    "profile", "speaks", "port", "metrics_path", "other_path_status", "routes", "exporter", "families", "state",
    "undeclared", "component",
  ]

  func profile(_ node: Node) -> Profile? {
    guard let fields = reader.fields(node, "a profile", known: Self.keys),
      let nameNode = reader.required(fields, "profile", of: "the profile", example: "profile: cloudserver"),
      let name = reader.text(nameNode, "`profile`"),
      let speaksNode = reader.required(fields, "speaks", of: "the profile", example: "speaks: http"),
      let speaks: Profile.Speaks = reader.word(speaksNode, "`speaks`")
    else { return nil }
    var profile = Profile(name: name, speaks: speaks, port: 0)
    profile.port = fields["port"].flatMap { reader.whole($0, "`port`", in: 1...65535) } ?? 0
    if profile.port == 0, speaks != .push {
      reader.report(
        "the profile has no `port`", at: fields.place,
        advice: "give it the port under which the service is known: port: 8000")
    }
    if let node = fields["metrics_path"], let path = reader.text(node, "`metrics_path`") { profile.metricsPath = path }
    if let node = fields["other_path_status"], let status = reader.whole(node, "`other_path_status`", in: 100...599) {
      profile.otherPathStatus = status
    }
    if let node = fields["undeclared"] { profile.allowsUndeclared = undeclared(node, reader) }
    profile.routes = fields["routes"].map(routes) ?? []
    profile.exporter = fields["exporter"].flatMap(exporter)
    profile.component = fields["component"].flatMap { reader.word($0, "`component`") }
    if speaks == .component, profile.component == nil {
      reader.report("the profile does not say which component it is", at: fields.place, advice: "component: prometheus")
    }
    profile.families = fields["families"].map(families) ?? []
    profile.state = fields["state"].map(state) ?? [:]
    return profile
  }

  private func routes(_ node: Node) -> [Profile.Route] {
    (reader.list(node, "`routes`") ?? []).compactMap { node in
      guard let fields = reader.fields(node, "a route", known: ["path", "methods", "status", "content_type", "body"]),
        let pathNode = reader.required(fields, "path", of: "a route", example: "path: /live"),
        let path = reader.text(pathNode, "`path`")
      else { return nil }
      return Profile.Route(
        path: path,
        methods: fields["methods"].flatMap { reader.list($0, "`methods`") }?.compactMap { reader.text($0, "a method") }
          ?? ["GET"],
        status: fields["status"].flatMap { reader.whole($0, "`status`", in: 100...599) } ?? 200,
        contentType: fields["content_type"].flatMap { reader.text($0, "`content_type`") }
          ?? "text/plain; charset=utf-8",
        body: fields["body"].flatMap { reader.text($0, "`body`") } ?? "")
    }
  }

  private func exporter(_ node: Node) -> Profile.Exporter? {
    guard let fields = reader.fields(node, "`exporter`", known: ["name", "port", "arguments"]),
      let name = reader.required(fields, "name", of: "`exporter`", example: "name: redis_exporter"),
      let port = reader.required(fields, "port", of: "`exporter`", example: "port: 9121")
    else { return nil }
    guard let nameText = reader.text(name, "`name`"), let number = reader.whole(port, "`port`", in: 1...65535) else {
      return nil
    }
    let arguments =
      fields["arguments"].flatMap { reader.list($0, "`arguments`") }?.compactMap { reader.text($0, "an argument") }
      ?? []
    return Profile.Exporter(name: nameText, port: number, arguments: arguments)
  }

  private func families(_ node: Node) -> [FamilyDeclaration] {
    guard let fields = reader.fields(node, "`families`") else { return [] }
    return fields.entries.compactMap { family($0.name, $0.value) }
  }

  private func family(_ name: String, _ node: Node) -> FamilyDeclaration? {
    let known = ["type", "help", "unit", "labels", "buckets", "quantiles", "healthy"]
    guard let fields = reader.fields(node, "the family `\(name)`", known: known),
      let typeNode = reader.required(fields, "type", of: "the family `\(name)`", example: "type: gauge"),
      let type: MetricType = reader.word(typeNode, "`type`")
    else { return nil }
    var family = FamilyDeclaration(
      name: name, type: type, help: fields["help"].flatMap { reader.text($0, "`help`") } ?? name)
    family.labels = fields["labels"].map(labels) ?? [:]
    if let bounds = fields["buckets"] ?? fields["quantiles"] {
      family.bounds = (reader.list(bounds, "the bounds of `\(name)`") ?? []).compactMap { reader.number($0, "a bound") }
    }
    family.healthy = fields["healthy"].map { healthy(name, $0) } ?? []
    return family
  }

  /// `labels: {method: [GET, PUT], location: any}`.
  private func labels(_ node: Node) -> [String: [String]?] {
    guard let fields = reader.fields(node, "`labels`") else { return [:] }
    var labels: [String: [String]?] = [:]
    for entry in fields.entries {
      if entry.value.scalar?.string == "any" {
        labels[entry.name] = .some(nil)
      } else if let values = reader.list(entry.value, "the values of `\(entry.name)`") {
        labels[entry.name] = values.compactMap { reader.text($0, "a label value") }
      }
    }
    return labels
  }

  /// One script for a family without labels, else a mapping from label sets `{method="GET"}` to scripts.
  private func healthy(_ name: String, _ node: Node) -> [ScriptedSeries] {
    let signals = SignalDecoder(reader: reader, step: .seconds(60), repeatsLast: true)
    guard let fields = labelledEntries(node) else {
      return signals.script(node, "`healthy`").map {
        [ScriptedSeries(id: SeriesID(name: name), script: $0, place: reader.place(of: node))]
      } ?? []
    }
    return fields.compactMap { entry in
      let id: SeriesID
      do throws(NotationError) { id = try SeriesID.parse(name + entry.name) } catch {
        reader.report(error.message, at: entry.key, advice: error.advice)
        return nil
      }
      return signals.script(entry.value, "`healthy`").map {
        ScriptedSeries(id: id, script: $0, place: reader.place(of: entry.key))
      }
    }
  }

  private func labelledEntries(_ node: Node) -> [Fields.Entry]? {
    guard case .mapping(let mapping) = node, mapping.first?.key.scalar?.string.hasPrefix("{") == true else {
      return nil
    }
    return reader.fields(node, "`healthy`")?.entries
  }

  private func state(_ node: Node) -> [String: Signal] {
    guard let fields = reader.fields(node, "`state`") else { return [:] }
    let signals = SignalDecoder(reader: reader, step: .seconds(60), repeatsLast: true)
    var state: [String: Signal] = [:]
    for entry in fields.entries { state[entry.name] = signals.signal(entry.value, "the state `\(entry.name)`") }
    return state
  }
}

/// `undeclared: allow | refuse`.
func undeclared(_ node: Node, _ reader: YAMLReader) -> Bool {
  switch reader.text(node, "`undeclared`") {
  case "allow"?: return true
  case "refuse"?: return false
  default:
    reader.report("`undeclared` must be `allow` or `refuse`", at: node)
    return true
  }
}
