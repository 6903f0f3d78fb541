/// In which order variables are evaluated: each after those that it mentions. [Scenes:
/// variables/sets/SceneVariableSet.ts]
struct VariableOrder {
  private(set) var order: [Int] = []
  /// Variables that wait for each other, and those that wait for them.
  private(set) var stuck: [Int] = []

  init(_ variables: [Variable]) {
    let indices = Dictionary(zip(variables.map(\.name), variables.indices), uniquingKeysWith: { first, _ in first })
    var waitsFor = variables.map { variable in Set(variable.mentions.compactMap { indices[$0] }).count }
    var waiting: [[Int]] = Array(repeating: [], count: variables.count)
    for (index, variable) in variables.enumerated() {
      for mentioned in Set(variable.mentions.compactMap { indices[$0] }) { waiting[mentioned].append(index) }
    }
    order = variables.indices.filter { waitsFor[$0] == 0 }
    var next = 0
    while next < order.count {
      for index in waiting[order[next]] {
        waitsFor[index] -= 1
        if waitsFor[index] == 0 { order.append(index) }
      }
      next += 1
    }
    stuck = variables.indices.filter { waitsFor[$0] > 0 }
  }
}

extension Variable {
  /// The variables that its value depends on.
  var mentions: Set<String> {
    var texts = [regex, allValue ?? ""]
    switch kind {
    case .query(let text, _, let source): texts += [text ?? "", source?.uid ?? ""]
    case .custom(let text, _): texts.append(text)
    case .constant(let text), .textbox(let text): texts.append(text)
    case .adhoc(_, let source): texts.append(source?.uid ?? "")
    case .interval, .dataSource, .groupBy, .toggle, .other: break
    }
    return Set(texts.flatMap(ReferenceScanner.names))
  }
}
