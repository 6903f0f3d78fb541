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
import VirtualTime

/// Everything that runs for one scenario: fakes, sinks and the real programs, from start to stop.
struct ScenarioStack: Sendable {
  let prometheus: Component
  let alertmanager: Component
  let pushgateway: Component?
  let components: [Component]
  let programs: [(program: Program, path: String)]

  var prometheusAPI: PrometheusAPI { PrometheusAPI(url: prometheus.url) }
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

  /// The name under which Prometheus knows the Pushgateway: no port in it is a matter of chance, for its scrape offset is a hash of it.
  static let pushgatewayName = "pushgateway.firedrill.svc:9091"

  /// The certificate of the run's own authority, beside Prometheus' configuration.
  private static let authorityFile = "ca.pem"

  private var pushes: Bool { plan.scenario.services.contains { $0.push != nil } }

  /// Starts all of it; what has been started when something fails is stopped again by the reaper and the loop's end.
  func start(deliver: @escaping @Sendable (Events.Notification) -> Void) async throws -> ScenarioStack {
    try writeText("127.0.0.1 localhost firedrill\n::1 localhost\n", to: "\(folder)/hosts")
    let sink = try await SinkServer(loops, clock: clock, address: addresses.address(2), deliver: deliver)
    try writeText(AlertmanagerConfigWriter(plan.bundle).write(sink: sink.url).text, to: "\(folder)/alertmanager.yml")
    var programs: [(program: Program, path: String)] = []
    func command(_ program: Program, _ arguments: [String]) throws -> Command {
      let path = try binaries.path(of: program)
      if !programs.contains(where: { $0.program == program }) { programs.append((program, path)) }
      return self.command(program.name, path, arguments)
    }
    let alertmanager = try await Component.start(
      "alertmanager",
      try command(
        .alertmanager,
        [
          "--config.file=alertmanager.yml", "--storage.path=alertmanager",
          "--web.listen-address=\(addresses.address(3)):0",
          "--cluster.listen-address=",
        ]), under: clock, listening: .saidInLog, readyPath: "/-/ready", reaper: reaper)
    var components = [alertmanager]
    var hosts = fakeHosts()
    var pushgateway: Component?
    if pushes {
      let component = try await Component.start(
        "pushgateway", try command(.pushgateway, ["--web.listen-address=\(addresses.address(4)):0"]), under: clock,
        listening: .saidInLog,
        readyPath: "/-/ready", reaper: reaper)
      components.append(component)
      pushgateway = component
      let (host, port) = hostAndPort(component.address)
      hosts[Self.pushgatewayName] = .real(host: host, port: port)
    }
    for (number, instance) in instances.enumerated() where instance.service.profile.speaks == .redis {
      let (component, program, path) = try await startRedis(instance, number)
      components.append(component)
      if !programs.contains(where: { $0.program == program }) { programs.append((program, path)) }
      let (host, port) = hostAndPort(component.address)
      hosts[instance.address] = .real(host: host, port: port)
    }
    let authority = try RunAuthority()
    try writeText(authority.pem, to: "\(folder)/\(Self.authorityFile)")
    let proxy = try await ForwardProxy(
      loops, clock: clock, address: addresses.address(2), authority: authority, hosts: hosts)
    try writeConfiguration(alertmanager: alertmanager.address, proxy: proxy.url)
    let prometheus = try await Component.start(
      "prometheus",
      try command(
        .prometheus,
        [
          "--config.file=prometheus.yml", "--storage.tsdb.path=tsdb", "--storage.tsdb.retention.time=100y",
          "--web.listen-address=\(addresses.address(5)):0", "--web.enable-lifecycle", "--web.enable-admin-api",
        ]), under: clock, listening: .saidInLog, readyPath: "/-/ready", reaper: reaper)
    components.append(prometheus)
    return ScenarioStack(
      prometheus: prometheus, alertmanager: alertmanager, pushgateway: pushgateway, components: components,
      programs: programs)
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

  private func fakeHosts() -> [String: ForwardProxy.Host] {
    var hosts: [String: ForwardProxy.Host] = [:]
    for instance in instances where instance.service.profile.speaks == .http {
      let profile = instance.service.profile
      let book = instance.book
      hosts[instance.address] = .fake(
        FakeInstance(
          name: instance.selector.description, metricsPath: profile.metricsPath,
          routes: profile.routes.map {
            .init(path: $0.path, methods: $0.methods, status: $0.status, contentType: $0.contentType, body: $0.body)
          }, faults: instance.faults, otherPathStatus: profile.otherPathStatus, families: { book.families(at: $0) }))
    }
    return hosts
  }

  private func startRedis(_ instance: PlannedInstance, _ number: Int) async throws -> (Component, Program, String) {
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
    let component = try await Component.start(
      name,
      command(
        name, path,
        ["--redis.addr=redis://\(host):\(profile.port)", "--web.listen-address=\(address)"] + exporter.arguments),
      under: clock,
      listening: .at(address), readyPath: "/", reaper: reaper)
    return (component, program, path)
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

private func hostAndPort(_ address: String) -> (String, Int) {
  let parts = address.split(separator: ":")
  return (String(parts.first ?? ""), parts.last.flatMap { Int($0) } ?? 0)
}
