import Events
import Foundation
import Net

/// Alertmanager's own webhook, payload version 4 (notify/webhook/webhook.go of prometheus/alertmanager); newer fields are ignored.
enum WebhookSink: Sink {
  static let kind = "webhook"
  static let reply = Reply(text: "")

  /// A body beyond this is recorded up to here.
  private static let recordedBody = 256 << 10

  static func notification(from arrival: Arrival) -> Events.Notification? {
    guard let payload = try? JSONDecoder().decode(Payload.self, from: Data(arrival.body)) else { return nil }
    return Events.Notification(
      at: arrival.at, receiver: arrival.receiver, kind: arrival.kind, status: payload.status,
      groupKey: payload.groupKey,
      groupLabels: payload.groupLabels, alerts: payload.alerts.map(\.alert),
      body: String(decoding: arrival.body.prefix(recordedBody), as: UTF8.self))
  }

  private struct Payload: Decodable {
    var status: Events.Notification.Status
    var groupKey: String
    var groupLabels: [String: String]
    var alerts: [PayloadAlert]
  }

  private struct PayloadAlert: Decodable {
    var status: Events.Notification.Status
    var labels: [String: String]
    var annotations: [String: String]
    var startsAt: String
    var endsAt: String
    var fingerprint: String?

    var alert: Events.Notification.Alert {
      Events.Notification.Alert(
        status: status, labels: labels, annotations: annotations, startsAt: startsAt, endsAt: endsAt,
        fingerprint: fingerprint ?? "")
    }
  }
}
