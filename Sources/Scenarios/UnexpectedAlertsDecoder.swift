import Diagnostics
package import Reading
package import Yams

/// Decodes `unexpected_alerts: fail | report | {except: [...]}`, in scenarios and in bundles.
package struct UnexpectedAlertsDecoder {
  private let reader: YAMLReader

  package init(reader: YAMLReader) {
    self.reader = reader
  }

  package func policy(_ node: Node) -> UnexpectedAlerts? {
    guard case .mapping = node else {
      return reader.word(node, "`unexpected_alerts`").map { UnexpectedAlerts(policy: $0) }
    }
    guard let fields = reader.fields(node, "`unexpected_alerts`", known: ["except"]),
      let except = reader.required(
        fields, "except", of: "`unexpected_alerts`", example: "{except: [{alert: Watchdog, reason: it always fires}]}"),
      let list = reader.list(except, "`except`")
    else { return nil }
    return UnexpectedAlerts(policy: .fail, exceptions: list.compactMap(exception))
  }

  private func exception(_ node: Node) -> UnexpectedAlerts.Exception? {
    let example = "{alert: Watchdog, reason: it always fires}"
    guard let fields = reader.fields(node, "an exception", known: ["alert", "labels", "reason"]),
      let alertNode = reader.required(fields, "alert", of: "the exception", example: example),
      let reasonNode = reader.required(fields, "reason", of: "the exception", example: example),
      let alert = reader.text(alertNode, "`alert`"), let reason = reader.text(reasonNode, "`reason`")
    else { return nil }
    let patterns = PatternDecoder(reader: reader)
    return UnexpectedAlerts.Exception(
      alert: alert, labels: fields["labels"].map { patterns.patterns($0, "`labels`") } ?? [:], reason: reason)
  }
}
