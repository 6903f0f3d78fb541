// What Prometheus checks once the syntax is right. [Prometheus: promql/parser/parse.go, checkAST]
extension Parser {
  mutating func reportType(_ message: String, at range: Range<Int>, advice: String? = nil) {
    if typeError == nil { typeError = ParseError(message, at: range, advice: advice) }
  }

  mutating func expectType(_ wanted: ValueType, of id: NodeID, in what: String) {
    let type = expression[id].type
    guard type != wanted else { return }
    var advice: String?
    switch (wanted, type) {
    case (.matrix, .vector): advice = "give it a range: `[5m]`"
    case (.vector, .matrix): advice = "take the range away, or put it into a function such as `rate`"
    case (.vector, .scalar): advice = "`vector(...)` makes one of a number"
    default: break
    }
    let place = what.contains(" ") ? what : "`\(what)`"
    reportType(
      "\(place) needs \(wanted.described) here, not \(type.described)", at: expression[id].range, advice: advice)
  }

  mutating func checkArguments(_ arguments: [NodeID], of function: Function, at range: Range<Int>) {
    let (least, most) = function.counts
    if arguments.count < least || arguments.count > most ?? .max {
      let wanted = most == least ? "\(least)" : most.map { "\(least) to \($0)" } ?? "at least \(least)"
      reportType(
        "`\(function.name)` takes \(wanted) argument\(wanted == "1" ? "" : "s"), not \(arguments.count)", at: range)
    }
    if function.name == "info", arguments.count > 1 { checkInfo(arguments[1]) }
    for (index, argument) in arguments.enumerated() {
      guard index < function.arguments.count || function.variadic != 0 else { break }
      guard let wanted = index < function.arguments.count ? function.arguments[index] : function.arguments.last else {
        break
      }
      expectType(wanted, of: argument, in: function.name)
    }
  }

  /// The second argument of `info` is a list of label matchers, written as a selector without a name.
  private mutating func checkInfo(_ argument: NodeID) {
    guard case .vector(let selector) = expression[argument].kind, selector.name == nil else {
      return reportType("`info` takes label matchers here, `{k=\"v\"}`", at: expression[argument].range)
    }
    // What selects everything is allowed here, and only here.
    if typeError?.range == expression[argument].range { typeError = nil }
  }

  mutating func checkSelector(_ selector: VectorSelector, at range: Range<Int>) {
    if let name = selector.name {
      guard let second = selector.matchers.first(where: { $0.label == "__name__" }) else { return }
      return reportType("the metric is named twice, `\(name)` and `\(second.value)`", at: second.range)
    }
    guard selector.matchers.allSatisfy(\.matchesEmpty) else { return }
    reportType(
      "the selector would select every series", at: range,
      advice: "name a metric, or let one matcher need a value that is not empty")
  }

  mutating func checkTypes(
    _ left: NodeID, _ operation: BinaryOperator, _ right: NodeID, isBool: Bool, matching: inout VectorMatching,
    at place: Range<Int>
  ) {
    let sides = [left, right].map { expression[$0].type }
    if isBool && !operation.isComparison { reportType("`bool` stands only behind comparisons", at: place) }
    if operation.isComparison, !isBool, sides == [.scalar, .scalar] {
      reportType("two scalars are compared without `bool`", at: place, advice: "write `\(operation.rawValue) bool`")
    }
    if matching.isOn, let twice = matching.labels?.first(where: matching.include.contains) {
      reportType("the label `\(twice)` stands in `on` and in `\(matching.grouping?.rawValue ?? "")`", at: place)
    }
    for side in [left, right] where expression[side].type == .matrix || expression[side].type == .string {
      reportType(
        "`\(operation.rawValue)` needs scalars or instant vectors, not \(expression[side].type.described)",
        at: expression[side].range)
    }
    checkMatching(&matching, of: operation, sides, at: place)
  }

  private mutating func checkMatching(
    _ matching: inout VectorMatching, of operation: BinaryOperator, _ sides: [ValueType], at place: Range<Int>
  ) {
    let fills = matching.fillLeft != nil || matching.fillRight != nil
    if sides != [.vector, .vector] {
      if matching.labels?.isEmpty == false {
        reportType("`\(matching.isOn ? "on" : "ignoring")` stands only between instant vectors", at: place)
      }
      if fills { reportType("`fill` stands only between instant vectors", at: place) }
      matching = VectorMatching()
      if operation.isSet, sides.contains(.scalar) {
        reportType(
          "`\(operation.rawValue)` cannot work on scalars", at: place, advice: "`vector(...)` makes a vector of one")
      }
    } else if operation.isSet {
      if let grouping = matching.grouping {
        reportType("`\(grouping.rawValue)` cannot stand behind `\(operation.rawValue)`", at: place)
      }
      if fills { reportType("`fill` cannot stand behind `\(operation.rawValue)`", at: place) }
    }
  }
}
