/// A PromQL expression: its text, and its tree as a flat list in which children stand before their parents.
///
/// A flat tree is walked without recursion, however long a chain of operators is, and a node is named by its index.
public struct Expression: Sendable {
  public let text: String
  public let dialect: Dialect
  /// All nodes, children first; the last one is the whole expression.
  public internal(set) var nodes: [Node] = []

  public typealias NodeID = Int

  public var root: NodeID { nodes.count - 1 }
  public subscript(_ id: NodeID) -> Node { nodes[id] }

  /// The type that the whole expression evaluates to.
  public var type: ValueType { nodes[root].type }
}

/// What an expression evaluates to. [Prometheus: promql/parser/value.go]
public enum ValueType: String, Sendable {
  case scalar
  case string
  case vector = "instant vector"
  case matrix = "range vector"

  var described: String { (self == .vector ? "an " : "a ") + rawValue }
}

/// One node of an expression's tree.
public struct Node: Sendable {
  public internal(set) var kind: Kind
  /// UTF-8 bytes of the expression's text.
  public internal(set) var range: Range<Int>
  public let type: ValueType

  public enum Kind: Sendable {
    case number(NumberLiteral)
    case string(String)
    case vector(VectorSelector)
    case matrix(VectorSelector, range: Span)
    case subquery(Subquery)
    case call(Function, arguments: [Expression.NodeID])
    case aggregation(Aggregation)
    case binary(BinaryOperation)
    /// `-x`, or `+x`.
    case unary(isNegative: Bool, operand: Expression.NodeID)
    case parentheses(Expression.NodeID)
  }

  /// The nodes that this one is made of, in the order of the text.
  public var children: [Expression.NodeID] {
    switch kind {
    case .number, .string, .vector, .matrix: []
    case .subquery(let subquery): [subquery.operand]
    case .call(_, let arguments): arguments
    case .aggregation(let aggregation): [aggregation.parameter, aggregation.operand].compactMap(\.self)
    case .binary(let operation): [operation.left, operation.right]
    case .unary(_, let operand), .parentheses(let operand): [operand]
    }
  }
}

public struct NumberLiteral: Sendable, Hashable {
  public var value: Double
  /// Whether it was written as a duration, `5m` for 300 (version 3).
  public var isDuration: Bool
}

// MARK: - Selectors

/// Selects series: `up{job="x"} @ 5 offset 1m`.
public struct VectorSelector: Sendable, Hashable {
  /// The metric's name as written before the braces.
  public var name: String?
  /// What stands in the braces, in its order; a quoted metric name among them is a matcher of `__name__`.
  public var matchers: [Matcher]
  public var modifiers = TimeModifiers()

  /// Creates a selector that was not read from a text.
  public init(name: String?, matchers: [Matcher]) {
    self.name = name
    self.matchers = matchers
  }

  /// The metric that is selected, wherever its name was written; nil where none, or not one certain, is.
  public var metric: String? {
    name ?? matchers.first { $0.label == "__name__" && $0.operation == .equal }?.value
  }
}

/// One condition on a label.
public struct Matcher: Sendable, Hashable {
  public enum Operation: String, Sendable, CaseIterable {
    case equal = "="
    case notEqual = "!="
    case regex = "=~"
    case notRegex = "!~"
  }

  public var label: String
  public var operation: Operation
  public var value: String
  /// Whether series without the label pass: the value `""` is matched.
  public var matchesEmpty: Bool
  /// UTF-8 bytes of the expression's text.
  public var range: Range<Int>

  /// Creates a condition that was not read from a text.
  public init(label: String, operation: Operation, value: String, matchesEmpty: Bool, range: Range<Int>) {
    self.label = label
    self.operation = operation
    self.value = value
    self.matchesEmpty = matchesEmpty
    self.range = range
  }
}

/// When a selector or subquery looks: `@` and `offset`, and how ranges meet their edges.
public struct TimeModifiers: Sendable, Hashable {
  public enum Moment: Sendable, Hashable {
    /// Unix seconds.
    case at(Double)
    case start
    case end
  }

  public enum Edges: String, Sendable {
    case anchored
    case smoothed
  }

  public var moment: Moment?
  public var offset: Span?
  /// Version 3, experimental.
  public var edges: Edges?

  public init() {}
}

/// A length of time as written: a literal, or (version 3) an expression over the step and range of the query.
public indirect enum Span: Sendable, Hashable {
  /// Seconds; negative in offsets only.
  case seconds(Double)
  case step
  case range
  case negated(Span)
  case binary(Span, BinaryOperator, Span)
  case minimum(Span, Span)
  case maximum(Span, Span)
  case parentheses(Span)

  /// Seconds, where it does not depend on the query.
  public var literal: Double? { if case .seconds(let seconds) = self { seconds } else { nil } }
}

/// `rate(x[1m])[1h:5m]`.
public struct Subquery: Sendable {
  public var operand: Expression.NodeID
  public var range: Span
  /// nil: the server's evaluation interval.
  public var step: Span?
  public var modifiers = TimeModifiers()
}

// MARK: - Operations

public enum Aggregator: String, Sendable, CaseIterable {
  case sum, avg, count, min, max, group, stddev, stdvar, topk, bottomk, quantile
  case countValues = "count_values"
  case limitk
  case limitRatio = "limit_ratio"

  /// What its first argument must be, where it takes two.
  var parameter: ValueType? {
    switch self {
    case .topk, .bottomk, .quantile, .limitk, .limitRatio: .scalar
    case .countValues: .string
    default: nil
    }
  }

  func isKnown(in dialect: Dialect) -> Bool { dialect == .v3 || (self != .limitk && self != .limitRatio) }
}

/// `sum by (job) (x)`.
public struct Aggregation: Sendable {
  public var aggregator: Aggregator
  public var parameter: Expression.NodeID?
  public var operand: Expression.NodeID
  /// Whether the labels are those that go: `without`.
  public var isWithout: Bool
  /// nil where neither `by` nor `without` was written.
  public var labels: [String]?
}

public enum BinaryOperator: String, Sendable, CaseIterable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case modulo = "%"
  case power = "^"
  case atan2
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case and, or, unless

  public var isComparison: Bool {
    switch self {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: true
    default: false
    }
  }

  public var isSet: Bool { self == .and || self == .or || self == .unless }

  /// How tightly it binds; of equals, the left one does, but for `^`.
  var precedence: Int {
    switch self {
    case .or: 1
    case .and, .unless: 2
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: 3
    case .add, .subtract: 4
    case .multiply, .divide, .modulo, .atan2: 5
    case .power: 6
    }
  }

  var precedenceOfRightSide: Int { self == .power ? precedence : precedence + 1 }
}

/// `a / on (job) group_left b`.
public struct BinaryOperation: Sendable {
  public var left: Expression.NodeID
  public var operation: BinaryOperator
  public var right: Expression.NodeID
  /// Whether a comparison gives 0 or 1 instead of filtering.
  public var isBool: Bool
  public var matching: VectorMatching
}

/// How the series of two vectors find each other.
public struct VectorMatching: Sendable, Hashable {
  public enum Grouping: String, Sendable {
    case left = "group_left"
    case right = "group_right"
  }

  /// Whether `labels` are those that must be equal; else those that need not be.
  public var isOn = false
  /// nil where neither `on` nor `ignoring` was written.
  public var labels: [String]?
  public var grouping: Grouping?
  /// Labels that are copied from the side of one.
  public var include: [String] = []
  /// Values for series that find no other (version 3, experimental).
  public var fillLeft: Double?
  public var fillRight: Double?
}
