import Glibc

/// Finds the real programs: `--binary NAME=PATH`, then `FIREDRILL_NAME`, then PATH under upstream and Debian names.
public struct Binaries: Sendable {
  private let overrides: [String: String]
  private let environment: [String: String]

  /// Looks in `overrides` (program name to path) first.
  public init(overrides: [String: String] = [:], environment: [String: String]) {
    self.overrides = overrides
    self.environment = environment
  }

  /// The absolute path of a program that can be executed.
  public func path(of program: Program) throws(BinaryError) -> String {
    if let path = overrides[program.name] { return try checked(path, program, "--binary \(program.name)=\(path)") }
    if let path = environment[program.environmentVariable], !path.isEmpty {
      return try checked(path, program, "\(program.environmentVariable)=\(path)")
    }
    // Debian keeps daemons in /usr/bin, but upstream tarballs are often put where only root's PATH looks.
    let folders = (environment["PATH"] ?? "").split(separator: ":").map(String.init) + ["/usr/local/bin", "/usr/bin"]
    for name in program.fileNames {
      for folder in folders where problem(with: "\(folder)/\(name)") == nil { return absolute("\(folder)/\(name)") }
    }
    throw BinaryError(
      program: program,
      reason: "\(program.name) was not found in PATH (looked for \(program.fileNames.joined(separator: ", ")))",
      wasNamed: false)
  }

  private func checked(_ path: String, _ program: Program, _ origin: String) throws(BinaryError) -> String {
    if let problem = problem(with: path) {
      throw BinaryError(program: program, reason: "\(origin): \(problem)", wasNamed: true)
    }
    return absolute(path)
  }

  private func problem(with path: String) -> String? {
    var about = stat()
    guard stat(path, &about) == 0 else { return String(cString: strerror(errno)) }
    if about.st_mode & S_IFMT == S_IFDIR { return "it is a directory, not a program" }
    return access(path, X_OK) == 0 ? nil : "it is not executable"
  }

  private func absolute(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}

/// A program that cannot be used.
public struct BinaryError: Error, Sendable, CustomStringConvertible {
  public let program: Program
  public let reason: String
  /// Whether the user named the path, which makes it a usage error; else something has to be installed.
  public let wasNamed: Bool

  public var description: String { reason }
  /// What to do about it.
  public var advice: String {
    "install it (Debian: apt-get install \(program.debianPackage)), or name it: --binary \(program.name)=PATH or \(program.environmentVariable)=PATH"
  }
}
