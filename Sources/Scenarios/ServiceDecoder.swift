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

  private func service(_ entry: Fields.Entry) -> Service? {
    let what = "the service `\(entry.name)`"
    guard let fields = reader.fields(entry.value, what, known: Self.keys),
      let profileNode = reader.required(fields, "profile", of: what, example: "profile: generic"),
      let profile = profiles.profile(profileNode, reader)
    else { return nil }
    var service = Service(name: Located(entry.name, at: reader.place(of: entry.key)), profile: profile)
    service.replicas = fields["replicas"].flatMap { reader.whole($0, "`replicas`", in: 1...200) } ?? 1
    service.labels = fields["labels"].flatMap { reader.texts($0, "`labels`") } ?? [:]
    let series = seriesDecoder(fields, profile)
    service.allowsUndeclared = series.allowsUndeclared
    service.step = series.signals.step
    service.repeatsLast = series.signals.repeatsLast
    service.state = fields["state"].map(series.state) ?? [:]
    service.series = fields["series"].map(series.series) ?? []
    service.push = fields["push"].flatMap(push)
    if profile.speaks == .push, fields["push"] == nil {
      reader.report(
        "\(what) pushes, but does not say how", at: entry.key, advice: "add `push: {every: 1m, job: \(entry.name)}`")
    }
    if profile.speaks == .push, service.replicas > 1 {
      reader.report("\(what) pushes as one job: it cannot have replicas", at: entry.key)
    }
    return service
  }

  private func seriesDecoder(_ fields: Fields, _ profile: Profile) -> SeriesDecoder {
    let step = fields["step"].flatMap { reader.duration($0, "`step`") } ?? .seconds(60)
    if step <= .zero, let node = fields["step"] { reader.report("`step` must be longer than 0", at: node) }
    let repeats = fields["repeat"].flatMap { reader.text($0, "`repeat`") }
    if let node = fields["repeat"], repeats != "last" { reader.report("`repeat` can only be `last`", at: node) }
    return SeriesDecoder(
      reader: reader, profile: profile,
      signals: SignalDecoder(reader: reader, step: max(step, .milliseconds(1)), repeatsLast: repeats == "last"),
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
