/// A value as it is shown. [Grafana: packages/grafana-data/src/field/displayProcessor.ts]
struct DisplayValue: Sendable {
  var text: String
  var color: Color
  /// Of the field's scale; nil for what is no number.
  var share: Double?
}

extension Field {
  /// Mappings first, then the unit; the colour is the mapping's, else the field's for that value.
  func display(_ cell: Cell, _ theme: Theme, _ dates: DateContext, decimals: Int? = nil) -> DisplayValue {
    let mapped = ValueMapping.result(config.mappings, cell)
    let value = cell.number
    let color = mapped?.color.map { theme.color($0) } ?? self.color(of: value, theme)
    let span = range.max - range.min
    let share = value.flatMap { !$0.isNaN && span > 0 ? min(max(($0 - range.min) / span, 0), 1) : nil }
    return DisplayValue(text: mapped?.text ?? text(cell, dates, decimals: decimals), color: color, share: share)
  }

  func display(_ value: Double?, _ theme: Theme, _ dates: DateContext) -> DisplayValue {
    display(value.map { .number($0) } ?? .null, theme, dates)
  }

  private func text(_ cell: Cell, _ dates: DateContext, decimals: Int?) -> String {
    switch cell {
    case .null: return config.noValue ?? "-"
    case .text(let text): return text
    case .number(let value): return config.unit.text(value, decimals: config.decimals, least: decimals, dates: dates)
    case .time(let seconds):
      if case .date(let unit) = config.unit.rule { return unit.text(milliseconds: seconds * 1000, dates) }
      return DateUnit(pattern: DateUnit.iso).text(milliseconds: seconds * 1000, dates)
    }
  }
}
