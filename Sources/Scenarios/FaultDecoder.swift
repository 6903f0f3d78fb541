import Diagnostics
import Reading
import Yams

/// Decodes a fault of a service: `down`, `{slow: 12s}`.
struct FaultDecoder {
  let reader: YAMLReader
  let profile: Profile

  func fault(_ node: Node) -> Fault? {
    guard let kind = kind(node), isPossible(kind.name, at: kind.place) else { return nil }
    switch kind.name {
    case "none": return Fault.none
    case "down": return .down
    case "hang": return .hang
    case "slow": return kind.value.flatMap { reader.positive($0, "`slow`") }.map { .slow($0) }
    case "status": return kind.value.flatMap { reader.whole($0, "`status`", in: 100...599) }.map { .status($0) }
    case "truncate": return .truncate
    case "garbage": return .garbage
    case "wrong-content-type": return .wrongContentType
    default: return .restart
    }
  }

  /// The fault's name, where that stands, and its value if it is one of those that have one.
  private func kind(_ node: Node) -> (name: String, place: Node, value: Node?)? {
    if case .mapping = node {
      guard let fields = reader.fields(node, "`fault`", known: ["slow", "status"]) else { return nil }
      if let entry = reader.choice(fields, of: ["slow", "status"]) { return (entry.name, entry.key, entry.value) }
      guard fields.unknown.isEmpty else { return nil }
      reader.report("`fault` says nothing", at: node, advice: "use {slow: 12s} or {status: 503}")
      return nil
    }
    guard let name = reader.text(node, "`fault`") else { return nil }
    if name == "slow" || name == "status" {
      reader.report(
        "the fault `\(name)` needs a value", at: node, advice: name == "slow" ? "{slow: 12s}" : "{status: 503}")
      return nil
    }
    return (name, node, nil)
  }

  /// A fault that changes nothing would let a scenario pass for the wrong reason.
  private func isPossible(_ name: String, at node: Node) -> Bool {
    let possible = Self.faults(of: profile.speaks)
    if possible.contains(name) { return true }
    guard Self.faults(of: .http).contains(name) else {
      reader.report("there is no fault `\(name)`", at: node, advice: suggestion(for: name, in: possible))
      return false
    }
    reader.report(
      "the profile `\(profile.name)` cannot have the fault `\(name)`", at: node,
      advice: possible.isEmpty ? nil : "it can have: " + possible.joined(separator: ", "))
    return false
  }

  private static func faults(of speaks: Profile.Speaks) -> [String] {
    switch speaks {
    case .http:
      ["none", "down", "hang", "slow", "status", "truncate", "garbage", "wrong-content-type", "restart"]
    case .redis: ["none", "down", "hang", "slow", "restart"]
    // A job that is down does not push.
    case .push: ["none", "down", "restart"]
    case .component: []
    }
  }
}
