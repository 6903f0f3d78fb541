/// Answers the commands of one connection as Redis does.
struct RedisSession {
  /// The version of the protocol that the client chose.
  private(set) var version = 2
  /// Whether the client said goodbye.
  private(set) var ended = false
  private var name = ""

  /// Answers one command, given with its name.
  mutating func answer(_ command: [String], _ info: RedisInfo) -> RESP {
    guard let verb = command.first else { return .null }
    let arguments = Array(command.dropFirst())
    switch verb.uppercased() {
    case "PING": return arguments.first.map(RESP.bulk) ?? .simple("PONG")
    case "ECHO": return arguments.first.map(RESP.bulk) ?? wrongCount(verb)
    case "AUTH", "SELECT", "READONLY", "RESET": return .simple("OK")
    case "HELLO": return hello(arguments)
    case "QUIT":
      ended = true
      return .simple("OK")
    case "INFO": return .bulk(info.text(arguments))
    case "CONFIG": return config(arguments, info)
    case "CLIENT": return client(arguments)
    case "SLOWLOG": return arguments.first?.uppercased() == "LEN" ? .integer(0) : .array([])
    case "LATENCY": return arguments.first?.uppercased() == "HISTOGRAM" ? .map([]) : .array([])
    case "COMMAND": return arguments.first?.uppercased() == "COUNT" ? .integer(0) : .array([])
    case "DBSIZE": return .integer(info.keyspace.first { $0.database == 0 }?.keys ?? 0)
    case "SCAN": return .array([.bulk("0"), .array([])])
    case "TYPE": return .simple("none")
    case "ROLE": return .array([.bulk("master"), .integer(0), .array([])])
    default: return unknown(verb, arguments)
    }
  }

  private mutating func hello(_ arguments: [String]) -> RESP {
    if let asked = arguments.first {
      guard let number = Int(asked), (2...3).contains(number) else {
        return .error("NOPROTO unsupported protocol version")
      }
      version = number
    }
    return .map([
      (.bulk("server"), .bulk("redis")), (.bulk("version"), .bulk("7.0.15")), (.bulk("proto"), .integer(version)),
      (.bulk("id"), .integer(1)), (.bulk("mode"), .bulk("standalone")), (.bulk("role"), .bulk("master")),
      (.bulk("modules"), .array([])),
    ])
  }

  private func config(_ arguments: [String], _ info: RedisInfo) -> RESP {
    guard arguments.first?.uppercased() == "GET", arguments.count >= 2 else { return wrongCount("config") }
    let settings = [
      ("databases", "16"), ("maxclients", info.scripted("maxclients") ?? "10000"),
      ("maxmemory", info.scripted("maxmemory") ?? "0"), ("maxmemory-policy", "noeviction"), ("save", ""),
      ("appendonly", "no"), ("timeout", "0"),
    ]
    let asked = arguments.dropFirst().map { $0.lowercased() }
    return .map(
      settings.filter { asked.contains("*") || asked.contains($0.0) }.map { (.bulk($0.0), .bulk($0.1)) })
  }

  private mutating func client(_ arguments: [String]) -> RESP {
    let line = "id=1 addr=127.0.0.1:1 laddr=127.0.0.1:6379 fd=8 name=\(name) age=0 idle=0 flags=N db=0 cmd=client"
    switch arguments.first?.uppercased() {
    case "LIST", "INFO": return .bulk(line + "\n")
    case "ID": return .integer(1)
    case "GETNAME": return name.isEmpty ? .null : .bulk(name)
    case "SETNAME":
      guard arguments.count == 2 else { return wrongCount("client|setname") }
      name = arguments[1]
      return .simple("OK")
    case "SETINFO": return .simple("OK")
    default:
      return .error("ERR unknown subcommand '\(arguments.first ?? "")'. Try CLIENT HELP.")
    }
  }

  private func wrongCount(_ command: String) -> RESP {
    .error("ERR wrong number of arguments for '\(command.lowercased())' command")
  }

  private func unknown(_ verb: String, _ arguments: [String]) -> RESP {
    let shown = arguments.map { "'\($0.prefix(128))' " }.joined()
    let text = "ERR unknown command '\(verb.prefix(128))', with args beginning with: \(shown)"
    // A line break would end the error early.
    return .error(String(text.map { $0.isNewline ? " " : $0 }))
  }
}
