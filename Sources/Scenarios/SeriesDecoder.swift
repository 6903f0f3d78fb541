import Diagnostics
import Reading
import Signals
import Yams

/// Decodes `series:` and `state:` against what a profile declares.
///
/// A series that the profile does not declare is an error unless `undeclared: allow`: that is what catches rules which select what no service emits.
struct SeriesDecoder {
  let reader: YAMLReader
  let profile: Profile
  let signals: SignalDecoder
  let allowsUndeclared: Bool

  func series(_ node: Node) -> [ScriptedSeries] {
    guard let fields = reader.fields(node, "`series`") else { return [] }
    return fields.entries.compactMap { entry in
      let id: SeriesID
      do throws(NotationError) { id = try SeriesID.parse(entry.name) } catch {
        reader.report(error, in: entry.key)
        return nil
      }
      if !allowsUndeclared { check(id, at: entry.key) }
      guard let script = signals.script(entry.value, "the value of `\(entry.name)`") else { return nil }
      check(script, of: id, at: entry.value)
      return ScriptedSeries(id: id, script: script, place: reader.place(of: entry.key))
    }
  }

  func state(_ node: Node) -> [String: Located<Signal>] {
    guard let fields = reader.fields(node, "`state`") else { return [:] }
    var state: [String: Located<Signal>] = [:]
    for entry in fields.entries {
      if profile.state[entry.name] == nil, !allowsUndeclared {
        reader.report(
          "the profile `\(profile.name)` has no state `\(entry.name)`", at: entry.key,
          advice: suggestion(for: entry.name, in: profile.state.keys))
      }
      guard let signal = signals.signal(entry.value, "the state `\(entry.name)`") else { continue }
      state[entry.name] = Located(signal, at: reader.place(of: entry.key))
    }
    return state
  }

  /// Observations make a histogram or a summary, and nothing else makes a whole one.
  private func check(_ script: SeriesScript, of id: SeriesID, at node: Node) {
    guard let family = profile.families.first(where: { $0.declares(id.name) }) else { return }
    let isObserved = [.histogram, .summary].contains(family.type) && id.name == family.name
    switch script {
    case .observations where !isObserved:
      reader.report("`\(id.name)` cannot be observed", at: node, advice: "the profile declares a \(family.type)")
    case .value(let signal) where isObserved && family.type == .histogram && signal != .absent:
      reader.report(
        "the histogram `\(id.name)` has no single value", at: node,
        advice: "write {observe: {rate: 50/s, value: 0.12}}, or script its parts, `\(id.name)_bucket` for example")
    default: break
    }
  }

  private func check(_ id: SeriesID, at node: Node) {
    guard let family = profile.families.first(where: { $0.declares(id.name) }) else {
      let names = profile.families.map(\.name)
      let hint = suggestion(for: id.name, in: names).map { $0 + " Or " } ?? ""
      return reader.report(
        "the profile `\(profile.name)` declares no metric `\(id.name)`", at: node,
        advice: hint + "say `undeclared: allow` in the service if it really emits it")
    }
    for (label, value) in id.labels.sorted(by: { $0.key < $1.key }) where !["le", "quantile"].contains(label) {
      guard let values = family.labels[label] else {
        reader.report(
          "`\(family.name)` has no label `\(label)`", at: node, advice: suggestion(for: label, in: family.labels.keys))
        continue
      }
      guard let closed = values, !closed.contains(value) else { continue }
      reader.report(
        "`\(value)` is no value of the label `\(label)` of `\(family.name)`", at: node,
        advice: suggestion(for: value, in: closed))
    }
  }
}

extension FamilyDeclaration {
  /// Whether a series of this name belongs to the family, its parts included.
  func declares(_ series: String) -> Bool {
    if series == name { return true }
    let parts: [String]
    switch type {
    case .histogram: parts = ["_bucket", "_sum", "_count"]
    case .summary: parts = ["_sum", "_count"]
    default: parts = []
    }
    return parts.contains { name + $0 == series }
  }
}
