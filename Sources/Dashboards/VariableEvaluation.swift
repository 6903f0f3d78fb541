import Diagnostics

/// Gives one variable its value; those that it mentions have theirs.
struct VariableEvaluation {
  let resolver: VariableResolver
  let variable: Variable
  let row: Int?
  let range: TimeRange
  let known: ResolvedVariables
  private(set) var requests: [VariableRequest] = []
  private(set) var findings: [Finding] = []

  init(resolver: VariableResolver, variable: Variable, row: Int?, range: TimeRange, known: ResolvedVariables) {
    self.resolver = resolver
    self.variable = variable
    self.row = row
    self.range = range
    self.known = known
  }

  private var given: [String]? { resolver.overrides[variable.name] }
  /// The stored value, where it says something.
  private var storedText: String? { variable.current?.values.first.flatMap { $0.isEmpty ? nil : $0 } }
  private var sources: DataSources { resolver.settings.dataSources }

  mutating func resolved() async -> ResolvedVariable {
    switch variable.kind {
    case .query(let text, let place, let source): await resolvedQuery(text, place, source)
    case .custom(let text, let isJSON): resolvedCustom(text, isJSON: isJSON)
    case .constant(let text): single(interpolator.interpolate(text, .format("glob")))
    case .textbox(let text):
      single(storedText ?? interpolator.interpolate(text, .format("glob")))
    case .interval(let choices, let auto): resolvedInterval(choices, auto)
    case .dataSource(let plugin): resolvedDataSource(plugin)
    case .adhoc(let filters, let source): resolvedAdhoc(filters, source)
    case .toggle: single(storedText ?? "false")
    case .groupBy, .other: resolver.stored(variable)
    }
  }

  private var interpolator: Interpolator { interpolator(for: sources.standard) }

  private func interpolator(for source: DataSource?) -> Interpolator {
    let builtIns = BuiltIns.ofVariables(range: range, dataSourceInterval: source?.timeInterval ?? "15s")
    return Interpolator { name in
      known.variable(name, row: row, in: resolver.dashboard)?.value ?? builtIns[name]
    }
  }

  private func single(_ value: String) -> ResolvedVariable {
    var result = VariableSelection(variable: variable, options: [Variable.Option(value)])
      .resolved(origin: .dashboard, given: given ?? [value])
    result.isList = false
    if given == nil { result.origin = .dashboard }
    return result
  }

  // MARK: - Without a query

  private mutating func resolvedCustom(_ text: String, isJSON: Bool) -> ResolvedVariable {
    let text = interpolator.interpolate(text, .format("glob"))
    var options = CustomOptions.list(text)
    if isJSON {
      if let read = CustomOptions.json(text) {
        options = read
      } else {
        report(.error, "the values of the variable `\(variable.name)` are no JSON list")
      }
    }
    if options.isEmpty { return resolver.stored(variable) }
    return VariableSelection(variable: variable, options: options).resolved(origin: .dashboard, given: given)
  }

  /// A value that is not among the choices is kept. [Scenes: variables/variants/IntervalVariable.tsx]
  private func resolvedInterval(_ choices: [String], _ auto: Variable.Auto?) -> ResolvedVariable {
    var value = given?.first ?? storedText ?? choices.first ?? ""
    if value == "$__auto" || value.hasPrefix("$__auto_interval") {
      let auto = auto ?? Variable.Auto(count: 30, least: "10s")
      value = FrontEndInterval.text(
        FrontEndInterval.calculate(
          rangeMilliseconds: Double(range.length), resolution: Double(auto.count),
          limit: FrontEndInterval.milliseconds(auto.least) ?? 10_000))
    }
    var result = VariableSelection(variable: variable, options: choices.map { Variable.Option($0) })
      .resolved(origin: .dashboard, given: [value])
    result.isList = false
    if given == nil { result.origin = .dashboard }
    return result
  }

  private mutating func resolvedDataSource(_ plugin: String) -> ResolvedVariable {
    let ofType = sources.known.filter { $0.type == plugin }
    var matching = ofType
    if let regex = regex() {
      var budget = JavaScriptRegex.Budget()
      matching = ofType.filter { (try? regex.matches(in: $0.name, within: &budget).isEmpty) == false }
    }
    // A site has its own data sources: one that is assumed stands for them, whatever their names.
    if matching.isEmpty, sources.assumesUnknown { matching = ofType }
    var options = matching.map { Variable.Option($0.uid, text: $0.name) }
    if let standard = sources.standard, matching.contains(standard) { options.append(Variable.Option("default")) }
    var result: ResolvedVariable
    if options.isEmpty, sources.assumesUnknown {
      result = resolver.stored(variable)
    } else {
      result = VariableSelection(variable: variable, options: options).resolved(origin: .dashboard, given: given)
    }
    result.plugin = plugin
    return result
  }

  private func resolvedAdhoc(_ filters: [AdhocFilter], _ source: DataSourceRef?) -> ResolvedVariable {
    let given = given?.compactMap { text -> AdhocFilter? in
      let parts = text.split(separator: "|", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
      return parts.count == 3 ? AdhocFilter(key: parts[0], op: parts[1], value: parts[2]) : nil
    }
    var result = VariableSelection(variable: variable, options: []).resolved(origin: .dashboard)
    result.selected = []
    result.filters = ResolvedVariable.AdhocFilters(filters: given ?? filters, dataSource: source)
    return result
  }

  // MARK: - With a query

  private mutating func resolvedQuery(
    _ text: String?, _ place: Place, _ source: DataSourceRef?
  ) async -> ResolvedVariable {
    guard let text else {
      report(.warning, "the variable `\(variable.name)` has no query: Grafana runs nothing for it", at: place)
      return resolver.stored(variable)
    }
    let resolution = DataSourceResolver(sources: sources, variable: known.lookup(row: row, in: resolver.dashboard))
      .resolve(source, hint: nil)
    guard case .prometheus(let asked) = resolution else {
      report(.note, "the variable `\(variable.name)` keeps its stored value: \(resolution.reason ?? "")", at: place)
      return resolver.stored(variable)
    }
    let request = VariableRequest(
      variable: variable.name, place: place, dataSource: asked,
      kind: .init(interpolator(for: asked).interpolate(text, .promQL)),
      start: seconds(range.from), end: seconds(range.to))
    requests.append(request)
    guard let source = resolver.source else { return resolver.stored(variable) }
    do {
      let results = try await source.answer(request).options(for: request.kind)
      let options = VariableOptions(
        regex: try checkedRegex(), regexAppliesToText: variable.regexAppliesToText, sort: variable.sort)
      return answered(try options.options(of: results), options)
    } catch let failure as JavaScriptRegex.Failure {
      report(.error, "the regex of the variable `\(variable.name)` cannot be used: \(failure.reason)")
    } catch {
      report(.error, "the query of the variable `\(variable.name)` failed: \(error)", at: place)
    }
    return resolver.stored(variable)
  }

  private func answered(_ options: [Variable.Option], _ order: VariableOptions) -> ResolvedVariable {
    var all = options
    switch variable.staticOptionsOrder {
    case "after": all += variable.staticOptions
    case "sorted": all = order.sorted(all + variable.staticOptions)
    default: all = variable.staticOptions + all
    }
    return VariableSelection(variable: variable, options: VariableOptions.unique(all))
      .resolved(origin: .answered, given: given)
  }

  /// Milliseconds to seconds, rounded up.
  private func seconds(_ milliseconds: Int64) -> Int64 {
    milliseconds / 1000 + (milliseconds % 1000 > 0 ? 1 : 0)
  }

  private func checkedRegex() throws(JavaScriptRegex.Failure) -> JavaScriptRegex? {
    let text = interpolator.interpolate(variable.regex, .format("regex"))
    return text.isEmpty ? nil : try JavaScriptRegex(grafana: text)
  }

  private mutating func regex() -> JavaScriptRegex? {
    do { return try checkedRegex() } catch {
      report(.error, "the regex of the variable `\(variable.name)` cannot be used: \(error.reason)")
    }
    return nil
  }

  private mutating func report(_ severity: Finding.Severity, _ message: String, at place: Place? = nil) {
    findings.append(Finding(severity, message, at: place ?? variable.place))
  }
}
