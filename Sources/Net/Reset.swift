import Glibc
public import NIOCore
import NIOSSL

extension Channel {
  /// Closes the connection so that the peer sees a reset (RST), as from a process that died.
  public func reset() {
    guard let socket = self as? any SocketOptionProvider else { return close(promise: nil) }
    socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in
      // Who dies does not say goodbye: past TLS, which would.
      if let tls = try? self.pipeline.syncOperations.context(handlerType: NIOSSLServerHandler.self) {
        tls.close(promise: nil)
      } else {
        self.close(promise: nil)
      }
    }
  }
}
