import CCurl
import Foundation
import Synchronization

/// HTTP on libcurl with an async face: one owned thread drives all transfers, so that nothing blocks the cooperative pool.
///
/// Time-outs are real time: the peers are processes of this machine that must answer while virtual time stands still.
public final class HTTPClient: Sendable {
  /// The one client of the process; its thread lives as long.
  public static let shared = HTTPClient()

  private let mailbox = Mutex<[Transfer]>([])
  private let multi: MultiHandle

  private init() {
    curl_global_init(Int(CURL_GLOBAL_DEFAULT))
    multi = MultiHandle()
    let thread = Thread { [self] in drive() }
    thread.name = "curl"
    thread.start()
  }

  /// Sends a request and waits for its whole answer; any status is an answer.
  public func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
    let result = await withCheckedContinuation {
      (continuation: CheckedContinuation<Result<HTTPResponse, HTTPError>, Never>) in
      let transfer = Transfer(request, continuation)
      mailbox.withLock { $0.append(transfer) }
      curl_multi_wakeup(multi.pointer)
    }
    return try result.get()
  }

  // Runs on the owned thread, which alone touches handles and transfers.
  private func drive() {
    var active: [OpaquePointer: Transfer] = [:]
    while true {
      for transfer in mailbox.withLock({ waiting in
        defer { waiting = [] }; return waiting
      }) {
        if let key = transfer.start(in: multi) { active[key] = transfer }
      }
      var running: Int32 = 0
      curl_multi_perform(multi.pointer, &running)
      var code = CURLE_OK
      while let handle = curl_finished(multi.pointer, &code) {
        active.removeValue(forKey: OpaquePointer(handle))?.finish(code, in: multi)
      }
      curl_multi_poll(multi.pointer, nil, 0, 1000, nil)
    }
  }
}

/// The multi handle.
///
/// `@unchecked Sendable`: other threads call `curl_multi_wakeup` alone, the one function that libcurl allows from any thread.
private final class MultiHandle: @unchecked Sendable {
  let pointer: UnsafeMutableRawPointer?

  init() { pointer = curl_multi_init() }
}

/// One request under way.
///
/// `@unchecked Sendable`: made by a caller, then handed over through the mailbox's lock and touched by the client's thread alone.
private final class Transfer: @unchecked Sendable {
  private let request: HTTPRequest
  private let continuation: CheckedContinuation<Result<HTTPResponse, HTTPError>, Never>
  private var handle: UnsafeMutableRawPointer?
  private var headers: UnsafeMutablePointer<curl_slist>?
  private var received: [UInt8] = []

  init(_ request: HTTPRequest, _ continuation: CheckedContinuation<Result<HTTPResponse, HTTPError>, Never>) {
    self.request = request
    self.continuation = continuation
  }

  func start(in multi: MultiHandle) -> OpaquePointer? {
    guard let handle = curl_easy_init() else {
      continuation.resume(returning: .failure(HTTPError(url: request.url, reason: "libcurl has no memory")))
      return nil
    }
    self.handle = handle
    configure(handle)
    curl_multi_add_handle(multi.pointer, handle)
    return OpaquePointer(handle)
  }

  private func configure(_ handle: UnsafeMutableRawPointer) {
    curl_set_long(handle, CURLOPT_NOSIGNAL, 1)
    curl_set_text(handle, CURLOPT_URL, request.url)
    curl_set_text(handle, CURLOPT_CUSTOMREQUEST, request.method)
    curl_set_text(handle, CURLOPT_NOPROXY, "*")  // the environment's proxies are not for loopback
    curl_set_long(handle, CURLOPT_TIMEOUT_MS, Int(request.timeout / .milliseconds(1)))
    for (name, value) in request.headers.sorted(by: { $0.key < $1.key }) {
      headers = curl_slist_append(headers, "\(name): \(value)")
    }
    headers = curl_slist_append(headers, "Expect:")
    curl_set_pointer(handle, CURLOPT_HTTPHEADER, headers)
    if let body = request.body {
      curl_set_long(handle, CURLOPT_POSTFIELDSIZE, body.count)
      body.withUnsafeBytes { _ = curl_set_pointer(handle, CURLOPT_COPYPOSTFIELDS, $0.baseAddress) }
    }
    let writer: curl_body_writer = { bytes, size, count, context in
      guard let bytes, let context else { return 0 }
      return Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue().receive(bytes, size * count)
    }
    curl_set_writer(handle, writer, Unmanaged.passUnretained(self).toOpaque())
  }

  private func receive(_ bytes: UnsafeMutablePointer<CChar>, _ count: Int) -> Int {
    guard received.count + count <= HTTPResponse.largestBody else { return 0 }  // libcurl then fails the transfer
    received += UnsafeRawBufferPointer(start: bytes, count: count)
    return count
  }

  func finish(_ code: CURLcode, in multi: MultiHandle) {
    guard let handle else { return }
    let status = curl_get_status(handle)
    curl_multi_remove_handle(multi.pointer, handle)
    curl_easy_cleanup(handle)
    curl_slist_free_all(headers)
    if code == CURLE_OK {
      continuation.resume(returning: .success(HTTPResponse(status: status, body: received)))
    } else {
      continuation.resume(
        returning: .failure(HTTPError(url: request.url, reason: String(cString: curl_easy_strerror(code)))))
    }
  }
}
