import Yams

/// A scrape job of a run: the fakes that share a `job` label.
public struct ScrapeJob: Sendable {
  public var name: String
  public var metricsPath: String
  public var honorsLabels: Bool
  public var targets: [Target]

  /// A target under the name that production gives it.
  public struct Target: Sendable {
    /// `s3-1.zenko.svc:8002`
    public var address: String
    /// Without `job`.
    public var labels: [String: String]

    /// Creates a target.
    public init(address: String, labels: [String: String]) {
      self.address = address
      self.labels = labels
    }
  }

  /// Creates a job.
  public init(name: String, metricsPath: String, honorsLabels: Bool = false, targets: [Target]) {
    self.name = name
    self.metricsPath = metricsPath
    self.honorsLabels = honorsLabels
    self.targets = targets
  }
}

/// A configuration as it runs here, and what was changed for that.
public struct WrittenConfig: Sendable {
  public var text: String
  /// One sentence a change.
  public var changes: [String]
}

/// Writes the Prometheus configuration of a run: the shipped one, with only where targets and Alertmanagers are replaced.
public struct PrometheusConfigWriter {
  private let bundle: Bundle

  /// Writes for this bundle.
  public init(_ bundle: Bundle) {
    self.bundle = bundle
  }

  /// - Parameters:
  ///   - ruleFiles: paths relative to the configuration.
  ///   - alertmanager: `host:port`.
  ///   - proxy: URL of the forward proxy under which the targets' names are served.
  ///   - authority: path, relative to the configuration, of the certificate of the authority that signs for targets of the scheme `https`.
  public func write(
    jobs: [ScrapeJob], ruleFiles: [String], alertmanager: String, proxy: String, authority: String
  ) -> WrittenConfig {
    let shipped = (try? bundle.prometheus.flatMap { try Yams.compose(yaml: $0.text) })?.mapping
    var changes: [String] = []
    var config = Node.Mapping([])
    config["global"] =
      global(shipped?["global"], &changes)
      ?? yaml([
        ("scrape_interval", yaml(milliseconds(bundle.scrapeInterval))),
        ("evaluation_interval", yaml(milliseconds(bundle.evaluationInterval))),
      ])
    config["rule_files"] = yaml(ruleFiles.map { yaml(quoted: $0) })
    config["alerting"] = alerting(shipped?["alerting"]?.mapping, alertmanager, &changes)
    config["scrape_configs"] = yaml(
      scrapeConfigs(jobs, shipped?["scrape_configs"], Way(proxy: proxy, authority: authority), &changes))
    for (key, _) in shipped ?? [:] where config[key] == nil {
      changes.append("left out `\(key.scalar?.string ?? "")`: it names things that are not here")
    }
    return WrittenConfig(text: text(of: .mapping(config)), changes: changes)
  }

  /// Logs are written where the real one runs; all else is as shipped.
  private func global(_ shipped: Node?, _ changes: inout [String]) -> Node? {
    guard var global = shipped?.mapping else { return shipped }
    for key in ["query_log_file", "scrape_failure_log_file"] where global[key] != nil {
      global[key] = nil
      changes.append("left out `\(key)` of `global`: it names a file that is not here")
    }
    return .mapping(global)
  }

  private func alerting(_ shipped: Node.Mapping?, _ alertmanager: String, _ changes: inout [String]) -> Node {
    var alerting = Node.Mapping([])
    if let relabel = shipped?["alert_relabel_configs"] { alerting["alert_relabel_configs"] = relabel }
    if shipped?["alertmanagers"] != nil { changes.append("`alerting.alertmanagers` is the run's own") }
    alerting["alertmanagers"] = yaml([
      yaml([("static_configs", yaml([yaml([("targets", yaml([yaml(alertmanager)]))])]))])
    ])
    return .mapping(alerting)
  }

  /// How Prometheus reaches the targets.
  private struct Way {
    var proxy: String
    var authority: String
  }

  private func scrapeConfigs(_ jobs: [ScrapeJob], _ shipped: Node?, _ way: Way, _ changes: inout [String]) -> [Node] {
    let configs = shipped?.sequence.map(Array.init) ?? []
    for name in configs.compactMap({ $0.mapping?["job_name"]?.scalar?.string })
    where !jobs.contains(where: { $0.name == name }) {
      changes.append("left out the scrape job `\(name)`: no service of the scenario has this job")
    }
    return jobs.map { job in
      let own = configs.first { $0.mapping?["job_name"]?.scalar?.string == job.name }?.mapping
      if own != nil { changes.append("the targets of the scrape job `\(job.name)` are the scenario's services") }
      return scrapeConfig(job, own, way, &changes)
    }
  }

  /// How targets are reached and who asks: the fakes are reached through the run's proxy, and ask for no credentials.
  private static let reach = [
    "tls_config", "proxy_url", "proxy_from_environment", "proxy_connect_header", "no_proxy", "basic_auth",
    "authorization", "bearer_token", "bearer_token_file", "oauth2",
  ]

  private func scrapeConfig(_ job: ScrapeJob, _ shipped: Node.Mapping?, _ way: Way, _ changes: inout [String])
    -> Node
  {
    var config = shipped ?? Node.Mapping([])
    for key in config.keys.compactMap({ $0.scalar?.string }) where key.hasSuffix("_sd_configs") {
      config[yaml(key)] = nil
    }
    for key in Self.reach where config[key] != nil {
      config[key] = nil
      changes.append("left out `\(key)` of the scrape job `\(job.name)`: its targets are reached another way here")
    }
    if config["scheme"]?.scalar?.string == "https" {
      config["tls_config"] = yaml([("ca_file", yaml(quoted: way.authority))])
      changes.append("the scrape job `\(job.name)` keeps `https` and trusts the run's own authority alone")
    }
    config["job_name"] = yaml(quoted: job.name)
    if config["metrics_path"] == nil { config["metrics_path"] = yaml(job.metricsPath) }
    if job.honorsLabels, config["honor_labels"] == nil { config["honor_labels"] = "true" }
    config["proxy_url"] = yaml(way.proxy)
    config["static_configs"] = yaml(
      job.targets.map { target in
        let labels = target.labels.sorted { $0.key < $1.key }.map { ($0.key, yaml(quoted: $0.value)) }
        return yaml([("targets", yaml([yaml(target.address)])), ("labels", yaml(labels))])
      })
    return .mapping(config)
  }
}

/// Writes the Alertmanager configuration of a run: the shipped one, with only where receivers send to replaced.
public struct AlertmanagerConfigWriter {
  private let bundle: Bundle

  /// Writes for this bundle.
  public init(_ bundle: Bundle) {
    self.bundle = bundle
  }

  /// Which kinds do not send resolved notices unless told (Alertmanager's docs/configuration.md).
  private static let silentOnResolve = ["slack", "email", "wechat", "rocketchat"]

  /// `sink` is the URL under which each receiver has its own path, `/<receiver>/<kind>/<number>`.
  public func write(sink: String) -> WrittenConfig {
    var changes: [String] = []
    guard let document = bundle.alertmanager, var config = (try? Yams.compose(yaml: document.text))?.mapping else {
      let receiver = receiver(
        Node.Mapping([("name", "default"), ("webhook_configs", yaml([yaml([("url", "")])]))]), sink, &changes)
      let route = yaml([("receiver", "default"), ("group_by", yaml(["alertname"]))])
      return WrittenConfig(
        text: text(of: yaml([("route", route), ("receivers", yaml([receiver]))])),
        changes: ["the bundle ships no Alertmanager configuration: everything goes to the receiver `default`"])
    }
    let receivers = config["receivers"]?.sequence.map(Array.init) ?? []
    config["receivers"] = yaml(receivers.map { $0.mapping.map { receiver($0, sink, &changes) } ?? $0 })
    // Global settings are addresses and secrets of real services, but for this one.
    let timeout = config["global"]?.mapping?["resolve_timeout"]
    if config["global"] != nil {
      changes.append("`global` keeps `resolve_timeout` alone: nothing may reach a real service")
    }
    config["global"] = timeout.map { yaml([("resolve_timeout", $0)]) }
    if config["templates"] != nil { changes.append("left out `templates`: every receiver is a webhook here") }
    config["templates"] = nil
    return WrittenConfig(text: text(of: .mapping(config)), changes: changes)
  }

  private func receiver(_ shipped: Node.Mapping, _ sink: String, _ changes: inout [String]) -> Node {
    let name = shipped["name"]?.scalar?.string ?? ""
    var webhooks: [Node] = []
    for (key, value) in shipped {
      guard let kind = key.scalar?.string.split(separator: "_configs").first.map(String.init), kind != "name" else {
        continue
      }
      for (index, own) in (value.sequence ?? []).enumerated() {
        let url = "\(sink)/\(pathComponent(name))/\(kind)/\(index)"
        let resolved = own.mapping?["send_resolved"] ?? (Self.silentOnResolve.contains(kind) ? "false" : "true")
        var webhook = Node.Mapping([("url", yaml(url)), ("send_resolved", resolved)])
        if kind == "webhook", let most = own.mapping?["max_alerts"] { webhook["max_alerts"] = most }
        webhooks.append(.mapping(webhook))
        changes.append("the receiver `\(name)`: \(kind) number \(index) goes to a local sink")
      }
    }
    var receiver = Node.Mapping([("name", yaml(quoted: name))])
    if !webhooks.isEmpty { receiver["webhook_configs"] = yaml(webhooks) }
    return .mapping(receiver)
  }
}

private func milliseconds(_ duration: Duration) -> String { "\(Int(duration / .milliseconds(1)))ms" }

/// A receiver's name as one component of a path; names are free text.
private func pathComponent(_ text: String) -> String {
  text.utf8.map { byte in
    let character = Character(UnicodeScalar(byte))
    let plain = character.isASCII && (character.isLetter || character.isNumber || "-_.".contains(character))
    return plain ? String(character) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
  }.joined()
}
