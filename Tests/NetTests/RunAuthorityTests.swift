import Foundation
import Net
import TestSupport
import Testing

struct RunAuthorityTests {
  @Test(arguments: [("s3-1.zenko.svc", Int32(0)), ("other.svc", 2)])
  func opensslTrustsItForItsHostAlone(asked: String, status: Int32) async throws {
    let authority = try RunAuthority()
    let identity = try authority.certificate(for: "s3-1.zenko.svc")
    let again = try authority.certificate(for: "s3-1.zenko.svc")
    #expect(identity == again)
    try await withTemporaryFolder { folder in
      let (ca, leaf) = ("\(folder)/ca.pem", "\(folder)/leaf.pem")
      try authority.pem.write(toFile: ca, atomically: true, encoding: .utf8)
      try identity.chain[0].write(toFile: leaf, atomically: true, encoding: .utf8)
      for time in ["1000", "32503680000"] {
        let verdict = try await run(
          "openssl",
          ["verify", "-attime", time, "-CAfile", ca, "-verify_hostname", asked, "-purpose", "sslserver", leaf])
        #expect(verdict.status == status, "\(verdict.output)")
      }
    }
  }
}
