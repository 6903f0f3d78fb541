import Diagnostics
import Events
import Exposition
import Net
import Scenarios
import Services
import Signals

/// One instance of a service of a plan, everything about it a function of time.
struct PlannedInstance: Sendable {
  var selector: InstanceSelector
  var service: Service
  /// `s3-1.zenko.svc:8002`, the name under which Prometheus knows it, or its exporter.
  var address: String
  var book: SeriesBook
  var state: [String: Track]
  var faults: FaultSchedule

  var job: String { service.labels["job"] ?? service.name.value }

  /// Target labels without the job.
  var labels: [String: String] { service.labels.filter { $0.key != "job" } }
}

extension Plan {
  /// Every instance of every service, its timeline applied. `birth` is when they start, before offset 0.
  func instances(birth: Duration) -> [PlannedInstance] {
    scenario.services.flatMap { service in
      (0..<service.replicas).map { index in instance(of: service, index, birth: birth) }
    }
  }

  private func instance(of service: Service, _ index: Int, birth: Duration) -> PlannedInstance {
    let namespace = service.labels["namespace"] ?? "default"
    let port = service.profile.exporter?.port ?? service.profile.port
    var instance = PlannedInstance(
      selector: InstanceSelector(service: service.name.value, index: index), service: service,
      address: "\(service.name.value)-\(index).\(namespace).svc:\(port)", book: SeriesBook(birth: birth), state: [:],
      faults: FaultSchedule())
    for family in service.profile.families {
      instance.book.declare(family.name, type: family.type, help: family.help, bounds: family.bounds)
    }
    let scripted = Set(service.series.map(\.id))
    for series in service.profile.families.flatMap(\.healthy) where !scripted.contains(series.id) {
      instance.book.script(series.id, series.script, at: nil)
    }
    for series in service.series { instance.book.script(series.id, series.script, at: nil) }
    for (name, signal) in service.profile.state.merging(service.state.mapValues(\.value), uniquingKeysWith: { $1 }) {
      instance.setState(name, signal, at: nil, birth: birth)
    }
    for entry in scenario.timeline {
      for change in entry.changes where change.target.value.covers(instance.selector) {
        instance.apply(change, at: entry.at, birth: birth)
      }
    }
    return instance
  }
}

extension InstanceSelector {
  fileprivate func covers(_ instance: InstanceSelector) -> Bool {
    service == instance.service && (index == nil || index == instance.index)
  }
}

extension PlannedInstance {
  fileprivate mutating func apply(_ change: TimelineEntry.Change, at moment: Duration, birth: Duration) {
    for (name, signal) in change.state { setState(name, signal.value, at: moment, birth: birth) }
    for series in change.series { book.script(series.id, series.script, at: moment) }
    guard let fault = change.fault?.value else { return }
    guard let mapped = ServiceFault(fault) else {
      book.restart(at: moment)
      for name in state.keys { state[name]?.restart(at: moment) }
      return faults.restart(at: moment)
    }
    faults.append(mapped, at: moment)
  }

  fileprivate mutating func setState(_ name: String, _ signal: Signal, at moment: Duration?, birth: Duration) {
    let isRate = if case .rate = signal { true } else { false }
    state[name, default: Track(cumulative: isRate)].append(
      signal, at: moment ?? birth, origin: moment ?? (isRate ? birth : .zero))
  }
}

extension ServiceFault {
  /// nil: a restart, which is a moment and not a state.
  fileprivate init?(_ fault: Fault) {
    switch fault {
    case .none: self = .none
    case .down: self = .down
    case .hang: self = .hang
    case .slow(let delay): self = .slow(delay)
    case .status(let status): self = .status(status)
    case .truncate: self = .truncate
    case .garbage: self = .garbage
    case .wrongContentType: self = .wrongContentType
    case .restart: return nil
    }
  }
}

extension TimelineEntry.Change {
  /// In the scenario's words, for the record.
  var summary: String {
    var parts = state.keys.sorted().map { "state \($0)" } + series.map { $0.id.description }
    if let fault { parts.append("fault \(fault.value)") }
    return "\(target.value): \(parts.joined(separator: ", "))"
  }
}
