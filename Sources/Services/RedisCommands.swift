import Exposition

/// What a healthy Redis 7 answers, with the scripted INFO fields in their places.
struct RedisCommands {
  let state: [String: Double]
  let now: Duration
  let epoch: Double
  let port: Int

  func reply(to command: String, _ arguments: [String]) -> RESPValue {
    switch command {
    case "PING": arguments.first.map { .bulk($0) } ?? .simple("PONG")
    case "ECHO": .bulk(arguments.first ?? "")
    case "AUTH", "SELECT", "QUIT", "RESET": .simple("OK")
    case "HELLO": .error("NOPROTO unsupported protocol version")
    case "INFO": .bulk(info(arguments.first ?? "default"))
    case "CONFIG": config(arguments)
    case "CLIENT": client(arguments)
    case "SLOWLOG": arguments.first?.uppercased() == "LEN" ? .integer(0) : .array([])
    case "LATENCY", "COMMAND", "KEYS", "MEMORY", "MODULE": .array([])
    case "DBSIZE": .integer(Int(field("db0_keys", 0)))
    case "SCAN": .array([.bulk("0"), .array([])])
    case "TYPE": .simple("none")
    case "EXISTS", "STRLEN", "TTL": .integer(0)
    case "GET": .null
    case "ROLE": .array([.bulk("master"), .integer(0), .array([])])
    case "CLUSTER", "SENTINEL": .error("ERR This instance has cluster support disabled")
    default:
      .error(
        "ERR unknown command '\(command.lowercased())', with args beginning with: \(arguments.map { "'\($0)' " }.joined())"
      )
    }
  }

  private func config(_ arguments: [String]) -> RESPValue {
    guard arguments.first?.uppercased() == "GET" else { return .simple("OK") }
    let all = [
      ("maxclients", number("maxclients", 10000)), ("maxmemory", number("maxmemory", 0)),
      ("maxmemory-policy", "noeviction"), ("timeout", "0"),
      ("databases", "16"), ("save", "3600 1 300 100 60 10000"), ("appendonly", "no"), ("port", "\(port)"),
    ]
    let wanted = arguments.dropFirst().first ?? "*"
    return .array(all.filter { wanted == "*" || $0.0 == wanted }.flatMap { [.bulk($0.0), .bulk($0.1)] })
  }

  private func client(_ arguments: [String]) -> RESPValue {
    switch arguments.first?.uppercased() {
    case "LIST", "INFO":
      .bulk(
        "id=1 addr=127.0.0.1:50000 laddr=127.0.0.1:\(port) fd=8 name= age=1 idle=0 flags=N db=0 cmd=client|list user=default\n"
      )
    case "GETNAME": .null
    case "ID": .integer(1)
    default: .simple("OK")
    }
  }

  // MARK: - INFO

  private func info(_ section: String) -> String {
    let wanted = section.lowercased()
    let everything = ["default", "all", "everything"].contains(wanted)
    return sections.filter { everything || $0.name.lowercased() == wanted }.map { section in
      "# \(section.name)\r\n" + section.fields.map { "\($0.0):\($0.1)\r\n" }.joined()
    }.joined(separator: "\r\n")
  }

  private var sections: [(name: String, fields: [(String, String)])] {
    let uptime = max(0, field("uptime_in_seconds", 86400 + now / .seconds(1)))
    let used = field("used_memory", 1_000_000)
    return [
      (
        "Server",
        [
          ("redis_version", "7.0.15"), ("redis_mode", "standalone"), ("os", "Linux x86_64"), ("arch_bits", "64"),
          ("process_id", "1"),
          ("run_id", "6f1ed0d1ff4ed0d1ff4ed0d1ff4ed0d1ff4e0001"), ("tcp_port", "\(port)"),
          ("server_time_usec", text((epoch + now / .seconds(1)) * 1e6)),
          ("uptime_in_seconds", text(uptime)), ("uptime_in_days", text(uptime / 86400)), ("hz", "10"),
          ("configured_hz", "10"),
        ]
      ),
      (
        "Clients",
        [
          ("connected_clients", number("connected_clients", 2)), ("cluster_connections", "0"),
          ("maxclients", number("maxclients", 10000)),
          ("client_recent_max_input_buffer", "20480"), ("client_recent_max_output_buffer", "0"),
          ("blocked_clients", number("blocked_clients", 0)),
          ("tracking_clients", "0"), ("clients_in_timeout_table", "0"),
        ]
      ),
      (
        "Memory",
        [
          ("used_memory", text(used)), ("used_memory_rss", number("used_memory_rss", used * 1.2)),
          ("used_memory_peak", number("used_memory_peak", used)),
          ("used_memory_lua", "31744"), ("used_memory_overhead", "860000"), ("used_memory_startup", "860000"),
          ("used_memory_dataset", text(used / 2)),
          ("total_system_memory", number("total_system_memory", 8_000_000_000)), ("maxmemory", number("maxmemory", 0)),
          ("maxmemory_policy", "noeviction"),
          ("mem_fragmentation_ratio", number("mem_fragmentation_ratio", 1.2)), ("mem_fragmentation_bytes", "200000"),
          ("mem_allocator", "jemalloc-5.2.1"),
          ("active_defrag_running", "0"), ("lazyfree_pending_objects", "0"),
        ]
      ),
      (
        "Persistence",
        [
          ("loading", number("loading", 0)), ("rdb_changes_since_last_save", number("rdb_changes_since_last_save", 0)),
          ("rdb_bgsave_in_progress", "0"),
          ("rdb_last_save_time", text(epoch)),
          ("rdb_last_bgsave_status", field("rdb_last_bgsave_status", 1) == 1 ? "ok" : "err"),
          ("rdb_last_bgsave_time_sec", "0"), ("rdb_current_bgsave_time_sec", "-1"), ("aof_enabled", "0"),
          ("aof_rewrite_in_progress", "0"),
          ("aof_last_bgrewrite_status", "ok"), ("aof_last_write_status", "ok"),
        ]
      ),
      (
        "Stats",
        [
          ("total_connections_received", number("total_connections_received", 100)),
          ("total_commands_processed", number("total_commands_processed", 1000)),
          ("instantaneous_ops_per_sec", number("instantaneous_ops_per_sec", 1)),
          ("total_net_input_bytes", number("total_net_input_bytes", 10000)),
          ("total_net_output_bytes", number("total_net_output_bytes", 20000)),
          ("rejected_connections", number("rejected_connections", 0)),
          ("sync_full", "0"), ("sync_partial_ok", "0"), ("sync_partial_err", "0"),
          ("expired_keys", number("expired_keys", 0)),
          ("evicted_keys", number("evicted_keys", 0)), ("keyspace_hits", number("keyspace_hits", 0)),
          ("keyspace_misses", number("keyspace_misses", 0)),
          ("pubsub_channels", "0"), ("pubsub_patterns", "0"), ("latest_fork_usec", "0"),
          ("slave_expires_tracked_keys", "0"),
        ]
      ),
      (
        "Replication",
        [
          ("role", "master"), ("connected_slaves", number("connected_slaves", 0)),
          ("master_replid", "0000000000000000000000000000000000000000"),
          ("master_repl_offset", number("master_repl_offset", 0)), ("second_repl_offset", "-1"),
          ("repl_backlog_active", "0"),
          ("repl_backlog_size", "1048576"), ("repl_backlog_first_byte_offset", "0"), ("repl_backlog_histlen", "0"),
        ]
      ),
      (
        "CPU",
        [
          ("used_cpu_sys", number("used_cpu_sys", 1)), ("used_cpu_user", number("used_cpu_user", 1)),
          ("used_cpu_sys_children", "0"),
          ("used_cpu_user_children", "0"),
        ]
      ),
      ("Errorstats", []), ("Cluster", [("cluster_enabled", "0")]),
      ("Keyspace", field("db0_keys", 0) > 0 ? [("db0", "keys=\(number("db0_keys", 0)),expires=0,avg_ttl=0")] : []),
    ]
  }

  private func field(_ name: String, _ healthy: Double) -> Double { state[name] ?? healthy }

  private func number(_ name: String, _ healthy: Double) -> String { text(field(name, healthy)) }

  /// Redis prints ratios with two decimals and all else whole.
  private func text(_ value: Double) -> String {
    abs(value) < 100 && value != value.rounded() ? ((value * 100).rounded() / 100).goText : value.rounded().goText
  }
}
