import Reading

/// Where a field's colour comes from. [Grafana: packages/grafana-data/src/field/fieldColor.ts]
struct FieldColor: Sendable {
  var mode: String
  var fixed: String?
  /// Which value of a series gives its colour, where colours go by value.
  var seriesBy: String

  init(mode: String, fixed: String? = nil, seriesBy: String = "last") {
    self.mode = mode
    self.fixed = fixed
    self.seriesBy = seriesBy
  }

  init(_ json: JSON) {
    self.init(
      mode: json["mode"]?.string ?? "thresholds", fixed: json["fixedColor"]?.string,
      seriesBy: json["seriesBy"]?.string ?? "last")
  }
}

extension Field {
  /// The colour of one value. Where colours do not go by value it is the field's.
  func color(of value: Double?, _ theme: Theme) -> Color {
    let color = config.color ?? FieldColor(mode: "thresholds")
    switch color.mode {
    case "fixed": return theme.color(color.fixed ?? "#808080")
    case "shades": return shade(of: theme.color(color.fixed ?? "#808080"))
    case "palette-classic": return theme.classic(seriesIndex)
    case "palette-classic-by-name": return classicByName(theme)
    default:
      if let scale = ColorScale(mode: color.mode, theme) {
        let span = range.max - range.min
        return scale.color(at: span > 0 ? ((value ?? range.min) - range.min) / span : 0)
      }
      return theme.color(config.thresholds.active(value ?? -.infinity, in: range).color)
    }
  }

  /// The one colour of the whole series.
  func seriesColor(_ theme: Theme) -> Color {
    color(of: Reducer.number(config.color?.seriesBy ?? "last", cells) ?? 0, theme)
  }

  /// The name's hash chooses among the colours that stand out from the ground. [npm: string-hash]
  private func classicByName(_ theme: Theme) -> Color {
    let palette = Hues.classic.map { theme.color($0) }.filter { $0.contrast(with: theme.ground) >= 3 }
    let hash = displayName.utf16.reversed().reduce(Int32(5381)) { ($0 &* 33) ^ Int32($1) }
    return palette[Int(UInt32(bitPattern: hash)) % palette.count]
  }

  /// By turns brighter and darker.
  private func shade(of color: Color) -> Color {
    let place = ((seriesIndex % 11) + 11) % 11
    let share = Double((place + 1) / 2) / 6 * 0.35
    return color.mixed(with: Color(place % 2 == 1 ? 0xFFFFFF : 0x000000), share)
  }
}
