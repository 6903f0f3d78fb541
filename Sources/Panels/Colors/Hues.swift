/// Grafana's named colours. [Grafana: packages/grafana-data/src/themes/createVisualizationColors.ts]
enum Hues {
  /// Each hue from super-light to dark in the dark theme, and one darker still. The light theme's are one step darker.
  private static let shades: [String: [UInt32]] = [
    "red": [0xFFA6B0, 0xFF7383, 0xF2495C, 0xE02F44, 0xC4162A, 0xAD0317],
    "orange": [0xFFCB7D, 0xFFB357, 0xFF9830, 0xFF780A, 0xFA6400, 0xE55400],
    "yellow": [0xFFF899, 0xFFEE52, 0xFADE2A, 0xF2CC0C, 0xE0B400, 0xCC9D00],
    "green": [0xC8F2C2, 0x96D98D, 0x73BF69, 0x56A64B, 0x37872D, 0x19730E],
    "blue": [0xC0D8FF, 0x8AB8FF, 0x5794F2, 0x3274D9, 0x1F60C4, 0x1250B0],
    "purple": [0xDEB6F2, 0xCA95E5, 0xB877D9, 0xA352CC, 0x8F3BB8, 0x7C2EA3],
  ]
  private static let steps = ["super-light", "light", "", "semi-dark", "dark"]

  /// `green`, `semi-dark-red` and the like.
  static func color(_ name: String, _ theme: PanelTheme) -> Color? {
    let cut = name.lastIndex(of: "-")
    let hue = cut.map { String(name[name.index(after: $0)...]) } ?? name
    let step = cut.map { String(name[..<$0]) } ?? ""
    guard let shades = shades[hue], let index = steps.firstIndex(of: step) else { return nil }
    return Color(shades[index + (theme == .light ? 1 : 0)])
  }

  static let classic: [String] = {
    let hues = ["green", "yellow", "blue", "orange", "red", "purple"]
    return hues + hues.map { "dark-\($0)" } + hues.map { "super-light-\($0)" } + others
  }()

  private static let others = [
    "#447EBC", "#C15C17", "#890F02", "#0A437C", "#6D1F62", "#584477", "#B7DBAB", "#F4D598", "#70DBED", "#F9BA8F",
    "#F29191", "#82B5D8", "#E5A8E2", "#AEA2E0", "#629E51", "#E5AC0E", "#64B0C8", "#E0752D", "#BF1B00", "#0A50A1",
    "#962D82", "#614D93", "#9AC48A", "#F2C96D", "#65C5DB", "#F9934E", "#EA6460", "#5195CE", "#D683CE", "#806EB7",
    "#3F6833", "#967302", "#2F575E", "#99440A", "#58140C", "#052B51", "#511749", "#3F2B5B", "#E0F9D7", "#FCEACA",
    "#CFFAFF", "#F9E2D2", "#FCE2DE", "#BADFF4", "#F9D9F9", "#DEDAF7",
  ]

  /// The names of CSS that dashboards use.
  static let css: [String: Color] = [
    "black": Color(0x000000), "white": Color(0xFFFFFF), "gray": Color(0x808080), "grey": Color(0x808080),
    "silver": Color(0xC0C0C0), "lightgray": Color(0xD3D3D3), "lightgrey": Color(0xD3D3D3), "darkgray": Color(0xA9A9A9),
    "darkgrey": Color(0xA9A9A9), "maroon": Color(0x800000), "lime": Color(0x00FF00), "olive": Color(0x808000),
    "teal": Color(0x008080), "navy": Color(0x000080), "aqua": Color(0x00FFFF), "cyan": Color(0x00FFFF),
    "fuchsia": Color(0xFF00FF), "magenta": Color(0xFF00FF), "pink": Color(0xFFC0CB), "brown": Color(0xA52A2A),
    "gold": Color(0xFFD700), "crimson": Color(0xDC143C), "tomato": Color(0xFF6347), "coral": Color(0xFF7F50),
    "salmon": Color(0xFA8072), "khaki": Color(0xF0E68C), "indigo": Color(0x4B0082), "violet": Color(0xEE82EE),
    "turquoise": Color(0x40E0D0), "darkred": Color(0x8B0000), "darkgreen": Color(0x006400), "darkblue": Color(0x00008B),
    "darkorange": Color(0xFF8C00), "lightgreen": Color(0x90EE90), "lightblue": Color(0xADD8E6),
    "skyblue": Color(0x87CEEB), "steelblue": Color(0x4682B4), "royalblue": Color(0x4169E1),
    "dodgerblue": Color(0x1E90FF), "limegreen": Color(0x32CD32), "seagreen": Color(0x2E8B57),
  ]
}
