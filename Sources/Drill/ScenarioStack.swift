import Bundles
import Diagnostics
import Events
import Glibc
import Net
import Receivers
import Scenarios
import Services
import Signals
import Stack
import Synchronization
import VirtualTime

/// The programs of a stack that have started, in order; whoever takes it down finds them here, also half way through a start.
final class Roster: Sendable {
  private let started = Mutex<[(component: Component, program: Program, path: String)]>([])

  func add(_ component: Component, _ program: Program, _ path: String) {
    started.withLock { $0.append((component, program, path)) }
  }

  var components: [Component] { started.withLock { $0.map(\.component) } }

  func component(_ name: String) -> Component? { components.first { $0.name == name } }

  /// Each program once.
  var programs: [(program: Program, path: String)] {
    started.withLock { started in
      var seen: Set<Program> = []
      return started.filter { seen.insert($0.program).inserted }.map { ($0.program, $0.path) }
    }
  }
}

/// What the parts of a scenario's stack need from each other.
struct StackSite: Sendable {
  let plan: Plan
  let instances: [PlannedInstance]
  let clock: any ProcessClock
  let loops: EventLoops
  let addresses: LoopbackRange
  let folder: String
  let binaries: Binaries
  let reaper: Reaper
  let roster = Roster()

  /// The name under which Prometheus knows the Pushgateway: no port in it is a matter of chance, for its scrape offset is a hash of it.
  static let pushgatewayName = "pushgateway.firedrill.svc:9091"

  /// The certificate of the run's own authority, beside Prometheus' configuration.
  private static let authorityFile = "ca.pem"

  var prometheus: PrometheusAPI? { roster.component("prometheus").map { PrometheusAPI(url: $0.url) } }

  private var pushes: Bool { plan.scenario.services.contains { $0.push != nil } }

  /// Starts all of it; what has started stands in the roster, whatever fails after it.
  func start(deliver: @escaping @Sendable (Events.Notification) -> Void) async throws {
    try writeText("127.0.0.1 localhost firedrill\n::1 localhost\n", to: "\(folder)/hosts")
    let sink = try await SinkServer(loops, clock: clock, address: addresses.address(2), deliver: deliver)
    try writeText(AlertmanagerConfigWriter(plan.bundle).write(sink: sink.url).text, to: "\(folder)/alertmanager.yml")
    let alertmanager = try await start(
      .alertmanager, at: 3,
      ["--config.file=alertmanager.yml", "--storage.path=alertmanager", "--cluster.listen-address="])
    if pushes { _ = try await start(.pushgateway, at: 4, []) }
    var hosts = hosts()
    for (number, instance) in instances.enumerated() where instance.service.profile.speaks == .redis {
      hosts[instance.address] = try await startRedis(instance, number)
    }
    let authority = try RunAuthority()
    try writeText(authority.pem, to: "\(folder)/\(Self.authorityFile)")
    let proxy = try await ForwardProxy(
      loops, clock: clock, address: addresses.address(2), authority: authority, hosts: hosts)
    try writeConfiguration(alertmanager: alertmanager.address, proxy: proxy.url)
    _ = try await start(
      .prometheus, at: 5,
      [
        "--config.file=prometheus.yml", "--storage.tsdb.path=tsdb", "--storage.tsdb.retention.time=100y",
        "--web.enable-lifecycle", "--web.enable-admin-api",
      ])
  }

  /// Starts one of the three that say in their log where they listen, at the run's address of that number.
  private func start(_ program: Program, at number: Int, _ arguments: [String]) async throws -> Component {
    let path = try binaries.path(of: program)
    let listen = "--web.listen-address=\(addresses.address(number)):0"
    let component = try await Component.start(
      program.name, command(program.name, path, arguments + [listen]), under: clock, listening: .saidInLog,
      readyPath: "/-/ready", reaper: reaper)
    roster.add(component, program, path)
    return component
  }

  /// A command of the stack: everything beside the run's folder, one processor, no proxy of the machine's.
  private func command(_ name: String, _ path: String, _ arguments: [String]) -> Command {
    Command(
      path: path, arguments: arguments,
      environment: [
        // One scheduler context makes a small stack faster: fewer threads to watch and to wake.
        "GOMAXPROCS": "1", "PATH": "/usr/bin:/bin", "HOME": folder, Reaper.markVariable: reaper.mark,
      ], directory: folder, logPath: "\(folder)/logs/\(name).log", hostName: "firedrill", hostsFile: "\(folder)/hosts")
  }

  /// What stands behind each name that Prometheus asks the proxy for, exporters aside.
  private func hosts() -> [String: ForwardProxy.Host] {
    var hosts: [String: ForwardProxy.Host] = [:]
    for instance in instances {
      switch instance.service.profile.speaks {
      case .http: hosts[instance.address] = .fake(fake(instance))
      case .component: hosts[instance.address] = instance.service.profile.component.map { component($0.rawValue) }
      case .redis, .push: break
      }
    }
    if pushes { hosts[Self.pushgatewayName] = component("pushgateway") }
    return hosts
  }

  private func component(_ name: String) -> ForwardProxy.Host {
    .later { [roster] in roster.component(name).map { hostAndPort($0.address) } }
  }

  private func fake(_ instance: PlannedInstance) -> FakeInstance {
    let profile = instance.service.profile
    let book = instance.book
    return FakeInstance(
      name: instance.selector.description, metricsPath: profile.metricsPath,
      routes: profile.routes.map {
        .init(path: $0.path, methods: $0.methods, status: $0.status, contentType: $0.contentType, body: $0.body)
      }, faults: instance.faults, otherPathStatus: profile.otherPathStatus, families: { book.families(at: $0) })
  }

  /// Starts a fake Redis and the real exporter in front of it, at an address of their own.
  private func startRedis(_ instance: PlannedInstance, _ number: Int) async throws -> ForwardProxy.Host {
    let profile = instance.service.profile
    let host = addresses.address(10 + number)
    let tracks = instance.state
    _ = try await RedisServer(loops, clock: clock, address: host, port: profile.port, faults: instance.faults) {
      moment in
      tracks.compactMapValues { $0.value(at: moment) }
    }
    guard let exporter = profile.exporter, let program = Program.named(exporter.name) else {
      throw StackError("the profile `\(profile.name)` names no exporter that Firedrill knows")
    }
    let path = try binaries.path(of: program)
    let address = "\(host):\(exporter.port)"
    let name = "\(exporter.name)-\(instance.service.name.value)-\(instance.selector.index ?? 0)"
    let arguments = ["--redis.addr=redis://\(host):\(profile.port)", "--web.listen-address=\(address)"]
    let component = try await Component.start(
      name, command(name, path, arguments + exporter.arguments), under: clock, listening: .at(address), readyPath: "/",
      reaper: reaper)
    roster.add(component, program, path)
    return .real(host: host, port: exporter.port)
  }

  private func writeConfiguration(alertmanager: String, proxy: String) throws {
    var names: [String] = []
    for (number, file) in plan.bundle.ruleFiles.enumerated() {
      let name = "rules/\(number)-\(file.file.split(separator: "/").last ?? "rules.yaml")"
      try writeText(file.rendered, to: "\(folder)/\(name)")
      names.append(name)
    }
    let config = PrometheusConfigWriter(plan.bundle).write(
      jobs: scrapeJobs(), ruleFiles: names, alertmanager: alertmanager, proxy: proxy, authority: Self.authorityFile)
    try writeText(config.text, to: "\(folder)/prometheus.yml")
  }

  /// The instances by job, in the order of the scenario.
  private func scrapeJobs() -> [ScrapeJob] {
    var jobs: [ScrapeJob] = []
    for instance in instances where instance.service.profile.speaks != .push {
      let target = ScrapeJob.Target(address: instance.address, labels: instance.labels)
      if let index = jobs.firstIndex(where: { $0.name == instance.job }) {
        jobs[index].targets.append(target)
      } else {
        let path = instance.service.profile.exporter == nil ? instance.service.profile.metricsPath : "/metrics"
        jobs.append(ScrapeJob(name: instance.job, metricsPath: path, targets: [target]))
      }
    }
    if pushes {
      jobs.append(
        ScrapeJob(
          name: "pushgateway", metricsPath: "/metrics", honorsLabels: true,
          targets: [.init(address: Self.pushgatewayName, labels: [:])]))
    }
    return jobs
  }
}

private func hostAndPort(_ address: String) -> (host: String, port: Int) {
  let parts = address.split(separator: ":")
  return (String(parts.first ?? ""), parts.last.flatMap { Int($0) } ?? 0)
}
