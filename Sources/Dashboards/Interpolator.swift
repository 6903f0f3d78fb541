/// Puts the values of variables into a text, in one pass. [Scenes: variables/interpolation/sceneInterpolator.ts]
///
/// A reference to a variable that is not known stays as it is, so that `$1` of a `label_replace` survives.
struct Interpolator {
  /// How a value is written where its reference says no format.
  enum Standard {
    /// As the Prometheus data source escapes it.
    case promQL
    case format(String)
  }

  let value: (_ name: String) -> VariableValue?
  var calendar = ZonedCalendar.utc

  func interpolate(_ text: String, _ standard: Standard) -> String {
    interpolate(text, standard, depth: 0)
  }

  private func interpolate(_ text: String, _ standard: Standard, depth: Int) -> String {
    var result = ""
    for piece in ReferenceScanner.scan(text) {
      switch piece {
      case .text(let text): result += text
      case .reference(let reference):
        result += replacement(of: reference, standard, depth: depth) ?? String(reference.written)
      }
    }
    return result
  }

  private func replacement(of reference: Reference, _ standard: Standard, depth: Int) -> String? {
    guard let found = value(reference.name) else { return nil }
    let value = found.at(reference.path)
    if case .raw(let all) = value.content {
      if reference.format == "text" { return "All" }
      // An `allValue` may name other variables, and those none of their own.
      let expanded = depth < 4 ? interpolate(all, standard, depth: depth + 1) : all
      return reference.format == "percentencode" ? ValueFormat.percentEncode(expanded) : expanded
    }
    switch (reference.format, standard) {
    case (let format?, _), (nil, .format(let format)):
      return ValueFormat(name: reference.name, value: value, calendar: calendar).format(format)
    case (nil, .promQL): return PromQLEscaping.escape(value)
    }
  }
}

extension VariableValue {
  /// `${name.0}` of a list is one of its values, `${name.key}` a property of the option; any other path changes
  /// nothing.
  fileprivate func at(_ path: String?) -> VariableValue {
    guard let path else { return self }
    if let property = properties[path] { return VariableValue(.scalar(property), isRegexEscaped: isRegexEscaped) }
    guard case .list(let values) = content, let index = Int(path), values.indices.contains(index) else { return self }
    return VariableValue(
      .scalar(values[index]), texts: texts.indices.contains(index) ? [texts[index]] : nil,
      isRegexEscaped: isRegexEscaped)
  }
}
