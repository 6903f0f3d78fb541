import Diagnostics

/// The copies of a panel: one for each value of the variables that it and the rows around it are repeated for.
/// [Grafana: DashboardGridItem.tsx, RowRepeaterBehavior.ts]
struct Repeats {
  /// More copies of one panel than this are not made.
  static let most = 50
  /// Nor more of all panels together.
  static let mostOfAll = 20_000

  let dashboard: Dashboard
  let variables: ResolvedVariables
  private(set) var findings: [Finding] = []
  private var reported: Set<Finding> = []
  private var made = 0

  init(dashboard: Dashboard, variables: ResolvedVariables) {
    self.dashboard = dashboard
    self.variables = variables
  }

  /// Always at least one copy, of no values where nothing is repeated.
  mutating func copies(of panel: Panel) -> [[RepeatValue]] {
    var copies: [[RepeatValue]] = [[]]
    for index in dashboard.rows(around: panel.row) {
      let row = dashboard.rows[index]
      copies = multiplied(copies, by: row.repeatVariable, row: index, Located(row.title, at: row.place))
    }
    copies = multiplied(copies, by: panel.repeatVariable, row: panel.row, Located(panel.title, at: panel.place))
    made += copies.count
    return copies
  }

  private mutating func multiplied(
    _ copies: [[RepeatValue]], by name: String?, row: Int?, _ title: Located<String>
  ) -> [[RepeatValue]] {
    guard let name else { return copies }
    // What stands in a copy of a row sees the one value of that copy.
    if copies[0].contains(where: { $0.variable == name }) { return copies }
    guard let variable = variables.variable(name, row: row, in: dashboard) else {
      report("is repeated for the variable `\(name)`, which does not exist", title)
      return copies
    }
    // "All" is every option, also where another text stands for it; no value is one copy with an empty value.
    let options = variable.selected.isEmpty ? [Variable.Option("")] : variable.selected
    let values = options.map { RepeatValue(variable: name, value: $0.value, text: $0.text) }
    let most = made < Self.mostOfAll ? Self.most : 1
    let count = copies.count * values.count
    if count > most { report("is repeated \(count) times: only \(most) are looked at", title) }
    return Array(copies.lazy.flatMap { copy in values.lazy.map { copy + [$0] } }.prefix(most))
  }

  /// Once a row, however many panels stand in it.
  private mutating func report(_ message: String, _ title: Located<String>) {
    let finding = Finding(.warning, "`\(title.value)` \(message)", at: title.place)
    if reported.insert(finding).inserted { findings.append(finding) }
  }
}

extension Dashboard {
  /// The rows and tabs around a place, from the outermost.
  func rows(around row: Int?) -> [Int] {
    var found: [Int] = []
    var next = row
    while let row = next, rows.indices.contains(row) {
      found.append(row)
      next = rows[row].parent
    }
    return found.reversed()
  }
}
