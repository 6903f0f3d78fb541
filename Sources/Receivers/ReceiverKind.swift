import Events
import Net

/// How deliveries to one kind of receiver are understood and answered: one file a kind, all in ``kinds``.
struct ReceiverKind: Sendable {
  /// `webhook`, `slack`, ... as in the configuration's `<kind>_configs`.
  var name: String
  /// What a delivery says; nil where its body is none of this kind.
  var parse: @Sendable (Delivery) -> Notification?
  /// What the real service answers to a delivery that it takes.
  var accepted: HTTPReply

  /// Every kind that has a sink of its own.
  static let kinds: [ReceiverKind] = [.webhook]

  /// The kind of that name; until it has a sink of its own, it is driven as a webhook.
  static func named(_ name: String) -> ReceiverKind { kinds.first { $0.name == name } ?? .webhook }
}

/// A request to a receiver.
struct Delivery {
  var at: Duration
  var receiver: String
  /// As the path has it.
  var kind: String
  var body: [UInt8]
}
