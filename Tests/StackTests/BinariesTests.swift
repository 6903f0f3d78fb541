import Foundation
import Stack
import TestSupport
import Testing

@Suite struct BinariesTests {
  private func program(_ name: String, in folder: String, mode: Int = 0o755) throws -> String {
    let path = "\(folder)/\(name)"
    try "#!/bin/sh\n".write(toFile: path, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    return path
  }

  @Test func aFlagGoesBeforeTheEnvironmentAndThatBeforePATH() async throws {
    try await withTemporaryFolder { folder in
      let flag = try program("flag", in: folder)
      let variable = try program("variable", in: folder)
      let debian = try program("prometheus-alertmanager", in: folder)
      var environment = ["PATH": folder, "FIREDRILL_ALERTMANAGER": variable]
      #expect(try Binaries(overrides: ["alertmanager": flag], environment: environment).path(of: .alertmanager) == flag)
      #expect(try Binaries(environment: environment).path(of: .alertmanager) == variable)
      environment["FIREDRILL_ALERTMANAGER"] = nil
      #expect(try Binaries(environment: environment).path(of: .alertmanager) == debian)
      let upstream = try program("alertmanager", in: folder)
      #expect(try Binaries(environment: environment).path(of: .alertmanager) == upstream)
    }
  }

  @Test func whatIsNamedMustBeAProgram() async throws {
    try await withTemporaryFolder { folder in
      let text = try program("text", in: folder, mode: 0o644)
      for (path, reason) in [(folder, "directory"), (text, "not executable"), (folder + "/none", "No such file")] {
        let error = #expect(throws: BinaryError.self) {
          try Binaries(overrides: ["prometheus": path], environment: [:]).path(of: .prometheus)
        }
        #expect(error?.wasNamed == true && error?.reason.contains(reason) == true)
      }
    }
  }

  @Test func aMissingProgramIsNotTheUsersMistake() {
    let unknown = Program.redisExporter
    let found = try? Binaries(environment: ["PATH": "/nowhere"]).path(of: unknown)
    // Debian's own folder is looked into whatever PATH says.
    #expect(found == nil || found == "/usr/bin/prometheus-redis-exporter")
  }
}
