import Synchronization

/// A call that happens at most once, whoever asks first.
final class Once: Sendable {
  private let body: Mutex<(@Sendable () -> Void)?>

  init(_ body: @escaping @Sendable () -> Void) {
    self.body = Mutex(body)
  }

  func callAsFunction() {
    let call = body.withLock { body in
      defer { body = nil }
      return body
    }
    call?()
  }
}
