import Events
import Net
import Receivers
import Synchronization
import TestSupport
import Testing
import VirtualTime

struct SinkServerTests {
  private static let payload = """
    {"receiver":"team a/b","status":"firing","version":"4","groupKey":"{}:{alertname=\\"Foo\\"}","truncatedAlerts":0,
    "groupLabels":{"alertname":"Foo"},"notification_reason":"new","alerts":[{"status":"firing",
    "labels":{"alertname":"Foo"},"annotations":{"summary":"s"},"startsAt":"2026-01-01T00:10:00Z",
    "endsAt":"0001-01-01T00:00:00Z","fingerprint":"0123456789abcdef","generatorURL":""}]}
    """

  @Test(arguments: [
    (payload, "team%20a%2Fb/webhook/0", "200", 1), ("{\"status\":\"resolved\"}", "team%20a%2Fb/webhook/1", "200", 1),
    // A kind without a sink of its own is driven as a webhook.
    (payload, "team%20a%2Fb/slack/0", "200", 1), ("nonsense", "team%20a%2Fb/webhook/0", "400", 0),
    ("{\"status\":\"odd\"}", "team%20a%2Fb/webhook/0", "400", 0), (payload, "team%20a%2Fb/webhook", "404", 0),
    (payload, "team%2/webhook/0", "404", 0),
  ])
  func deliveries(body: String, path: String, status: String, count: Int) async throws {
    let got = Mutex<[Notification]>([])
    try await withEventLoops { loops in
      let sink = try await SinkServer(loops, clock: ManualClock(at: .seconds(42)), address: "127.0.0.1") {
        notification in
        got.withLock { $0.append(notification) }
      }
      let answer = try await curl("-o", "/dev/null", "-w", "%{http_code}", "--data-binary", body, "\(sink.url)/\(path)")
      #expect(answer.output == status)
    }
    let notifications = got.withLock { $0 }
    #expect(notifications.count == count)
    for notification in notifications {
      #expect(notification.receiver == "team a/b")
      #expect(notification.kind == path.split(separator: "/")[1])
      #expect(notification.at == .seconds(42))
      #expect(notification.body == body)
    }
    if body == Self.payload, count == 1 {
      let alert = notifications.first?.alerts.first
      #expect(alert?.fingerprint == "0123456789abcdef")
      #expect(alert?.labels == ["alertname": "Foo"])
      #expect(notifications.first?.groupLabels == ["alertname": "Foo"])
    }
  }

  @Test func onlyPostsAreDeliveries() async throws {
    try await withEventLoops { loops in
      let sink = try await SinkServer(loops, clock: ManualClock(), address: "127.0.0.1") { _ in
        Issue.record("nothing was delivered")
      }
      let answer = try await curl("-o", "/dev/null", "-w", "%{http_code}", "\(sink.url)/a/webhook/0")
      #expect(answer.output == "405")
    }
  }
}
