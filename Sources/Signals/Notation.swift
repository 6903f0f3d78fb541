/// A series in promtool's unit-test notation, expanded: one entry each step.
public struct Notation: Hashable, Sendable {
  /// What is exposed during a step: a value, or nothing (`_` and `stale`).
  public var values: [Double?]

  /// Creates a notation from its values.
  public init(values: [Double?]) {
    self.values = values
  }
}
