import Testing

@testable import Stack

@Suite struct LogTests {
  @Test(
    arguments: [
      ("ts=1 msg=\"Start listening for connections\" address=127.0.0.1:0\n", nil),
      (
        "ts=1 msg=\"Start listening\" address=127.0.0.1:0\nts=2 level=info msg=\"Listening on\" address=127.5.6.7:40321\n",
        "127.5.6.7:40321"
      ),
      ("{\"level\":\"info\",\"msg\":\"Listening on\",\"address\":\"127.5.6.7:40321\"}\n", "127.5.6.7:40321"),
    ] as [(String, String?)])
  func saysWhereAProgramListens(log: String, address: String?) { #expect(listeningAddress(inLog: log) == address) }

  @Test(
    arguments: [
      ("prometheus, version 2.42.0+ds (branch: debian/sid, revision: 2.42.0+ds-5+b5)", "2.42.0+ds"),
      ("time=\"x\" msg=\"Redis Metrics Exporter 1.45.0-2+b4    build date: 20230409\"", "1.45.0-2+b4"),
      ("v0.27.0\n", "0.27.0"), ("nothing of the kind", nil), ("", nil),
    ] as [(String, String?)])
  func findsAVersion(text: String, version: String?) { #expect(versionNumber(in: text) == version) }
}
