import Diagnostics

extension Expression {
  /// Parses an expression, its types included: what is accepted is what a Prometheus of the dialect accepts.
  public init(parsing text: String, dialect: Dialect = .v2) throws(ParseError) {
    var parser = try Parser(text, dialect)
    self = try parser.parse()
  }
}

/// Recursive descent with the precedences of Prometheus' grammar. [Prometheus: promql/parser/generated_parser.y]
///
/// Parentheses, calls and right-hand sides nest at most `deepest` levels, so that no text can exhaust the stack; chains of operators may be of any length.
struct Parser {
  typealias NodeID = Expression.NodeID

  static let deepest = 200

  let bytes: [UInt8]
  let tokens: [Token]
  var position = 0
  var expression: Expression
  private var depth = 0
  /// The first error in types; errors in syntax come before it, as in Prometheus.
  var typeError: ParseError?

  init(_ text: String, _ dialect: Dialect) throws(ParseError) {
    bytes = Array(text.utf8)
    tokens = try Lexer.tokens(of: bytes, dialect)
    expression = Expression(text: text, dialect: dialect)
    expression.nodes.reserveCapacity(tokens.count / 2 + 1)
  }

  mutating func parse() throws(ParseError) -> Expression {
    guard current != .end else { throw ParseError("there is no expression", at: 0..<0) }
    _ = try operand(precedence: 0)
    guard current == .end else { throw unexpected("an operator or the end") }
    if let typeError { throw typeError }
    return expression
  }

  // MARK: - Operators

  /// An expression of operators that bind at least as tightly as `precedence`.
  private mutating func operand(precedence: Int) throws(ParseError) -> NodeID {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else { throw tooDeep() }
    var left = try signed()
    while let operation = current.binaryOperator, operation.precedence >= precedence {
      let place = advance()
      var (isBool, matching) = try binaryModifiers()
      let right = try operand(precedence: operation.precedenceOfRightSide)
      checkTypes(left, operation, right, isBool: isBool, matching: &matching, at: place)
      let isScalar = expression[left].type == .scalar && expression[right].type == .scalar
      left = add(
        .binary(BinaryOperation(left: left, operation: operation, right: right, isBool: isBool, matching: matching)),
        range: expression[left].range.lowerBound..<expression[right].range.upperBound, isScalar ? .scalar : .vector)
    }
    return left
  }

  /// A sign binds as tightly as `*`: `-a ^ b` is `-(a ^ b)`.
  private mutating func signed() throws(ParseError) -> NodeID {
    guard current == .add || current == .subtract else { return try primary() }
    let isNegative = current == .subtract
    let sign = advance()
    let operand = try operand(precedence: BinaryOperator.power.precedence)
    let range = sign.lowerBound..<expression[operand].range.upperBound
    if case .number(var literal) = expression[operand].kind {
      if isNegative { literal.value.negate() }
      expression.nodes[operand].kind = .number(literal)
      expression.nodes[operand].range = range
      return operand
    }
    let type = expression[operand].type
    if type != .scalar && type != .vector {
      reportType("a sign stands before \(type.described)", at: range, advice: "it needs a scalar or an instant vector")
    }
    return add(.unary(isNegative: isNegative, operand: operand), range: range, type)
  }

  private mutating func binaryModifiers() throws(ParseError) -> (isBool: Bool, VectorMatching) {
    var matching = VectorMatching()
    let isBool = take(.bool)
    guard current == .on || current == .ignoring else {
      try fillModifiers(&matching)
      return (isBool, matching)
    }
    matching.isOn = current == .on
    advance()
    matching.labels = try groupingLabels()
    if current == .groupLeft || current == .groupRight {
      matching.grouping = current == .groupLeft ? .left : .right
      advance()
      if current == .leftParen { matching.include = try groupingLabels() }
    }
    try fillModifiers(&matching)
    return (isBool, matching)
  }

  private mutating func fillModifiers(_ matching: inout VectorMatching) throws(ParseError) {
    switch current {
    case .fill:
      let value = try fillValue()
      (matching.fillLeft, matching.fillRight) = (value, value)
    case .fillLeft:
      matching.fillLeft = try fillValue()
      if current == .fillRight { matching.fillRight = try fillValue() }
    case .fillRight:
      matching.fillRight = try fillValue()
      if current == .fillLeft { matching.fillLeft = try fillValue() }
    default: break
    }
  }

  private mutating func fillValue() throws(ParseError) -> Double {
    advance()
    try expect(.leftParen, "`(` and a number")
    let value = try signedNumber()
    try expect(.rightParen, "`)`")
    return value
  }

  /// `(a, b)` of `by`, `on` and their kin.
  private mutating func groupingLabels() throws(ParseError) -> [String] {
    try expect(.leftParen, "`(` and labels")
    var labels: [String] = []
    while current != .rightParen {
      labels.append(try groupingLabel())
      if current != .rightParen { try expect(.comma, "`,` or `)`") }
    }
    advance()
    return labels
  }

  private mutating func groupingLabel() throws(ParseError) -> String {
    if current == .string, expression.dialect == .v3 { return try string() }
    let label = text(token.range)
    guard current.isGroupingLabel, !label.contains(":") else { throw unexpected("a label") }
    advance()
    return label
  }

  // MARK: - Operands

  private mutating func primary() throws(ParseError) -> NodeID {
    switch current {
    case .leftParen:
      let start = advance().lowerBound
      let inner = try operand(precedence: 0)
      let end = try expect(.rightParen, "an operator or `)`").upperBound
      return try modified(add(.parentheses(inner), range: start..<end, expression[inner].type))
    case .number: return try modified(numberLiteral())
    case .duration where expression.dialect == .v3: return try modified(numberLiteral())
    case .string:
      let range = token.range
      return try modified(add(.string(try string()), range: range, .string))
    case .aggregator where following == .leftParen || following == .by || following == .without:
      return try modified(aggregation())
    case _ where isCall: return try modified(call())
    case .leftBrace: return try modified(selector())
    case _ where current.isMetricName: return try modified(selector())
    default: throw unexpected("an expression")
    }
  }

  private mutating func numberLiteral() throws(ParseError) -> NodeID {
    let literal = token
    let number = NumberLiteral(value: try number(), isDuration: literal.kind == .duration)
    return add(.number(number), range: literal.range, .scalar)
  }

  private var isCall: Bool {
    guard following == .leftParen else { return false }
    switch current {
    case .identifier, .minOf, .maxOf: return true
    case .start, .end_, .step, .range: return expression.dialect == .v3
    default: return false
    }
  }

  private mutating func aggregation() throws(ParseError) -> NodeID {
    let word = advance()
    var (labels, isWithout) = try grouping()
    let arguments = try arguments()
    var end = tokens[position - 1].range.upperBound
    if labels == nil {
      (labels, isWithout) = try grouping()
      end = tokens[position - 1].range.upperBound
    }
    let range = word.lowerBound..<end
    guard let aggregator = Aggregator(rawValue: text(word).lowercased()) else { throw unexpected("an aggregation") }
    let wanted = aggregator.parameter == nil ? 1 : 2
    guard arguments.count == wanted, let operand = arguments.last else {
      throw ParseError(
        "`\(aggregator.rawValue)` takes \(wanted) argument\(wanted == 1 ? "" : "s"), not \(arguments.count)", at: range)
    }
    let parameter = aggregator.parameter == nil ? nil : arguments.first
    if let type = aggregator.parameter, let parameter { expectType(type, of: parameter, in: aggregator.rawValue) }
    expectType(.vector, of: operand, in: aggregator.rawValue)
    let aggregation = Aggregation(
      aggregator: aggregator, parameter: parameter, operand: operand, isWithout: isWithout, labels: labels)
    return add(.aggregation(aggregation), range: range, .vector)
  }

  private mutating func grouping() throws(ParseError) -> (labels: [String]?, isWithout: Bool) {
    guard current == .by || current == .without else { return (nil, false) }
    let isWithout = current == .without
    advance()
    return (try groupingLabels(), isWithout)
  }

  private mutating func call() throws(ParseError) -> NodeID {
    let word = advance()
    let name = text(word)
    let functions = Function.all(in: expression.dialect)
    guard let function = functions[name] else {
      throw ParseError("there is no function `\(name)`", at: word, advice: advice(for: name, in: functions))
    }
    let arguments = try arguments()
    let range = word.lowerBound..<tokens[position - 1].range.upperBound
    checkArguments(arguments, of: function, at: range)
    return add(.call(function, arguments: arguments), range: range, function.returns)
  }

  private func advice(for name: String, in functions: [String: Function]) -> String? {
    if Function.all(in: .v3)[name] != nil || Aggregator(rawValue: name) != nil { return "Prometheus 3 has it" }
    if Function.all(in: .v2)[name] != nil { return "Prometheus 2 had it" }
    if let near = nearest(to: name, in: functions.keys) { return "did you mean `\(near)`?" }
    return nil
  }

  private mutating func arguments() throws(ParseError) -> [NodeID] {
    try expect(.leftParen, "`(`")
    var arguments: [NodeID] = []
    if take(.rightParen) { return arguments }
    while true {
      arguments.append(try operand(precedence: 0))
      if take(.rightParen) { return arguments }
      let comma = try expect(.comma, "an operator, `,` or `)`")
      if current == .rightParen { throw ParseError("no argument follows this comma", at: comma) }
    }
  }

  // MARK: - Tokens

  var token: Token { tokens[position] }
  var current: Token.Kind { tokens[position].kind }
  var following: Token.Kind { position + 1 < tokens.count ? tokens[position + 1].kind : .end }

  @discardableResult
  mutating func advance() -> Range<Int> {
    defer { if position + 1 < tokens.count { position += 1 } }
    return tokens[position].range
  }

  mutating func take(_ kind: Token.Kind) -> Bool {
    guard current == kind else { return false }
    advance()
    return true
  }

  @discardableResult
  mutating func expect(_ kind: Token.Kind, _ description: String) throws(ParseError) -> Range<Int> {
    guard current == kind else { throw unexpected(description) }
    return advance()
  }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  mutating func add(_ kind: Node.Kind, range: Range<Int>, _ type: ValueType) -> NodeID {
    expression.nodes.append(Node(kind: kind, range: range, type: type))
    return expression.nodes.count - 1
  }

  func unexpected(_ wanted: String) -> ParseError {
    guard current != .end else { return ParseError("the expression ends where \(wanted) should be", at: token.range) }
    let found = text(token.range).prefix(40)
    return ParseError("\(wanted) should be here, not `\(found)`", at: token.range)
  }

  /// Counts a level of nesting of which the caller keeps track itself.
  mutating func nested<R>(_ body: (inout Parser) throws(ParseError) -> R) throws(ParseError) -> R {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else { throw tooDeep() }
    return try body(&self)
  }

  private func tooDeep() -> ParseError {
    ParseError("the expression is nested deeper than \(Self.deepest) levels", at: token.range)
  }
}
