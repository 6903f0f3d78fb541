/// A program to start: everything that it is given.
public struct Command: Sendable {
  public var path: String
  /// Without the program's own name.
  public var arguments: [String]
  /// All of it; nothing is inherited.
  public var environment: [String: String]
  public var directory: String
  /// Standard output and error are appended to this file.
  public var logPath: String
  /// The host name that it sees, where the machine allows namespaces.
  public var hostName: String?
  /// A file that it sees as `/etc/hosts`, where the machine allows namespaces; needs `hostName`.
  public var hostsFile: String?

  /// Describes a program to start.
  public init(
    path: String, arguments: [String], environment: [String: String] = [:], directory: String, logPath: String,
    hostName: String? = nil, hostsFile: String? = nil
  ) {
    self.path = path
    self.arguments = arguments
    self.environment = environment
    self.directory = directory
    self.logPath = logPath
    self.hostName = hostName
    self.hostsFile = hostsFile
  }
}

/// A program could not be started.
public struct SpawnError: Error, Sendable, CustomStringConvertible {
  public var path: String
  /// What was being done, and the system's word for why it failed.
  public var reason: String

  public var description: String { "cannot start \(path): \(reason)" }
}

/// How a process ended.
public enum ExitStatus: Hashable, Sendable, CustomStringConvertible {
  case exited(Int32)
  case signaled(Int32)

  public var description: String {
    switch self {
    case .exited(let code): "exit status \(code)"
    case .signaled(let signal): "signal \(signal)"
    }
  }
}
