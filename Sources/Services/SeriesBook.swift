public import Exposition
public import Signals

/// All series of one instance over a whole scenario: what its profile shows when healthy, and what the scenario scripts over it.
public struct SeriesBook: Sendable {
  private struct Family {
    let name: String
    let type: MetricType
    let help: String
    let bounds: [Double]
    var tracks: [(id: SeriesID, track: Track)] = []
    var distributions: [(labels: Labels, track: HistogramTrack)] = []
  }

  private var families: [Family] = []
  private var restarts: [Duration] = []
  /// When the instance starts, before offset 0.
  private let birth: Duration

  /// Creates an empty book of an instance that starts at `birth`.
  public init(birth: Duration) {
    self.birth = birth
  }

  /// Declares a family; families are shown in the order of declaration.
  public mutating func declare(_ name: String, type: MetricType, help: String, bounds: [Double] = []) {
    families.append(Family(name: name, type: type, help: help, bounds: bounds))
  }

  /// Lets a script rule a series from a moment on, or from its birth where `moment` is nil; calls come in order of time.
  public mutating func script(_ id: SeriesID, _ script: SeriesScript, at moment: Duration?) {
    let index = familyIndex(of: id)
    switch script {
    case .value(let signal): append(signal, id, index, moment)
    case .observations(let observation): append(observation, id, index, moment)
    }
  }

  /// Restarts the instance: counters begin again from 0.
  public mutating func restart(at moment: Duration) {
    restarts.append(moment)
    for family in families.indices {
      for index in families[family].tracks.indices { families[family].tracks[index].track.restart(at: moment) }
      for index in families[family].distributions.indices {
        families[family].distributions[index].track.restart(at: moment)
      }
    }
  }

  /// What a scrape shows at a moment.
  public func families(at moment: Duration) -> [MetricFamily] {
    families.map { family in
      var samples = family.tracks.compactMap { id, track in
        track.value(at: moment).map { MetricFamily.Sample(name: id.name, labels: id.labels, value: $0) }
      }
      for (labels, track) in family.distributions {
        if let value = track.value(at: moment) { samples += self.samples(of: value, labels, family) }
      }
      return MetricFamily(name: family.name, type: family.type, help: family.help, samples: samples)
    }
  }

  private mutating func append(_ signal: Signal, _ id: SeriesID, _ family: Int, _ moment: Duration?) {
    if !families[family].tracks.contains(where: { $0.id == id }) {
      let isCounter = families[family].type == .counter || id.name != families[family].name
      var track = Track(cumulative: isCounter)
      for restart in restarts { track.restart(at: restart) }
      families[family].tracks.append((id, track))
    }
    guard let index = families[family].tracks.firstIndex(where: { $0.id == id }) else { return }
    // A rate has been counting since birth; anything else says what is at 0, and so before it.
    let isRate = if case .rate = signal { true } else { false }
    families[family].tracks[index].track.append(signal, at: moment ?? birth, origin: moment ?? (isRate ? birth : .zero))
  }

  private mutating func append(_ observation: Observation, _ id: SeriesID, _ family: Int, _ moment: Duration?) {
    if !families[family].distributions.contains(where: { $0.labels == id.labels }) {
      var track = HistogramTrack(bounds: families[family].bounds)
      for restart in restarts { track.restart(at: restart) }
      families[family].distributions.append((id.labels, track))
    }
    guard let index = families[family].distributions.firstIndex(where: { $0.labels == id.labels }) else { return }
    families[family].distributions[index].track.append(observation, at: moment ?? birth)
  }

  /// The family of a series; a series that nobody declared makes its own.
  private mutating func familyIndex(of id: SeriesID) -> Int {
    if let index = families.firstIndex(where: { $0.name == id.name }) { return index }
    let suffixes = ["_bucket", "_sum", "_count"]
    if let index = families.firstIndex(where: { family in
      [.histogram, .summary].contains(family.type) && suffixes.contains { family.name + $0 == id.name }
    }) {
      return index
    }
    declare(id.name, type: id.name.hasSuffix("_total") ? .counter : .untyped, help: "scripted by the scenario")
    return families.count - 1
  }

  private func samples(of value: HistogramValue, _ labels: Labels, _ family: Family) -> [MetricFamily.Sample] {
    func sample(_ suffix: String, _ extra: Labels, _ value: Double) -> MetricFamily.Sample {
      MetricFamily.Sample(name: family.name + suffix, labels: labels.merging(extra) { $1 }, value: value)
    }
    let parts =
      family.type == .summary
      ? family.bounds.map { sample("", ["quantile": $0.goText], value.quantile($0)) }
      : value.buckets.map { sample("_bucket", ["le": $0.upperBound.goText], Double($0.count)) }
    return parts + [sample("_sum", [:], value.sum), sample("_count", [:], Double(value.count))]
  }
}
