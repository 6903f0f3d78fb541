import Diagnostics
import Reading
import Signals
import Yams

/// Decodes one service of `services:`.
struct ServiceDecoder {
  let reader: YAMLReader
  let profiles: ProfileLibrary

  private static let keys = [
    "profile", "replicas", "labels", "state", "series", "step", "repeat", "undeclared", "push",
  ]

  func services(_ node: Node) -> [Service] {
    guard let fields = reader.fields(node, "`services`") else { return [] }
    return fields.entries.compactMap(service)
  }

  /// nil where it has no profile, or one that cannot be used.
  private func service(_ entry: Fields.Entry) -> Service? {
    let what = "the service `\(entry.name)`"
    guard let fields = reader.fields(entry.value, what, known: Self.keys) else { return nil }
    check(entry)
    let replicas = fields["replicas"].flatMap { reader.whole($0, "`replicas`", in: 1...200) } ?? 1
    let labels = fields["labels"].map(labels) ?? [:]
    let push = fields["push"].flatMap(push)
    guard let profileNode = reader.required(fields, "profile", of: what, example: "profile: generic"),
      let profile = profiles.profile(profileNode, reader)
    else { return nil }
    var service = Service(
      name: Located(entry.name, at: reader.place(of: entry.key)), profile: profile, replicas: replicas, labels: labels,
      push: push)
    let series = seriesDecoder(fields, profile)
    service.allowsUndeclared = series.allowsUndeclared
    service.step = series.signals.step
    service.repeatsLast = series.signals.repeatsLast
    service.state = fields["state"].map(series.state) ?? [:]
    service.series = fields["series"].map(series.series) ?? []
    if profile.speaks == .push, fields["push"] == nil {
      reader.report(
        "\(what) pushes, but does not say how", at: entry.key, advice: "add `push: {every: 1m, job: \(entry.name)}`")
    }
    if profile.speaks == .push, service.replicas > 1 {
      reader.report("\(what) pushes as one job: it cannot have replicas", at: entry.key)
    }
    return service
  }

  /// Its name becomes a host name, and a key of the timeline.
  private func check(_ entry: Fields.Entry) {
    if entry.name == "at" {
      reader.report("a service cannot be called `at`", at: entry.key, advice: "the timeline has this key for times")
    } else if !entry.name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }) {
      reader.report(
        "`\(entry.name)` cannot be a service's name", at: entry.key,
        advice: "use letters, digits and `-`: it becomes a host name")
    }
  }

  private func labels(_ node: Node) -> [String: String] {
    let labels = reader.texts(node, "`labels`") ?? [:]
    for key in node.mapping?.keys.map({ $0 }) ?? [] {
      guard let name = key.scalar?.string, (try? SeriesID.parse("x{\(name)=\"\"}")) == nil else { continue }
      reader.report(
        "`\(name)` cannot be a label's name", at: key, advice: "use letters, digits and `_`, a digit not first")
    }
    return labels
  }

  private func seriesDecoder(_ fields: Fields, _ profile: Profile) -> SeriesDecoder {
    SeriesDecoder(
      reader: reader, profile: profile, signals: SignalDecoder(fields, reader, step: .seconds(60), repeatsLast: false),
      allowsUndeclared: fields["undeclared"].map { undeclared($0, reader) } ?? profile.allowsUndeclared)
  }

  private func push(_ node: Node) -> Push? {
    let example = "push: {every: 1m, job: count-items}"
    guard let fields = reader.fields(node, "`push`", known: ["every", "job", "grouping"]),
      let everyNode = reader.required(fields, "every", of: "`push`", example: example),
      let jobNode = reader.required(fields, "job", of: "`push`", example: example),
      let every = reader.duration(everyNode, "`every`"), let job = reader.text(jobNode, "`job`")
    else { return nil }
    guard every >= .seconds(1) else {
      reader.report("`every` must be at least 1s", at: everyNode)
      return nil
    }
    return Push(every: every, job: job, grouping: fields["grouping"].flatMap { reader.texts($0, "`grouping`") } ?? [:])
  }
}
