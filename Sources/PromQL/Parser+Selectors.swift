import Signals

// Selectors, their matchers, and what may follow any expression: ranges, `offset`, `@`.
extension Parser {
  /// `name`, `name{...}` or `{...}`.
  mutating func selector() throws(ParseError) -> NodeID {
    let start = token.range.lowerBound
    var end = token.range.upperBound
    var selector = VectorSelector(name: nil, matchers: [])
    if current != .leftBrace { selector.name = text(advance()) }
    if current == .leftBrace {
      advance()
      while current != .rightBrace {
        selector.matchers.append(try matcher())
        if current != .rightBrace { try expect(.comma, "`,` or `}`") }
      }
      end = advance().upperBound
    }
    checkSelector(selector, at: start..<end)
    return add(.vector(selector), range: start..<end, .vector)
  }

  private mutating func matcher() throws(ParseError) -> Matcher {
    let label = token
    let name: String
    switch current {
    case .identifier: name = text(advance())
    case .string where expression.dialect == .v3: name = try string()
    default: throw unexpected("a label")
    }
    let operation: Matcher.Operation
    switch current {
    case .equals: operation = .equal
    case .notEqual: operation = .notEqual
    case .matchesRegex: operation = .regex
    case .matchesNotRegex: operation = .notRegex
    case .comma where label.kind == .string, .rightBrace where label.kind == .string:
      // A quoted word alone is the metric's name (version 3).
      return Matcher(label: "__name__", operation: .equal, value: name, matchesEmpty: name.isEmpty, range: label.range)
    default: throw unexpected("`=`, `!=`, `=~` or `!~`")
    }
    advance()
    guard current == .string else { throw unexpected("a text in quotes") }
    let place = token.range
    let value = try string()
    let matchesEmpty = try matchesEmpty(operation, value, at: place)
    return Matcher(
      label: name, operation: operation, value: value, matchesEmpty: matchesEmpty,
      range: label.range.lowerBound..<place.upperBound)
  }

  private func matchesEmpty(_ operation: Matcher.Operation, _ value: String, at place: Range<Int>) throws(ParseError)
    -> Bool
  {
    switch operation {
    case .equal: return value.isEmpty
    case .notEqual: return !value.isEmpty
    case .regex, .notRegex:
      do throws(RegexSyntax.Problem) {
        let allowsNames = expression.dialect == .v3
        let matches = try RegexSyntax.matchesEmpty(value, allowsShortGroupNames: allowsNames)
        return operation == .regex ? matches : !matches
      } catch {
        throw ParseError("`\(value)` is not a regular expression: \(error.message)", at: place, advice: error.advice)
      }
    }
  }

  // MARK: - Modifiers

  /// An expression with all the ranges and modifiers that follow it.
  mutating func modified(_ id: NodeID) throws(ParseError) -> NodeID {
    var id = id
    while true {
      switch current {
      case .leftBracket: id = try ranged(id)
      case .offset: try offset(id)
      case .at: try moment(id)
      case .anchored, .smoothed: try edges(id)
      default: return id
      }
    }
  }

  /// `x[5m]` or `x[5m:1m]`.
  private mutating func ranged(_ id: NodeID) throws(ParseError) -> NodeID {
    let bracket = advance()
    let range = try positiveSpan()
    let start = expression[id].range.lowerBound
    if take(.colon) {
      let step = current == .rightBracket ? nil : try positiveSpan()
      let end = try expect(.rightBracket, "a duration or `]`").upperBound
      expectType(.vector, of: id, in: "a subquery")
      return add(.subquery(Subquery(operand: id, range: range, step: step)), range: start..<end, .matrix)
    }
    let end = try expect(.rightBracket, "`:` or `]`").upperBound
    guard case .vector(let selector) = expression[id].kind else {
      throw ParseError(
        "a range stands only behind a selector", at: bracket.lowerBound..<end,
        advice: "for a subquery write a colon: `[5m:]`")
    }
    if selector.modifiers.offset != nil {
      throw ParseError("the range stands behind `offset`", at: bracket.lowerBound..<end, advice: "write it before")
    }
    if case .at = selector.modifiers.moment {
      throw ParseError("the range stands behind `@`", at: bracket.lowerBound..<end, advice: "write it before")
    }
    return add(.matrix(selector, range: range), range: start..<end, .matrix)
  }

  private mutating func offset(_ id: NodeID) throws(ParseError) {
    let word = advance()
    let span = try offsetSpan()
    try changeModifiers(of: id, word: "offset", at: word) { modifiers in
      // An offset of nothing is none.
      guard modifiers.offset == nil || modifiers.offset == .seconds(0) else { return false }
      modifiers.offset = span
      return true
    }
  }

  private mutating func moment(_ id: NodeID) throws(ParseError) {
    let sign = advance()
    let moment: TimeModifiers.Moment
    if current == .start || current == .end_ {
      moment = current == .start ? .start : .end
      advance()
      try expect(.leftParen, "`()`")
      try expect(.rightParen, "`)`")
    } else {
      let place = token.range
      let seconds = try signedNumber()
      guard seconds.isFinite, seconds.magnitude < 0x1p63 else {
        throw ParseError("the time behind `@` is out of bounds", at: place)
      }
      moment = .at(seconds)
    }
    try changeModifiers(of: id, word: "@", at: sign) { modifiers in
      guard modifiers.moment == nil else { return false }
      modifiers.moment = moment
      return true
    }
  }

  private mutating func edges(_ id: NodeID) throws(ParseError) {
    let edges: TimeModifiers.Edges = current == .anchored ? .anchored : .smoothed
    let word = advance()
    if case .subquery = expression[id].kind {
      throw ParseError("`\(edges.rawValue)` cannot stand behind a subquery", at: word)
    }
    try changeModifiers(of: id, word: edges.rawValue, at: word) { modifiers in
      guard modifiers.edges == nil || modifiers.edges == edges else { return false }
      modifiers.edges = edges
      return true
    }
  }

  /// Changes what says when a selector looks; `change` answers false where it has been said before.
  private mutating func changeModifiers(
    of id: NodeID, word: String, at place: Range<Int>, _ change: (inout TimeModifiers) -> Bool
  ) throws(ParseError) {
    let isFirst: Bool
    switch expression.nodes[id].kind {
    case .vector(var selector):
      isFirst = change(&selector.modifiers)
      expression.nodes[id].kind = .vector(selector)
    case .matrix(var selector, let range):
      isFirst = change(&selector.modifiers)
      expression.nodes[id].kind = .matrix(selector, range: range)
    case .subquery(var subquery):
      isFirst = change(&subquery.modifiers)
      expression.nodes[id].kind = .subquery(subquery)
    default:
      throw ParseError(
        "`\(word)` stands only behind a selector or a subquery", at: place,
        advice: "write it directly behind the selector, inside of functions and parentheses")
    }
    guard isFirst else { throw ParseError("`\(word)` is given twice", at: place) }
    expression.nodes[id].range = expression[id].range.lowerBound..<tokens[position - 1].range.upperBound
  }
}
