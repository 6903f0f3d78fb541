import Events
import Results

/// A scenario drawn in virtual time: what was done, what alerts did, who was told, and when checks had to hold.
///
/// Each lane is a small SVG whose places are percentages, so that it fits any width with text that keeps its size.
struct Timeline {
  let scenario: StoredScenario
  /// The scenario's anchor, to which those of its checks are added.
  let anchors: [String]
  private let scale: TimeScale

  init(_ scenario: StoredScenario, anchors: [String]) {
    self.scenario = scenario
    self.anchors = anchors
    let times =
      scenario.steps.map(\.at) + scenario.transitions.map(\.at) + scenario.notifications.map(\.at)
      + scenario.checks.flatMap { [$0.at, $0.from ?? $0.at, $0.to ?? $0.at] }
    scale = TimeScale(duration: scenario.info.duration, times: times)
  }

  /// Lanes of one kind that are drawn; the tables hold them all.
  private static let most = 40

  var markup: Markup {
    let histories = AlertHistory.all(scenario.transitions)
    let receivers = Dictionary(grouping: scenario.notifications, by: \.receiver).sorted { $0.key < $1.key }
    let order = scenario.checks.indices.filter(isDrawn).sorted { rank($0) < rank($1) }
    var lanes = [axis]
    if !scenario.steps.isEmpty { lanes.append(steps) }
    lanes += histories.prefix(Self.most).map(alert)
    lanes += receivers.prefix(Self.most).map { notified($0.key, $0.value) }
    lanes += order.prefix(Self.most).map { check(scenario.checks[$0], anchor: anchors[$0]) }
    let hidden = [histories.count, receivers.count, order.count].map { max(0, $0 - Self.most) }.reduce(0, +)
    let rest: Markup = hidden == 0 ? .none : "<p class=\"muted\">\(hidden) more are in the tables below.</p>"
    return """
      <figure>
      <figcaption>Timeline in virtual time, from \(scale.start.prometheusText) to \(scale.end.prometheusText)</figcaption>
      \(lanes)
      \(rest)
      \(TimelineLegend.markup(Set(scenario.checks.map(\.verdict))))
      </figure>
      """
  }

  /// Panels that are as they should be have a table and a picture of their own.
  private func isDrawn(_ index: Int) -> Bool {
    let check = scenario.checks[index]
    return check.kind != "panel" || check.verdict == .failed || check.verdict == .error
  }

  /// What did not pass comes first.
  private func rank(_ index: Int) -> (Int, Int) {
    (scenario.checks[index].verdict == .passed ? 1 : 0, index)
  }

  private func lane(_ name: Markup, _ description: String, height: Int = 24, _ marks: [Markup]) -> Markup {
    let lines = scenario.steps.map { step -> Markup in
      "<line class=\"when\" x1=\"\(scale.percent(step.at))\" x2=\"\(scale.percent(step.at))\" y1=\"-2\" y2=\"\(height + 2)\"/>"
    }
    return """
      <div class="lane"><div class="lane-name">\(name)</div>
      <svg role="img" aria-label="\(description)" width="100%" height="\(height)">\
      <line class="track" x1="0" x2="100%" y1="\(height / 2)" y2="\(height / 2)"/>\(lines)\(marks)</svg></div>
      """
  }

  private var axis: Markup {
    let ticks = scale.ticks.map { tick -> Markup in
      let position = scale.position(tick)
      let anchor = position < 4 ? "start" : position > 96 ? "end" : "middle"
      return "<text x=\"\(scale.percent(tick))\" y=\"12\" text-anchor=\"\(anchor)\">\(tick.prometheusText)</text>"
    }
    return """
      <div class="lane"><div class="lane-name muted">Virtual time</div>
      <svg aria-hidden="true" width="100%" height="16">\(ticks)</svg></div>
      """
  }

  private var steps: Markup {
    let description = scenario.steps.map { "\($0.at.prometheusText) \($0.summary)" }.joined(separator: "; ")
    return lane("Steps", description, clusters.map(stepMark))
  }

  /// Numbers of steps, those that would cover each other together.
  private var clusters: [Range<Int>] {
    var clusters: [Range<Int>] = []
    for (index, step) in scenario.steps.enumerated() {
      if let last = clusters.last, scale.position(step.at) - scale.position(scenario.steps[last.lowerBound].at) < 6 {
        clusters[clusters.count - 1] = last.lowerBound..<index + 1
      } else {
        clusters.append(index..<index + 1)
      }
    }
    return clusters
  }

  private func stepMark(_ cluster: Range<Int>) -> Markup {
    let numbers = cluster.count == 1 ? "\(cluster.upperBound)" : "\(cluster.lowerBound + 1)–\(cluster.upperBound)"
    let width = 12 + 7 * numbers.count
    let words = cluster.map { "\(scenario.steps[$0].at.prometheusText) \(scenario.steps[$0].summary)" }
    return """
      <svg x="\(scale.percent(scenario.steps[cluster.lowerBound].at))" overflow="visible">\
      <title>\(words.joined(separator: "\n"))</title>\
      <rect class="step" x="-9" y="3" width="\(width)" height="18" rx="9"/>\
      <text class="step-number" x="\(width / 2 - 9)" y="16" text-anchor="middle">\(numbers)</text></svg>
      """
  }

  private func alert(_ history: AlertHistory) -> Markup {
    let bars = history.transitions.indices.compactMap { index -> Markup? in
      let change = history.transitions[index]
      guard change.to != .inactive else { return nil }
      let next = index + 1 < history.transitions.count ? history.transitions[index + 1].at : nil
      let until = next.map { "to \($0.prometheusText)" } ?? "to the end"
      let (y, height) = change.to == .firing ? (4, 16) : (7, 10)
      return """
        <rect class="is-\(change.to.rawValue)" x="\(scale.percent(change.at))" y="\(y)" \
        width="\(scale.width(change.at, next ?? scale.end))" height="\(height)">\
        <title>\(change.to.rawValue) from \(change.at.prometheusText) \(until)</title></rect>
        """
    }
    let words = history.transitions.map { "\($0.to.rawValue) at \($0.at.prometheusText)" }.joined(separator: ", ")
    let labels = braces(history.labels)
    return lane(
      "<strong>\(history.alertname)</strong> <span class=\"muted\">\(labels)</span>",
      "\(history.alertname)\(labels): \(words)", bars)
  }

  private func notified(_ receiver: String, _ notifications: [Notification]) -> Markup {
    let marks = notifications.map { notification -> Markup in
      """
      <svg x="\(scale.percent(notification.at))" overflow="visible">\
      <title>\(notification.status.rawValue) at \(notification.at.prometheusText)</title>\
      <path class="told-\(notification.status.rawValue)" d="\(TimelineLegend.triangle(notification.status))"/></svg>
      """
    }
    let words = notifications.map { "\($0.status.rawValue) at \($0.at.prometheusText)" }.joined(separator: ", ")
    return lane("Notifications to <strong>\(receiver)</strong>", "notifications to \(receiver): \(words)", marks)
  }

  private func check(_ check: CheckResult, anchor: String) -> Markup {
    var marks: [Markup] = []
    if let from = check.from ?? check.to.map({ _ in scale.start }),
      let to = check.to ?? check.from.map({ _ in scale.end })
    {
      marks.append(
        """
        <rect class="window" x="\(scale.percent(from))" y="5" width="\(scale.width(from, to))" height="14" rx="3">\
        <title>\(check.windowText)</title></rect>
        """)
    }
    marks.append(
      """
      <svg x="\(scale.percent(check.at))" overflow="visible"><title>\(check.verdict.rawValue), decided at \
      \(check.at.prometheusText)</title>\(TimelineLegend.mark(check.verdict))</svg>
      """)
    let name: Markup = """
      <span class="badge">\(check.verdict.mark)<span class="skip">\(check.verdict.rawValue)</span></span> \
      <a href="#\(anchor)">\(check.id)</a>
      """
    let drawn = lane(name, "\(check.id): \(check.verdict.rawValue), \(check.windowText)", marks)
    return "<div class=\"\(check.verdict.rawValue)\">\(drawn)</div>"
  }
}
