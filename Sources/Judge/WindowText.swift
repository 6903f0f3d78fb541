import Events
import Scenarios

extension Window {
  /// `12m5s...13m40s`.
  var text: String { "\(from.prometheusText)...\(to.prometheusText)" }

  /// `later than 12m5s...13m40s`, of a moment outside.
  func miss(_ moment: Duration) -> String { (moment > to ? "later than " : "earlier than ") + text }

  /// How far a moment lies outside; zero inside.
  func distance(to moment: Duration) -> Duration { max(.zero, max(from - moment, moment - to)) }
}
