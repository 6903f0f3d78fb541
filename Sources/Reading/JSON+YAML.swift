package import Yams

extension JSON {
  /// The value that a YAML node stands for under YAML 1.2's core schema, as Kubernetes reads it.
  package init(_ node: Node) {
    let (line, column) = (node.mark?.line ?? 1, node.mark?.column ?? 1)
    switch node {
    case .mapping(let mapping):
      let members = mapping.map { key, value in Member(name: key.scalar?.string ?? "", value: JSON(value)) }
      self.init(.object(members), line: line, column: column)
    case .sequence(let sequence): self.init(.array(sequence.map { JSON($0) }), line: line, column: column)
    case .scalar(let scalar): self.init(JSON.kind(of: scalar), line: line, column: column)
    case .alias: self.init(.null, line: line, column: column)
    }
  }

  private static func kind(of scalar: Node.Scalar) -> Kind {
    guard scalar.style == .plain || scalar.style == .any else { return .string(scalar.string) }
    switch scalar.string {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE": return .bool(true)
    case "false", "False", "FALSE": return .bool(false)
    case let written:
      let isNumber = written.first.map { $0.isNumber || "+-.".contains($0) } ?? false
      guard isNumber, let number = Double(written) else { return .string(written) }
      return .number(number, written: written)
    }
  }
}
