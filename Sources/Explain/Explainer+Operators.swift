import PromQL
import Stack

// Operators whose sides have data and which give nothing: labels that do not match, comparisons that do not hold.
extension Explainer {
  func explain(_ operation: BinaryOperation, in expression: PromQL.Expression) async throws -> Explanation {
    let left = try await value(of: operation.left, in: expression)
    let right = try await value(of: operation.right, in: expression)
    switch operation.operation {
    case .or: return try await explainOr(operation, in: expression)
    case .unless where !left.isEmpty:
      return Explanation(
        .presentAsItShouldNotBe,
        "`unless` takes away all \(counted(left.labelSets.count, "series", "series")) of `\(expression.print(operation.left))`",
        evidence: samples(of: right))
    default: break
    }
    if left.isEmpty { return try await explain(operation.left, in: expression) }
    if right.isEmpty { return try await explain(operation.right, in: expression) }
    let areVectors = expression[operation.left].type == .vector && expression[operation.right].type == .vector
    if areVectors, let mismatch = explainMatching(operation, left.labelSets, right.labelSets, in: expression) {
      return mismatch
    }
    if operation.operation.isComparison { return explainComparison(operation, left, right, in: expression) }
    return Explanation(
      .functionGivesNothing, "`\(operation.operation.rawValue)` gives nothing for the data that it gets",
      evidence: samples(of: left) + samples(of: right))
  }

  private func explainOr(_ operation: BinaryOperation, in expression: PromQL.Expression) async throws -> Explanation {
    var explanation = try await explain(operation.left, in: expression)
    let other = try await explain(operation.right, in: expression)
    explanation.evidence.append("behind `or`: \(other.sentence)")
    return explanation
  }

  // MARK: - Labels

  /// Which labels keep the series of two sides apart; nil where some do match.
  private func explainMatching(
    _ operation: BinaryOperation, _ left: [[String: String]], _ right: [[String: String]],
    in expression: PromQL.Expression
  ) -> Explanation? {
    let matching = operation.matching
    func key(_ labels: [String: String]) -> [String: String] { labels.filter { isCompared($0.key, matching) } }
    guard Set(left.map(key)).isDisjoint(with: right.map(key)) else { return nil }
    let names = Set((left + right).flatMap(\.keys)).filter { isCompared($0, matching) }.sorted()
    var onlyOneSide: [String] = []
    var differing: [String] = []
    var evidence: [String] = []
    for name in names {
      let values = [left, right].map { side in Set(side.map { $0[name] ?? "" }) }
      guard values[0].isDisjoint(with: values[1]) else { continue }
      if values.contains([""]) {
        onlyOneSide.append(name)
        evidence.append("`\(name)` stands only on the \(values[0] == [""] ? "right" : "left")")
      } else {
        differing.append(name)
        evidence.append(
          "`\(name)` is \(listed(values[0].sorted(), most: 3)) left, \(listed(values[1].sorted(), most: 3)) right")
      }
    }
    evidence += ["left: \(text(of: left[0]))", "right: \(text(of: right[0]))"]
    let apart = onlyOneSide + differing
    let labels = apart.isEmpty ? "no label alone keeps them apart" : "they differ in \(listed(apart))"
    return Explanation(
      .noMatchingLabels,
      "the sides of `\(operation.operation.rawValue)` have no series with equal labels: \(labels)", evidence: evidence,
      advice: advice(apart: apart, left: left, right: right, matching))
  }

  private func isCompared(_ label: String, _ matching: VectorMatching) -> Bool {
    guard label != "__name__" else { return matching.isOn && matching.labels?.contains(label) == true }
    return matching.isOn == (matching.labels?.contains(label) ?? false)
  }

  private func advice(
    apart: [String], left: [[String: String]], right: [[String: String]], _ matching: VectorMatching
  ) -> String? {
    guard matching.labels == nil, !apart.isEmpty else { return nil }
    let common = Set(left.flatMap(\.keys)).intersection(right.flatMap(\.keys)).subtracting(apart + ["__name__"])
      .sorted()
    let ignoring = "`ignoring (\(apart.joined(separator: ", ")))`"
    return common.isEmpty ? "write \(ignoring)" : "write \(ignoring), or `on (\(common.joined(separator: ", ")))`"
  }

  // MARK: - Comparisons

  private func explainComparison(
    _ operation: BinaryOperation, _ left: QueryValue, _ right: QueryValue, in expression: PromQL.Expression
  ) -> Explanation {
    // The side that is a constant is the bound; what is compared with it is what one wants to see.
    let constantFirst = expression[operation.left].type == .scalar
    let value = constantFirst ? right : left
    let values = value.values.filter { !$0.isNaN }
    let range: String
    if let least = values.min(), let most = values.max() {
      range = least == most ? "is \(number(least))" : "lies between \(number(least)) and \(number(most))"
    } else {
      range = "is NaN"
    }
    let sides = [operation.left, operation.right].map { expression.print($0) }
    return Explanation(
      .comparisonIsFalse,
      "`\(sides[0]) \(operation.operation.rawValue) \(sides[1])` does not hold: its \(constantFirst ? "right" : "left") side \(range)",
      evidence: samples(of: value))
  }
}
