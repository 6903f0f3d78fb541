import Crypto
import Foundation
import NIOSSL
import SwiftASN1
import Synchronization
import X509

/// The certificate authority of one run: what signs for every virtual host that is asked by TLS.
public final class RunAuthority: Sendable {
  /// The authority's own certificate, for a client's `ca_file`.
  public let pem: String
  private let name: DistinguishedName
  private let key = Certificate.PrivateKey(P256.Signing.PrivateKey())
  private let issued = Mutex<[String: Identity]>([:])
  private let contexts = Mutex<[String: NIOSSLContext]>([:])

  /// What a server shows for a host, in PEM.
  public struct Identity: Sendable, Hashable {
    /// The host's certificate, then the authority's.
    public var chain: [String]
    /// The host's private key.
    public var key: String
  }

  /// Makes a new key and the authority's certificate.
  public init() throws {
    name = try DistinguishedName { CommonName("Firedrill run authority") }
    let extensions = try Certificate.Extensions {
      Critical(BasicConstraints.isCertificateAuthority(maxPathLength: nil))
      Critical(KeyUsage(keyCertSign: true))
    }
    pem = try Self.sign(subject: name, for: key, by: (name, key), extensions)
  }

  /// The identity of a host, made at its first use.
  public func certificate(for host: String) throws -> Identity {
    try issued.withLock { issued in
      if let known = issued[host] { return known }
      let hostKey = Certificate.PrivateKey(P256.Signing.PrivateKey())
      let extensions = try Certificate.Extensions {
        SubjectAlternativeNames([.dnsName(host)])
        try ExtendedKeyUsage([.serverAuth])
      }
      let subject = try DistinguishedName { CommonName("Firedrill virtual host") }
      let leaf = try Self.sign(subject: subject, for: hostKey, by: (name, key), extensions)
      let identity = Identity(chain: [leaf, pem], key: try hostKey.serializeAsPEM().pemString)
      issued[host] = identity
      return identity
    }
  }

  /// What ends TLS as `host`, made at its first use.
  func serverContext(for host: String) throws -> NIOSSLContext {
    let identity = try certificate(for: host)
    return try contexts.withLock { contexts in
      if let known = contexts[host] { return known }
      let chain = try identity.chain.map {
        NIOSSLCertificateSource.certificate(try NIOSSLCertificate(bytes: Array($0.utf8), format: .pem))
      }
      let key = try NIOSSLPrivateKey(bytes: Array(identity.key.utf8), format: .pem)
      var configuration = TLSConfiguration.makeServerConfiguration(
        certificateChain: chain, privateKey: .privateKey(key))
      configuration.applicationProtocols = ["http/1.1"]
      let context = try NIOSSLContext(configuration: configuration)
      contexts[host] = context
      return context
    }
  }

  private static func sign(
    subject: DistinguishedName, for key: Certificate.PrivateKey,
    by issuer: (name: DistinguishedName, key: Certificate.PrivateKey), _ extensions: Certificate.Extensions
  ) throws -> String {
    // Valid at whatever time a scenario plays: 1970 to the end of 9999.
    try Certificate(
      version: .v3, serialNumber: .init(), publicKey: key.publicKey, notValidBefore: Date(timeIntervalSince1970: 0),
      notValidAfter: Date(timeIntervalSince1970: 253_402_300_799), issuer: issuer.name, subject: subject,
      signatureAlgorithm: .ecdsaWithSHA256, extensions: extensions, issuerPrivateKey: issuer.key
    ).serializeAsPEM().pemString
  }
}
