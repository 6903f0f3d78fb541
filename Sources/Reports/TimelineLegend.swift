import Events

/// The shapes of the timeline, and the list that explains them: shape and colour always go together.
enum TimelineLegend {
  /// Explains the marks of the verdicts that occur, and all other shapes.
  static func markup(_ verdicts: Set<Verdict>) -> Markup {
    let marks = Verdict.allCases.filter(verdicts.contains).map { verdict -> Markup in
      "<li class=\"\(verdict.rawValue)\">\(symbol(mark(verdict)))check: \(verdict.rawValue)</li>"
    }
    return """
      <ul class="legend">
      <li>\(symbol("<rect class=\"step\" x=\"-8\" y=\"4\" width=\"16\" height=\"16\" rx=\"8\"/>"))step of the scenario</li>
      <li>\(symbol("<rect class=\"is-pending\" x=\"-8\" y=\"7\" width=\"16\" height=\"10\"/>"))pending</li>
      <li>\(symbol("<rect class=\"is-firing\" x=\"-8\" y=\"4\" width=\"16\" height=\"16\"/>"))firing</li>
      <li>\(symbol("<path class=\"told-firing\" d=\"\(triangle(.firing))\"/>"))told: firing</li>
      <li>\(symbol("<path class=\"told-resolved\" d=\"\(triangle(.resolved))\"/>"))told: resolved</li>
      \(marks)
      </ul>
      """
  }

  private static func symbol(_ shape: Markup) -> Markup {
    "<svg aria-hidden=\"true\" width=\"18\" height=\"24\"><svg x=\"9\" overflow=\"visible\">\(shape)</svg></svg>"
  }

  /// Around x = 0 in a lane of height 24: up for what fires, down for what is over.
  static func triangle(_ status: Notification.Status) -> String {
    status == .firing ? "M0 5 L7 18 L-7 18 Z" : "M0 19 L7 6 L-7 6 Z"
  }

  /// Around x = 0 in a lane of height 24: a dot, a cross, a square, a ring.
  static func mark(_ verdict: Verdict) -> Markup {
    switch verdict {
    case .passed: "<circle class=\"verdict passed\" cy=\"12\" r=\"4\"/>"
    case .failed: "<path class=\"verdict\" d=\"M-5 7 L5 17 M5 7 L-5 17\"/>"
    case .error: "<rect class=\"verdict\" x=\"-5\" y=\"7\" width=\"10\" height=\"10\"/>"
    case .skipped: "<circle class=\"verdict\" cy=\"12\" r=\"4\"/>"
    }
  }
}
