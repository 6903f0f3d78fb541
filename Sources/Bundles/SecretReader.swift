import Diagnostics
import Foundation
import Reading
import Yams

/// Reads Alertmanager configurations out of Kubernetes Secrets, where the Prometheus operator takes them from.
struct SecretReader {
  let reader: YAMLReader

  /// The texts of a `Secret`, or of those in a list of objects, that could be configurations; each with the key that it stands under.
  func texts(in object: Node) -> [(key: String, text: String)] {
    switch object.mapping?["kind"]?.scalar?.string {
    case "Secret"?: plainTexts(object.mapping?["stringData"]) + decodedTexts(object.mapping?["data"])
    case let kind? where kind.hasSuffix("List"): object.mapping?["items"]?.sequence?.flatMap(texts) ?? []
    default: []
    }
  }

  private func plainTexts(_ node: Node?) -> [(key: String, text: String)] {
    entries(node).map { ($0.key, $0.value.string) }
  }

  /// `data` is in base64.
  private func decodedTexts(_ node: Node?) -> [(key: String, text: String)] {
    entries(node).compactMap { key, value, place in
      guard let data = Data(base64Encoded: value.string.filter { !$0.isWhitespace }) else {
        reader.report(
          "`\(key)` is no base64", at: place, advice: "encode it, or put the text itself under `stringData`")
        return nil
      }
      return (key, String(decoding: data, as: UTF8.self))
    }
  }

  /// Only what claims to be YAML or JSON is looked at, since Secrets hold keys and passwords too.
  private func entries(_ node: Node?) -> [(key: String, value: Node.Scalar, place: Node)] {
    node?.mapping?.compactMap { key, value in
      guard let name = key.scalar?.string, let scalar = value.scalar else { return nil }
      return [".yaml", ".yml", ".json"].contains { name.hasSuffix($0) } ? (name, scalar, value) : nil
    } ?? []
  }
}
