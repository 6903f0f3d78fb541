import Signals

extension Expression: CustomStringConvertible {
  /// The expression as Prometheus would write it on one line; parsed again it is the same expression.
  public var description: String { print(root) }

  /// What a node is written as, from left to right.
  private enum Part {
    case text(String)
    case node(NodeID)
  }

  /// The text of a node, one or more of its nodes written as something else.
  public func print(_ id: NodeID, replacing replacements: [NodeID: String] = [:]) -> String {
    var text = ""
    var waiting: [Part] = [.node(id)]
    while let part = waiting.popLast() {
      switch part {
      case .text(let piece): text += piece
      case .node(let id):
        if let replacement = replacements[id] {
          text += replacement
        } else {
          waiting += parts(of: nodes[id]).reversed()
        }
      }
    }
    return text
  }

  /// The nodes below a node, and itself, children first.
  public func subtree(of id: NodeID) -> [NodeID] {
    var waiting = [id]
    var found: [NodeID] = []
    while let node = waiting.popLast() {
      found.append(node)
      waiting += nodes[node].children
    }
    return found.sorted()
  }

  private func parts(of node: Node) -> [Part] {
    switch node.kind {
    case .number(let literal): [.text(literal.description)]
    case .string(let text): [.text(Self.quoted(text))]
    case .vector(let selector): [.text(selector.description)]
    case .matrix(let selector, let range):
      [.text("\(selector.withoutModifiers)[\(range)]\(selector.modifiers)")]
    case .subquery(let subquery):
      [
        .node(subquery.operand),
        .text("[\(subquery.range):\(subquery.step?.description ?? "")]\(subquery.modifiers)"),
      ]
    case .call(let function, let arguments): [.text(function.name)] + parts(of: arguments)
    case .aggregation(let aggregation):
      [.text(aggregation.aggregator.rawValue + aggregation.grouping)]
        + parts(of: [aggregation.parameter, aggregation.operand].compactMap(\.self))
    case .binary(let operation):
      [
        .node(operation.left), .text(" \(operation.operation.rawValue)\(operation.modifiers) "),
        .node(operation.right),
      ]
    case .unary(let isNegative, let operand): [.text(isNegative ? "-" : "+"), .node(operand)]
    case .parentheses(let operand): parts(of: [operand])
    }
  }

  private func parts(of arguments: [NodeID]) -> [Part] {
    [.text("(")] + arguments.enumerated().flatMap { $0 == 0 ? [Part.node($1)] : [.text(", "), .node($1)] } + [
      .text(")")
    ]
  }

  static func list(_ labels: [String]) -> String {
    labels.map(label).joined(separator: ", ")
  }

  /// A label as it stands in an expression: in quotes where it needs them.
  public static func label(_ name: String) -> String { isPlainName(name) ? name : quoted(name) }

  private static func isPlainName(_ name: String) -> Bool {
    guard let first = name.utf8.first, first.isAlpha else { return false }
    return name.utf8.allSatisfy { $0.isAlpha || $0.isDigit }
  }

  /// A text in double quotes, escaped.
  public static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case _ where scalar.value < 0x20 || scalar == "\u{FFFD}":
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}

extension NumberLiteral: CustomStringConvertible {
  public var description: String {
    if isDuration { return Span.seconds(value).description }
    if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
    if value.isNaN { return "NaN" }
    return value == value.rounded() && value.magnitude < 1e15 ? "\(Int64(value))" : "\(value)"
  }
}

extension VectorSelector: CustomStringConvertible {
  var withoutModifiers: VectorSelector {
    var copy = self
    copy.modifiers = TimeModifiers()
    return copy
  }

  public var description: String {
    let braces = matchers.isEmpty && name != nil ? "" : "{\(matchers.map(\.description).joined(separator: ","))}"
    return (name ?? "") + braces + modifiers.description
  }
}

extension Matcher: CustomStringConvertible {
  public var description: String {
    Expression.label(label) + operation.rawValue + Expression.quoted(value)
  }
}

extension TimeModifiers: CustomStringConvertible {
  public var description: String {
    var text = edges.map { " \($0.rawValue)" } ?? ""
    switch moment {
    case .at(let seconds)?: text += " @ \(NumberLiteral(value: seconds, isDuration: false))"
    case .start?: text += " @ start()"
    case .end?: text += " @ end()"
    case nil: break
    }
    if let offset { text += " offset \(offset)" }
    return text
  }
}

extension Span: CustomStringConvertible {
  public var description: String {
    switch self {
    case .seconds(let seconds):
      // Only a version 3 literal can be finer than milliseconds.
      (seconds * 1000).rounded() == seconds * 1000 && seconds.magnitude < 1e12
        ? PrometheusDuration.format(.milliseconds(Int64(seconds * 1000)))
        : NumberLiteral(value: seconds, isDuration: false).description
    case .step: "step()"
    case .range: "range()"
    case .negated(let span): "-\(span)"
    case .binary(let left, let operation, let right): "\(left) \(operation.rawValue) \(right)"
    case .minimum(let first, let second): "min_of(\(first), \(second))"
    case .maximum(let first, let second): "max_of(\(first), \(second))"
    case .parentheses(let span): "(\(span))"
    }
  }
}

extension Aggregation {
  /// ` by (a, b) `.
  var grouping: String {
    labels.map { " \(isWithout ? "without" : "by") (\(Expression.list($0))) " } ?? ""
  }
}

extension BinaryOperation {
  /// ` bool on (a) group_left (b)`.
  var modifiers: String {
    var text = isBool ? " bool" : ""
    if let labels = matching.labels { text += " \(matching.isOn ? "on" : "ignoring") (\(Expression.list(labels)))" }
    if let grouping = matching.grouping { text += " \(grouping.rawValue) (\(Expression.list(matching.include)))" }
    func value(_ number: Double) -> String { "(\(NumberLiteral(value: number, isDuration: false)))" }
    if let left = matching.fillLeft, let right = matching.fillRight, left == right {
      text += " fill \(value(left))"
    } else {
      if let left = matching.fillLeft { text += " fill_left \(value(left))" }
      if let right = matching.fillRight { text += " fill_right \(value(right))" }
    }
    return text
  }
}
