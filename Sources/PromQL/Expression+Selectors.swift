extension Expression {
  /// A selector of the expression, and the node that holds it.
  public struct Selection: Sendable {
    public var node: NodeID
    public var selector: VectorSelector
    /// The range behind it, `[5m]`.
    public var range: Span?
  }

  /// All selectors in the order of the text.
  public var selections: [Selection] { selections(in: root) }

  /// The selectors below a node, in the order of the text.
  public func selections(in id: NodeID) -> [Selection] {
    subtree(of: id).compactMap { node in
      switch nodes[node].kind {
      case .vector(let selector): Selection(node: node, selector: selector, range: nil)
      case .matrix(let selector, let range): Selection(node: node, selector: selector, range: range)
      default: nil
      }
    }
    .sorted { nodes[$0.node].range.lowerBound < nodes[$1.node].range.lowerBound }
  }
}
