public import Diagnostics

/// A variable with the value that it has when the dashboard is looked at.
public struct ResolvedVariable: Sendable {
  public var name: String
  /// All choices, without "All".
  public var options: [Variable.Option]
  /// The selected ones; of "All", every one.
  public var selected: [Variable.Option]
  public var isAll: Bool
  /// Whether the value is a list also where one option is selected.
  public var isList: Bool
  /// What "All" is written as, in place of all options.
  public var allValue: String?
  /// Whether it is a multi-value or "All" variable, whose values are escaped for regular expressions.
  public var isRegexEscaped: Bool
  public var origin: Origin
  /// Of a data source variable: its plugin.
  public var plugin: String?
  /// Of an ad-hoc variable, which has no value of its own.
  public var filters: AdhocFilters?

  /// Where the choices come from.
  public enum Origin: Sendable, Hashable {
    /// Out of the dashboard and its settings alone.
    case dashboard
    /// From the answer to its query.
    case answered
    /// Its query was not asked or failed: what the file stores.
    case stored
    /// As before, but nothing was stored: its own name stands for a value.
    case placeholder
    /// Given by the caller.
    case given
  }

  /// The filters of an ad-hoc variable and the data source whose queries they apply to.
  public struct AdhocFilters: Sendable, Hashable {
    public var filters: [AdhocFilter]
    public var dataSource: DataSourceRef?
  }

  /// What it stands for in a text; nil for an ad-hoc variable.
  public var value: VariableValue? {
    if filters != nil { return nil }
    let properties = selected.count == 1 ? selected[0].properties : [:]
    if isAll, let allValue { return VariableValue(.raw(allValue), isRegexEscaped: isRegexEscaped) }
    let values = selected.map(\.value)
    let content: VariableValue.Content = isAll || isList ? .list(values) : .scalar(values.first ?? "")
    return VariableValue(
      content, texts: isAll ? ["All"] : selected.map(\.text), isRegexEscaped: isRegexEscaped, properties: properties)
  }
}

/// All variables of a dashboard with their values, and what was asked for them.
public struct ResolvedVariables: Sendable {
  /// The dashboard's own, in the order of the file.
  public var variables: [ResolvedVariable] = []
  /// Those of rows and tabs (v2), by the index of the row.
  public var ofRows: [Int: [ResolvedVariable]] = [:]
  /// The queries of variables, in the order in which they were asked; also those for which there was nobody to ask.
  public var requests: [VariableRequest] = []
  public var findings: [Finding] = []

  /// No variables.
  public init() {}

  /// A variable as seen from a row: the nearest one of that name.
  public func variable(_ name: String, row: Int?, in dashboard: Dashboard) -> ResolvedVariable? {
    var next = row
    while let row = next, dashboard.rows.indices.contains(row) {
      if let found = ofRows[row]?.first(where: { $0.name == name }) { return found }
      next = dashboard.rows[row].parent
    }
    return variables.first { $0.name == name }
  }
}
