/// The variables that a panel, or a copy of it, sees: its repeat values, those of the rows around it, the dashboard's,
/// Grafana's own.
struct QueryScope {
  let planner: QueryPlanner
  let row: Int?
  let repeats: [RepeatValue]
  let builtIns: [String: VariableValue]
  let calendar: ZonedCalendar

  init(planner: QueryPlanner, row: Int?, repeats: [RepeatValue], clock: DashboardClock, range: TimeRange) {
    self.planner = planner
    self.row = row
    self.repeats = repeats
    builtIns = BuiltIns.ofPanels(planner.dashboard, range: range, calendar: clock.calendar)
    calendar = clock.calendar
  }

  var interpolator: Interpolator { Interpolator(value: value, calendar: calendar) }

  private func value(of name: String) -> VariableValue? {
    guard let variable = variable(name) else { return builtIns[name] }
    return variable.value
  }

  /// A copy's variable has one value, and keeps the flags that decide how it is escaped.
  private func variable(_ name: String) -> ResolvedVariable? {
    guard var variable = planner.variables.variable(name, row: row, in: planner.dashboard) else { return nil }
    if let copy = repeats.last(where: { $0.variable == name }) {
      variable.selected = variable.selected.filter { $0.value == copy.value }
      variable.isAll = false
      variable.isList = false
    }
    return variable
  }

  var dataSources: DataSourceResolver {
    DataSourceResolver(sources: planner.settings.dataSources, variable: variable)
  }

  /// The filters of ad-hoc variables of a data source.
  func filters(for source: DataSource) -> [AdhocFilter] {
    let rows = planner.dashboard.rows(around: row).flatMap { planner.variables.ofRows[$0] ?? [] }
    return (planner.variables.variables + rows).compactMap(\.filters).filter { filters in
      dataSources.resolve(filters.dataSource, hint: nil) == .prometheus(source)
    }.flatMap(\.filters)
  }
}
