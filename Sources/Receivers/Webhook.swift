import Events
import Foundation
import Net

extension ReceiverKind {
  /// Alertmanager's own webhook, payload version 4.
  static let webhook = ReceiverKind(
    name: "webhook", parse: parseWebhook, accepted: HTTPReply(status: 200, text: "ok\n"))
}

/// Bytes of a body that a notification keeps.
private let keptBytes = 256 << 10

@Sendable private func parseWebhook(_ delivery: Delivery) -> Events.Notification? {
  guard let payload = try? JSONDecoder().decode(Payload.self, from: Data(delivery.body)) else { return nil }
  return Events.Notification(
    at: delivery.at, receiver: delivery.receiver, kind: delivery.kind, status: payload.status,
    groupKey: payload.groupKey ?? "",
    groupLabels: payload.groupLabels ?? [:], alerts: (payload.alerts ?? []).map(\.value),
    body: String(decoding: delivery.body.prefix(keptBytes), as: UTF8.self))
}

/// What is read of the payload; fields of later versions are passed over, missing ones are empty.
private struct Payload: Decodable {
  var status: Events.Notification.Status
  var groupKey: String?
  var groupLabels: [String: String]?
  var alerts: [Alert]?

  struct Alert: Decodable {
    var status: Events.Notification.Status
    var labels: [String: String]?
    var annotations: [String: String]?
    var startsAt: String?
    var endsAt: String?
    var fingerprint: String?

    var value: Events.Notification.Alert {
      Events.Notification.Alert(
        status: status, labels: labels ?? [:], annotations: annotations ?? [:], startsAt: startsAt ?? "",
        endsAt: endsAt ?? "", fingerprint: fingerprint ?? "")
    }
  }
}
