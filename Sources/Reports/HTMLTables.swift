import Events
import Results

/// Everything of a scenario that is not shown at once, folded away.
struct HTMLTables {
  let scenario: StoredScenario
  /// Of the checks, in their order.
  let anchors: [String]

  /// Numbered as on the timeline.
  var steps: Markup {
    let items = scenario.steps.map { "<li><strong>\($0.at.prometheusText)</strong> \($0.summary)</li>" as Markup }
    return items.isEmpty ? .none : "<h3>Steps</h3>\n<ol>\n\(items)\n</ol>"
  }

  var passedChecks: Markup { checks(.passed, "Checks that passed") }
  var skippedChecks: Markup { checks(.skipped, "Checks that do not apply") }

  private func checks(_ verdict: Verdict, _ title: String) -> Markup {
    let rows = scenario.checks.indices.filter { scenario.checks[$0].verdict == verdict }.map { index -> Markup in
      let check = scenario.checks[index]
      let notes = check.evidence.map { "<div>\($0)</div>" as Markup }
      return """
        <tr id="\(anchors[index])"><th scope="row">\(check.id)</th><td>\(check.message)\(notes)</td>\
        <td>\(check.windowText)</td><td><code>\(check.place)</code></td></tr>
        """
    }
    return table(title, ["Check", "What was seen", "Window", "Written in"], rows)
  }

  var notifications: Markup {
    let rows = scenario.notifications.map { notification -> Markup in
      """
      <tr><th scope="row">\(notification.at.prometheusText)</th>\
      <td data-label="To">\(notification.receiver) <span class="muted">(\(notification.kind))</span></td>\
      <td data-label="Status">\(notification.status.rawValue)</td><td>\(notification.alerts.map(alert))\
      <details><summary>body</summary><pre>\(notification.body)</pre></details></td></tr>
      """
    }
    return table("Notifications", ["Time", "To", "Status", "Alerts"], rows)
  }

  var transitions: Markup {
    let rows = scenario.transitions.map { change -> Markup in
      """
      <tr><th scope="row">\(change.at.prometheusText)</th><td>\(change.alertname)</td>\
      <td>\(change.from.rawValue) → \(change.to.rawValue)</td><td>\(labels(change.labels))</td></tr>
      """
    }
    return table("What alerts did", ["Time", "Alert", "Change", "Labels"], rows)
  }

  private func alert(_ alert: Notification.Alert) -> Markup {
    var rest = alert.labels
    let name = rest.removeValue(forKey: "alertname") ?? "?"
    let annotations = alert.annotations.sorted { $0.key < $1.key }.map { key, value -> Markup in
      "<br/><span class=\"muted\">\(key)</span> \(value)"
    }
    return "<div><strong>\(name)</strong> \(alert.status.rawValue) \(labels(rest))\(annotations)</div>"
  }

  private func labels(_ labels: [String: String]) -> Markup {
    Markup(labels.sorted { $0.key < $1.key }.map { "<span class=\"label\">\($0.key)=\($0.value)</span>" })
  }

  private func table(_ name: String, _ columns: [String], _ rows: [Markup]) -> Markup {
    guard !rows.isEmpty else { return .none }
    return """
      <details>
      <summary>\(name) (\(rows.count))</summary>
      <table>
      <thead><tr>\(columns.map { "<th scope=\"col\">\($0)</th>" as Markup })</tr></thead>
      <tbody>
      \(rows)
      </tbody>
      </table>
      </details>
      """
  }
}
