import Diagnostics
import Reading
import Yams

/// Decodes `s3` and `s3[1]` against the services that there are.
struct SelectorDecoder {
  let reader: YAMLReader
  let services: [Service]
  /// Every name in `services:`; one without a service is wrong there, and was reported there.
  let named: [String]

  func selector(_ node: Node) -> (Located<InstanceSelector>, Service)? {
    guard let text = reader.text(node, "a service") else { return nil }
    let parts = text.split(separator: "[", maxSplits: 1)
    let name = parts.first.map(String.init) ?? text
    guard let service = services.first(where: { $0.name.value == name }) else {
      if !named.contains(name) {
        reader.report("there is no service `\(name)`", at: node, advice: suggestion(for: name, in: named))
      }
      return nil
    }
    let place = reader.place(of: node)
    guard parts.count == 2 else { return (Located(InstanceSelector(service: name), at: place), service) }
    guard parts[1].hasSuffix("]"), let index = Int(parts[1].dropLast()), (0..<service.replicas).contains(index) else {
      let last = service.replicas - 1
      reader.report(
        "`\(text)` is no instance of `\(name)`", at: node,
        advice: "its instances are \(name)[0]\(last > 0 ? " to \(name)[\(last)]" : "")")
      return nil
    }
    return (Located(InstanceSelector(service: name, index: index), at: place), service)
  }
}
