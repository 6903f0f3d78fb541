/// Colours along a scale of 0 to 1: Grafana's continuous schemes and those of heatmaps.
struct ColorScale: Sendable {
  let colors: [Color]

  /// The colours of a mode such as `continuous-GrYlRd`; nil where the mode is not continuous. [Grafana: fieldColor.ts]
  init?(mode: String, _ theme: Theme) {
    guard let names = Self.modes[mode] else { return nil }
    colors = names.map { theme.color($0) }
  }

  /// The scheme of a heatmap such as `Oranges`; unknown ones are drawn as those. [Grafana: heatmap/palettes.ts]
  init(scheme: String, reversed: Bool, _ theme: Theme) {
    let names = Self.schemes[scheme] ?? Self.schemes["Oranges"] ?? []
    let colors = names.map { Color($0) }
    // The paper-white end of a scheme lies on the ground of its theme.
    let startsLight = (colors.first?.luminance ?? 0) > (colors.last?.luminance ?? 0)
    self.colors = startsLight == (theme.name == .dark) && !reversed ? colors.reversed() : colors
  }

  /// By cubic B-spline through the colours, as d3's `interpolateRgbBasis`.
  func color(at position: Double) -> Color {
    guard let first = colors.first, let last = colors.last else { return Color(0x808080) }
    let position = position.isFinite ? min(max(position, 0), 1) : 0
    guard colors.count > 1 else { return first }
    let spans = colors.count - 1
    let index = min(Int(position * Double(spans)), spans - 1)
    let t = position * Double(spans) - Double(index)
    let (one, two) = (colors[index], colors[index + 1])
    let zero = index > 0 ? colors[index - 1] : first.reflected(at: first, from: two)
    let three = index < spans - 1 ? colors[index + 2] : last.reflected(at: last, from: one)
    func basis(_ path: KeyPath<Color, Double>) -> Double {
      let (a, b, c, d) = (zero[keyPath: path], one[keyPath: path], two[keyPath: path], three[keyPath: path])
      let (t2, t3) = (t * t, t * t * t)
      return ((1 - 3 * t + 3 * t2 - t3) * a + (4 - 6 * t2 + 3 * t3) * b + (1 + 3 * t + 3 * t2 - 3 * t3) * c + t3 * d)
        / 6
    }
    return Color(red: basis(\.red), green: basis(\.green), blue: basis(\.blue))
  }

  private static let modes: [String: [String]] = [
    "continuous-GrYlRd": ["green", "yellow", "red"], "continuous-RdYlGr": ["red", "yellow", "green"],
    "continuous-BlYlRd": ["dark-blue", "super-light-yellow", "dark-red"],
    "continuous-YlRd": ["super-light-yellow", "dark-red"], "continuous-BlPu": ["blue", "purple"],
    "continuous-YlBl": ["super-light-yellow", "dark-blue"], "continuous-blues": ["panel-bg", "dark-blue"],
    "continuous-reds": ["panel-bg", "dark-red"], "continuous-greens": ["panel-bg", "dark-green"],
    "continuous-purples": ["panel-bg", "dark-purple"],
    "continuous-viridis": ["#440154", "#3b528b", "#21918c", "#5ec962", "#fde725"],
    "continuous-magma": ["#000004", "#51127c", "#b73779", "#fc8961", "#fcfdbf"],
    "continuous-plasma": ["#0d0887", "#7e03a8", "#cc4778", "#f89540", "#f0f921"],
    "continuous-inferno": ["#000004", "#57106e", "#bc3754", "#f98e09", "#fcffa4"],
    "continuous-cividis": ["#00224e", "#434e6c", "#7d7c78", "#bcae6c", "#fee838"],
  ]

  private static let schemes: [String: [UInt32]] = [
    "Oranges": [0xFFF5EB, 0xFDD0A2, 0xFD8D3C, 0xD94801, 0x7F2704],
    "Blues": [0xF7FBFF, 0xC6DBEF, 0x6BAED6, 0x2171B5, 0x08306B],
    "Greens": [0xF7FCF5, 0xC7E9C0, 0x74C476, 0x238B45, 0x00441B],
    "Reds": [0xFFF5F0, 0xFCBBA1, 0xFB6A4A, 0xCB181D, 0x67000D],
    "Purples": [0xFCFBFD, 0xDADAEB, 0x9E9AC8, 0x6A51A3, 0x3F007D],
    "Greys": [0xFFFFFF, 0xD9D9D9, 0x969696, 0x525252, 0x000000],
    "YlOrRd": [0xFFFFCC, 0xFED976, 0xFD8D3C, 0xE31A1C, 0x800026],
    "YlGnBu": [0xFFFFD9, 0xC7E9B4, 0x41B6C4, 0x225EA8, 0x081D58],
    "RdYlGn": [0xA50026, 0xF46D43, 0xFFFFBF, 0x66BD63, 0x006837],
    "RdYlBu": [0xA50026, 0xF46D43, 0xFFFFBF, 0x74ADD1, 0x313695],
    "Spectral": [0x9E0142, 0xF46D43, 0xFFFFBF, 0x66C2A5, 0x5E4FA2],
    "Viridis": [0x440154, 0x3B528B, 0x21918C, 0x5EC962, 0xFDE725],
    "Magma": [0x000004, 0x51127C, 0xB73779, 0xFC8961, 0xFCFDBF],
    "Plasma": [0x0D0887, 0x7E03A8, 0xCC4778, 0xF89540, 0xF0F921],
    "Inferno": [0x000004, 0x57106E, 0xBC3754, 0xF98E09, 0xFCFFA4],
    "Turbo": [0x30123B, 0x28BCEB, 0xA4FC3C, 0xFB7E21, 0x7A0403],
  ]
}

extension Color {
  /// The colour as far beyond `end` as `other` lies before it.
  fileprivate func reflected(at end: Color, from other: Color) -> Color {
    // Not bounded to what can be seen: only a guide point of a curve.
    var result = end
    result.red = 2 * end.red - other.red
    result.green = 2 * end.green - other.green
    result.blue = 2 * end.blue - other.blue
    return result
  }
}
