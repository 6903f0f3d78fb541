import Events

/// What the terminal, or whatever stands in its place, can show.
public struct ConsoleStyle: Sendable, Equatable {
  /// Whether one line is rewritten in place while scenarios run.
  public var live: Bool
  /// Whether verdicts are coloured.
  public var color: Bool
  /// Columns of the terminal.
  public var width: Int

  /// Creates a style.
  public init(live: Bool, color: Bool, width: Int = 100) {
    self.live = live
    self.color = color
    self.width = width
  }

  /// What fits an output: nothing moves where it is no terminal or in CI; `NO_COLOR` and `FORCE_COLOR` are obeyed.
  public init(isTerminal: Bool, environment: [String: String], width: Int) {
    func isSet(_ name: String) -> Bool { !(environment[name] ?? "").isEmpty }
    let isDumb = environment["TERM"] == "dumb"
    live = isTerminal && !isDumb && !isSet("CI")
    color = !isSet("NO_COLOR") && (isSet("FORCE_COLOR") || isTerminal && !isDumb)
    self.width = max(20, width)
  }

  func paint(_ text: String, _ ink: Ink) -> String {
    color ? "\u{1B}[\(ink.rawValue)m\(text)\u{1B}[0m" : text
  }

  /// Select Graphic Rendition codes.
  enum Ink: Int {
    case bold = 1
    case faint = 2
    case red = 31
    case green = 32
    case yellow = 33
    case magenta = 35
  }
}

extension Verdict {
  /// Shape and colour together, so that neither is needed to tell verdicts apart.
  var mark: String {
    switch self {
    case .passed: "✔"
    case .failed: "✘"
    case .error: "‼"
    case .skipped: "○"
    }
  }

  var ink: ConsoleStyle.Ink {
    switch self {
    case .passed: .green
    case .failed: .red
    case .error: .magenta
    case .skipped: .yellow
    }
  }
}

extension Character {
  /// How many columns a terminal gives it.
  private var columns: Int {
    guard let first = unicodeScalars.first else { return 0 }
    if first.properties.isEmojiPresentation { return 2 }
    switch first.value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
      0xFFE0...0xFFE6, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }

  fileprivate static func columns(of text: some StringProtocol) -> Int { text.reduce(0) { $0 + $1.columns } }
}

extension String {
  var columns: Int { Character.columns(of: self) }

  /// As much of it as `columns` hold, with an ellipsis for what is cut.
  func cut(to columns: Int) -> String {
    guard self.columns > columns else { return self }
    var result = ""
    var rest = columns - 1
    for character in self {
      rest -= Character.columns(of: String(character))
      guard rest >= 0 else { break }
      result.append(character)
    }
    return result + "…"
  }
}
