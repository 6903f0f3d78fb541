/// What `INFO` says: plausible fields of Redis 7, with a scenario's values in their place.
struct RedisInfo: Sendable {
  /// Scripted values by field; a field that no section has stands in `Stats`, `db<n>_keys` in `Keyspace`.
  var state: [String: Double]
  var now: Duration
  /// Seconds since 1970 at the scenario's start.
  var epoch: Double
  var port: Int

  /// A field as `INFO` shows it; nil where nothing scripts it.
  func scripted(_ field: String) -> String? { state[field].map { Self.shown(field, $0) } }

  /// The sections asked for, in Redis' order.
  func text(_ asked: [String]) -> String {
    let names = Set(asked.map { $0.lowercased() })
    let all = names.isEmpty || !names.isDisjoint(with: ["all", "everything", "default"])
    return sections.filter { all || names.contains($0.name.lowercased()) }.map { section in
      "# \(section.name)\r\n" + section.fields.map { "\($0.0):\($0.1)\r\n" }.joined()
    }.joined(separator: "\r\n")
  }

  /// Keys of the databases that hold any.
  var keyspace: [(database: Int, keys: Int)] {
    let keys: [(Int, Int)] = state.compactMap { field, value in
      guard field.hasPrefix("db"), field.hasSuffix("_keys"), let database = Int(field.dropFirst(2).dropLast(5)),
        value >= 1, let whole = Int(exactly: value.rounded())
      else { return nil }
      return (database, whole)
    }
    return keys.sorted { $0 < $1 }
  }

  private typealias Section = (name: String, fields: [(String, String)])

  private var sections: [Section] {
    var sections: [Section] = Self.defaults.map { section in
      (section.name, section.fields.map { ($0.0, scripted($0.0) ?? computed($0.0) ?? $0.1) })
    }
    let known = Set(Self.defaults.flatMap { $0.fields.map(\.0) })
    let extra = state.filter { !known.contains($0.key) && !($0.key.hasPrefix("db") && $0.key.hasSuffix("_keys")) }
    if let stats = sections.firstIndex(where: { $0.name == "Stats" }) {
      sections[stats].fields += extra.sorted { $0.key < $1.key }.map { ($0.key, Self.shown($0.key, $0.value)) }
    }
    let databases = keyspace.map { ("db\($0.database)", "keys=\($0.keys),expires=0,avg_ttl=0") }
    return sections + [("Keyspace", databases)]
  }

  /// Fields that follow from others.
  private func computed(_ field: String) -> String? {
    switch field {
    case "uptime_in_seconds": String(uptime)
    case "uptime_in_days": String(uptime / 86_400)
    case "tcp_port": String(port)
    case "rdb_last_save_time": Self.shown(field, epoch)
    case "used_memory_rss", "used_memory_peak": scripted("used_memory")
    case _ where field.hasSuffix("_human"): bytes(String(field.dropLast(6))).map(Self.human)
    default: nil
    }
  }

  /// In seconds; a day at the scenario's start, where nothing scripts it.
  private var uptime: Int {
    let seconds = state["uptime_in_seconds"] ?? 86_400 + now / .seconds(1)
    return Int(exactly: max(0, seconds).rounded()) ?? 0
  }

  /// As Redis prints the field: whole, but for ratios, percentages, rates and processor time; outcomes in a word.
  private static func shown(_ field: String, _ value: Double) -> String {
    if field.hasSuffix("_status") { return value == 1 ? "ok" : "err" }
    let hasFraction = ["_ratio", "_perc", "_kbps"].contains { field.hasSuffix($0) } || field.hasPrefix("used_cpu_")
    return Int(exactly: hasFraction ? value : value.rounded()).map(String.init) ?? String(value)
  }

  private func bytes(_ field: String) -> Double? {
    state[field]
      ?? Self.defaults.lazy.flatMap(\.fields).first { $0.0 == field }.flatMap { Double($0.1) }
  }

  /// As Redis rounds it: `700.00M`.
  private static func human(_ bytes: Double) -> String {
    var value = bytes
    var unit = "B"
    for next in ["K", "M", "G", "T"] where value >= 1024 {
      value /= 1024
      unit = next
    }
    guard unit != "B" else { return "\(Int(value))B" }
    let hundredths = Int((value * 100).rounded())
    let fraction = hundredths % 100
    return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)\(unit)"
  }

  private static let defaults: [Section] = [
    (
      "Server",
      [
        ("redis_version", "7.0.15"), ("redis_git_sha1", "00000000"), ("redis_mode", "standalone"),
        ("os", "Linux 6.1.0 x86_64"), ("arch_bits", "64"), ("process_id", "1"),
        ("run_id", "f1edd0111f1edd0111f1edd0111f1edd01110000"), ("tcp_port", "6379"), ("uptime_in_seconds", "0"),
        ("uptime_in_days", "0"), ("hz", "10"), ("config_file", ""),
      ]
    ),
    (
      "Clients",
      [
        ("connected_clients", "1"), ("cluster_connections", "0"), ("maxclients", "10000"),
        ("client_recent_max_input_buffer", "0"), ("client_recent_max_output_buffer", "0"), ("blocked_clients", "0"),
        ("tracking_clients", "0"), ("clients_in_timeout_table", "0"),
      ]
    ),
    (
      "Memory",
      [
        ("used_memory", "1048576"), ("used_memory_human", ""), ("used_memory_rss", "1048576"),
        ("used_memory_rss_human", ""), ("used_memory_peak", "1048576"), ("used_memory_peak_human", ""),
        ("used_memory_overhead", "524288"), ("used_memory_startup", "524288"), ("used_memory_dataset", "524288"),
        ("used_memory_lua", "31744"), ("total_system_memory", "8589934592"), ("total_system_memory_human", ""),
        ("maxmemory", "0"), ("maxmemory_human", ""), ("maxmemory_policy", "noeviction"),
        ("mem_fragmentation_ratio", "1.00"), ("mem_allocator", "jemalloc-5.2.1"),
      ]
    ),
    (
      "Persistence",
      [
        ("loading", "0"), ("rdb_changes_since_last_save", "0"), ("rdb_bgsave_in_progress", "0"),
        ("rdb_last_save_time", "0"), ("rdb_last_bgsave_status", "ok"), ("rdb_last_bgsave_time_sec", "0"),
        ("rdb_current_bgsave_time_sec", "-1"), ("aof_enabled", "0"), ("aof_rewrite_in_progress", "0"),
        ("aof_last_bgrewrite_status", "ok"), ("aof_last_write_status", "ok"),
      ]
    ),
    (
      "Stats",
      [
        ("total_connections_received", "0"), ("total_commands_processed", "0"), ("instantaneous_ops_per_sec", "0"),
        ("total_net_input_bytes", "0"), ("total_net_output_bytes", "0"), ("rejected_connections", "0"),
        ("sync_full", "0"), ("sync_partial_ok", "0"), ("sync_partial_err", "0"), ("expired_keys", "0"),
        ("evicted_keys", "0"), ("keyspace_hits", "0"), ("keyspace_misses", "0"), ("pubsub_channels", "0"),
        ("pubsub_patterns", "0"), ("latest_fork_usec", "0"), ("total_error_replies", "0"),
      ]
    ),
    (
      "Replication",
      [
        ("role", "master"), ("connected_slaves", "0"), ("master_replid", "f1edd0111f1edd0111f1edd0111f1edd01110000"),
        ("master_repl_offset", "0"), ("second_repl_offset", "-1"), ("repl_backlog_active", "0"),
      ]
    ),
    ("CPU", [("used_cpu_sys", "0.000000"), ("used_cpu_user", "0.000000")]),
    ("Commandstats", []),
    ("Errorstats", []),
    ("Cluster", [("cluster_enabled", "0")]),
  ]
}
