/// Which options of a variable are selected. [Scenes: variables/variants/MultiValueVariable.ts]
struct VariableSelection {
  let variable: Variable
  let options: [Variable.Option]

  /// `given` are values of the caller, which need not be among the options.
  func resolved(origin: ResolvedVariable.Origin, given: [String]? = nil) -> ResolvedVariable {
    var result = ResolvedVariable(
      name: variable.name, options: options, selected: [], isAll: false, isList: variable.isMulti,
      allValue: variable.allValue, isRegexEscaped: variable.isMulti || variable.includesAll, origin: origin)
    if let given {
      select(given: given, in: &result)
    } else if options.isEmpty {
      result.isAll = variable.includesAll
      if !variable.includesAll, !variable.isMulti { result.selected = [Variable.Option("")] }
    } else {
      select(stored: variable.current, in: &result)
    }
    return result
  }

  private func select(given: [String], in result: inout ResolvedVariable) {
    result.origin = .given
    if variable.includesAll, given == ["$__all"] || given == ["All"] { return selectAll(in: &result) }
    result.selected = given.map { option($0) ?? Variable.Option($0) }
    result.isList = variable.isMulti || given.count > 1
  }

  private func select(stored: Variable.StoredValue?, in result: inout ResolvedVariable) {
    guard let stored else { return selectDefault(in: &result) }
    if stored.values.contains("$__all") {
      return variable.includesAll ? selectAll(in: &result) : select(options.prefix(1), in: &result)
    }
    let valid = stored.values.compactMap(option)
    if variable.isMulti {
      return valid.isEmpty ? selectDefault(in: &result) : select(valid[...], in: &result)
    }
    let byText = stored.texts.first.flatMap { text in options.first { $0.text == text } }
    guard let found = valid.first ?? byText else { return selectDefault(in: &result) }
    result.selected = [found]
  }

  /// "All" where the variable has it, else the first option.
  private func selectDefault(in result: inout ResolvedVariable) {
    if variable.includesAll { selectAll(in: &result) } else { select(options.prefix(1), in: &result) }
  }

  private func selectAll(in result: inout ResolvedVariable) {
    result.isAll = true
    result.selected = options
  }

  private func select(_ selected: ArraySlice<Variable.Option>, in result: inout ResolvedVariable) {
    result.selected = Array(selected)
  }

  private func option(_ value: String) -> Variable.Option? {
    options.first { $0.value == value } ?? options.first { $0.text == value }
  }
}
