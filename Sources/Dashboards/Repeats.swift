import Diagnostics

/// The copies of a panel: one for each value of the variables that it and the rows around it are repeated for.
/// [Grafana: DashboardGridItem.tsx, RowRepeaterBehavior.ts]
struct Repeats {
  /// More copies than this are not made.
  static let most = 50

  let dashboard: Dashboard
  let variables: ResolvedVariables
  private(set) var findings: [Finding] = []

  init(dashboard: Dashboard, variables: ResolvedVariables) {
    self.dashboard = dashboard
    self.variables = variables
  }

  /// Always at least one copy, of no values where nothing is repeated.
  mutating func copies(of panel: Panel) -> [[RepeatValue]] {
    var copies: [[RepeatValue]] = [[]]
    for row in dashboard.rows(around: panel.row) {
      copies = multiplied(copies, by: dashboard.rows[row].repeatVariable, row: row, panel)
    }
    return multiplied(copies, by: panel.repeatVariable, row: panel.row, panel)
  }

  private mutating func multiplied(
    _ copies: [[RepeatValue]], by name: String?, row: Int?, _ panel: Panel
  ) -> [[RepeatValue]] {
    guard let name else { return copies }
    guard let variable = variables.variable(name, row: row, in: dashboard) else {
      report("`\(panel.title)` is repeated for the variable `\(name)`, which does not exist", panel)
      return copies
    }
    // "All" is every option, also where another text stands for it; no value is one copy with an empty value.
    let options = variable.selected.isEmpty ? [Variable.Option("")] : variable.selected
    let values = options.map { RepeatValue(variable: name, value: $0.value, text: $0.text) }
    let all = copies.lazy.flatMap { copy in values.lazy.map { copy + [$0] } }
    if copies.count * values.count > Self.most {
      report(
        "`\(panel.title)` is repeated \(copies.count * values.count) times: the first \(Self.most) are checked", panel)
    }
    return Array(all.prefix(Self.most))
  }

  private mutating func report(_ message: String, _ panel: Panel) {
    findings.append(Finding(.warning, message, at: panel.place))
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
