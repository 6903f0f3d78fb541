/// Whether a picture is light or dark, as Grafana's own two themes.
public enum PanelTheme: String, Codable, Sendable, CaseIterable {
  case dark
  case light
}

/// The colours of a picture. [Grafana: packages/grafana-data/src/themes/createColors.ts]
struct Theme: Sendable {
  let name: PanelTheme
  /// Behind the panels.
  let canvas: Color
  /// Of a panel.
  let ground: Color
  let border: Color
  let text: Color
  let secondaryText: Color
  /// Of plots: quiet, nothing depends on seeing them.
  let grid: Color
  /// Of tracks that a value fills.
  let track: Color
  let error: Color

  init(_ name: PanelTheme) {
    self.name = name
    let isDark = name == .dark
    canvas = Color(isDark ? 0x111217 : 0xF4F5F5)
    ground = Color(isDark ? 0x181B1F : 0xFFFFFF)
    border = Color(isDark ? 0x2E3036 : 0xE0E1E2)
    text = Color(isDark ? 0xCCCCDC : 0x24292E)
    secondaryText = Color(isDark ? 0x9A9BA8 : 0x5B5E62)
    grid = Color(isDark ? 0x2B2F33 : 0xE8E9EA)
    track = Color(isDark ? 0x22252B : 0xEDEEEF)
    error = Color(isDark ? 0xFF7383 : 0xC4162A)
  }

  /// A colour by Grafana's name, a CSS name, hex or `rgb(…)`; grey for what is none.
  func color(_ name: String) -> Color {
    switch name {
    case "transparent": return Color(red: 0, green: 0, blue: 0, alpha: 0)
    case "panel-bg": return ground
    case "text": return text
    default: return Hues.color(name, self.name) ?? Color(css: name) ?? Hues.css[name.lowercased()] ?? Color(0x808080)
    }
  }

  /// The colour of a series by its place. [Grafana: createVisualizationColors.ts, classic palette]
  func classic(_ index: Int) -> Color {
    let palette = Hues.classic
    return color(palette[((index % palette.count) + palette.count) % palette.count])
  }
}
