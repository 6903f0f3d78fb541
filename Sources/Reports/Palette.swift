/// The colours of the page, light and dark; every one is legible as text on both grounds (WCAG AA, 4.5:1).
struct Palette {
  var name: String
  var light: String
  var dark: String

  static let grounds = [
    Palette(name: "ground", light: "#ffffff", dark: "#0d1117"),
    Palette(name: "raised", light: "#f6f8fa", dark: "#161b22"),
  ]

  static let inks = [
    Palette(name: "ink", light: "#1f2328", dark: "#e6edf3"),
    Palette(name: "muted", light: "#59636e", dark: "#9198a1"),
    Palette(name: "accent", light: "#0969da", dark: "#58a6ff"),
    Palette(name: "passed", light: "#1a7f37", dark: "#3fb950"),
    Palette(name: "failed", light: "#cf222e", dark: "#ff7b72"),
    Palette(name: "error", light: "#8250df", dark: "#bc8cff"),
    Palette(name: "skipped", light: "#6e5c00", dark: "#d2b84a"),
    Palette(name: "pending", light: "#946200", dark: "#e3b341"),
    Palette(name: "firing", light: "#bc4c00", dark: "#f0883e"),
  ]

  /// Decoration only: nothing depends on seeing them.
  static let lines = [Palette(name: "line", light: "#d1d9e0", dark: "#30363d")]

  /// Declarations of CSS variables.
  static func variables(_ theme: (Palette) -> String) -> String {
    (grounds + inks + lines).map { "--\($0.name):\(theme($0));" }.joined()
  }
}
