import Diagnostics
import Events
import Scenarios

/// That each instance meant has the demanded health at every scrape of a window, and is scraped in it.
func judge(_ demand: TargetExpectation, _ seen: Observations) -> Judgement {
  let selector = demand.target.value
  let instances = seen.health.filter { instance, _ in
    instance == selector || selector.index == nil && instance.service == selector.service
  }
  let expected = "\(selector) \(demand.health.rawValue) during \(demand.during.text)"
  if instances.isEmpty {
    return .failed("\(selector) was never scraped", expected: expected, actual: "no scrape")
  }
  var scrapes = 0
  for (instance, samples) in instances.sorted(by: { ($0.key.index ?? -1) < ($1.key.index ?? -1) }) {
    let during = samples.filter { demand.during.contains($0.at) }
    if during.isEmpty {
      return .failed(
        "\(instance) was not scraped within \(demand.during.text)", expected: expected, actual: "no scrape")
    }
    if let wrong = during.first(where: { $0.up != (demand.health == .up) }) {
      let actual = "\(instance) was \(wrong.up ? "up" : "down") at \(wrong.at.prometheusText)"
      return .failed("\(actual), expected \(demand.health.rawValue)", expected: expected, actual: actual)
    }
    scrapes += during.count
  }
  return .passed("\(selector) was \(demand.health.rawValue) at \(scrapes) scrape\(scrapes == 1 ? "" : "s")")
}
