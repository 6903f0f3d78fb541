import Diagnostics

/// Gives every variable of a dashboard its value, as opening the dashboard does.
public struct VariableResolver: Sendable {
  let dashboard: Dashboard
  let settings: QuerySettings
  /// Values for `var-NAME`.
  let overrides: [String: [String]]
  /// nil where nobody can be asked: variables then keep what is stored.
  let source: (any VariableSource)?

  /// Creates a resolver.
  public init(
    _ dashboard: Dashboard, settings: QuerySettings, overrides: [String: [String]] = [:],
    source: (any VariableSource)? = nil
  ) {
    self.dashboard = dashboard
    self.settings = settings
    self.overrides = overrides
    self.source = source
  }

  /// The values. What goes wrong with a variable is a finding, and the others proceed.
  public func resolve() async -> ResolvedVariables {
    var result = ResolvedVariables()
    let range = (try? DashboardClock(dashboard.time, settings: settings))?.range
    let queryRange = range ?? TimeRange(from: settings.now - 21_600_000, to: settings.now, isRelative: true)
    await resolve(dashboard.variables, row: nil, range: queryRange, into: &result)
    for (index, row) in dashboard.rows.enumerated() where !row.variables.isEmpty {
      await resolve(row.variables, row: index, range: queryRange, into: &result)
    }
    let names = Set(dashboard.variables.map(\.name) + dashboard.rows.flatMap { $0.variables.map(\.name) })
    for name in overrides.keys.sorted() where !names.contains(name) {
      result.findings.append(
        Finding(
          .warning, "the dashboard has no variable `\(name)`", at: dashboard.place,
          advice: suggestion(for: name, in: names)))
    }
    return result
  }

  private func resolve(
    _ variables: [Variable], row: Int?, range: TimeRange, into result: inout ResolvedVariables
  ) async {
    let order = VariableOrder(variables)
    var resolved: [Int: ResolvedVariable] = [:]
    func publish() {
      let list = variables.indices.compactMap { resolved[$0] }
      if let row { result.ofRows[row] = list } else { result.variables = list }
    }
    for index in order.order {
      let outcome = await evaluate(variables[index], row: row, range: range, known: result)
      resolved[index] = outcome.value
      result.requests += outcome.requests
      result.findings += outcome.findings
      publish()
    }
    if let first = order.stuck.first {
      let names = order.stuck.map { "`\(variables[$0].name)`" }.joined(separator: ", ")
      result.findings.append(
        Finding(
          .error, "the variables \(names) wait for each other: Grafana never gives them a value",
          at: variables[first].place))
    }
    for index in order.stuck { resolved[index] = stored(variables[index]) }
    publish()
  }

  /// The evaluation, which holds what is known, ends here: what is known can then be added to without being copied.
  private func evaluate(
    _ variable: Variable, row: Int?, range: TimeRange, known: ResolvedVariables
  ) async -> (value: ResolvedVariable, requests: [VariableRequest], findings: [Finding]) {
    var evaluation = VariableEvaluation(resolver: self, variable: variable, row: row, range: range, known: known)
    let value = await evaluation.resolved()
    return (value, evaluation.requests, evaluation.findings)
  }

  /// What the file stores for a variable, or its name where it stores nothing.
  func stored(_ variable: Variable) -> ResolvedVariable {
    let values = (variable.current?.values ?? []).filter { $0 != "$__all" }
    var options = variable.options
    if options.isEmpty {
      let texts = variable.current?.texts ?? []
      options = values.enumerated().map { Variable.Option($1, text: texts.count == values.count ? texts[$0] : $1) }
      options = options.filter { !$0.value.isEmpty }
    }
    let given = overrides[variable.name]
    if options.isEmpty {
      let placeholder = VariableSelection(variable: variable, options: [Variable.Option(variable.name)])
      return placeholder.resolved(origin: .placeholder, given: given)
    }
    // Nobody says that the stored value is stale, so it is kept even where the stored options lack it.
    let missing = values.filter { value in !value.isEmpty && !options.contains { $0.value == value } }
    let selection = VariableSelection(
      variable: variable, options: options + missing.map { Variable.Option($0) })
    return selection.resolved(origin: .stored, given: given)
  }
}
