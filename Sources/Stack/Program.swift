/// A real program that Firedrill knows how to find: its names upstream and in Debian.
public struct Program: Hashable, Sendable {
  /// The name in `--binary NAME=PATH`, upper-cased after `FIREDRILL_` in the environment.
  public let name: String
  /// File names to look for in PATH, the preferred first.
  public let fileNames: [String]
  /// The Debian package that brings it.
  public let debianPackage: String

  public static let prometheus = Program(name: "prometheus", fileNames: ["prometheus"], debianPackage: "prometheus")
  public static let promtool = Program(name: "promtool", fileNames: ["promtool"], debianPackage: "prometheus")
  public static let alertmanager = Program(
    name: "alertmanager", fileNames: ["alertmanager", "prometheus-alertmanager"],
    debianPackage: "prometheus-alertmanager")
  public static let amtool = Program(name: "amtool", fileNames: ["amtool"], debianPackage: "prometheus-alertmanager")
  public static let pushgateway = Program(
    name: "pushgateway", fileNames: ["pushgateway", "prometheus-pushgateway"], debianPackage: "prometheus-pushgateway")
  public static let redisExporter = Program(
    name: "redis_exporter", fileNames: ["redis_exporter", "prometheus-redis-exporter"],
    debianPackage: "prometheus-redis-exporter")

  /// All of them; a new exporter is one line here.
  public static let all: [Program] = [.prometheus, .promtool, .alertmanager, .amtool, .pushgateway, .redisExporter]

  /// The environment variable that names its path.
  public var environmentVariable: String { "FIREDRILL_" + name.uppercased() }

  /// The program of that name.
  public static func named(_ name: String) -> Program? { all.first { $0.name == name } }
}
