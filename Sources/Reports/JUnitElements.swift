import Events
import Results

extension JUnitReport {
  /// A `testsuite`.
  struct Suite {
    var name: String
    var time = 0.0
    var timestamp: String
    var hostname: String
    var properties: [(String, String)]
    var cases: [Case] = []

    init(name: String, run: StoredRun) {
      self.name = name
      timestamp = calendarText(run.info.startedAt)
      hostname = run.info.host
      properties = [("firedrill.version", run.info.firedrillVersion), ("run.id", run.info.id)]
      if let commit = run.info.gitCommit { properties.append(("git.commit", commit)) }
    }

    var markup: Markup {
      let tally = Tally(cases.map(\.verdict))
      let listed = properties.map { name, value -> Markup in
        "      <property name=\"\(name.line)\" value=\"\(value.line)\"/>"
      }
      return """
          <testsuite name="\(name)" tests="\(tally.total)" failures="\(tally[.failed])" errors="\(tally[.error])" \
        skipped="\(tally[.skipped])" time="\(time.fixed(3))" timestamp="\(timestamp)" hostname="\(hostname.line)">
            <properties>
        \(listed)
            </properties>\(cases.isEmpty ? .none : "\n\(cases.map(\.markup))")
          </testsuite>
        """
    }
  }

  /// A `testcase`.
  struct Case {
    var name: String
    var classname: String
    var time = 0.0
    var verdict = Verdict.passed
    var type = ""
    /// One line; also the first line of what is inside, since some readers show only that.
    var message = ""
    var text = ""

    init(name: String, classname: String) {
      self.name = name.allSatisfy(\.isWhitespace) ? "(no name)" : name
      self.classname = classname
    }

    init(_ check: CheckResult, scenario slug: String) {
      self.init(name: check.id.line, classname: "firedrill.\(slug).\(check.kind.slug)")
      verdict = check.verdict
      type = failureTypes[check.kind] ?? "CheckFailed"
      message = check.message
      var lines = ["at \(check.place), \(check.windowText)"]
      if let expected = check.expected { lines.append("expected: \(expected)") }
      if let actual = check.actual { lines.append("actual:   \(actual)") }
      text = (lines + check.evidence.map { "  \($0)" }).joined(separator: "\n")
    }

    var markup: Markup {
      let head: Markup = "    <testcase name=\"\(name)\" classname=\"\(classname)\" time=\"\(time.fixed(3))\""
      let inside = "\(message)\n\(text)"
      switch verdict {
      case .passed: return "\(head)/>"
      case .skipped: return "\(head)>\n      <skipped message=\"\(message.line)\"/>\n    </testcase>"
      case .failed:
        return
          "\(head)>\n      <failure type=\"\(type)\" message=\"\(message.line)\">\(inside)</failure>\n    </testcase>"
      case .error:
        return "\(head)>\n      <error type=\"\(type)\" message=\"\(message.line)\">\(inside)</error>\n    </testcase>"
      }
    }
  }

  private static let failureTypes = [
    "pending": "AlertNotPending", "firing": "AlertNotFiring", "resolved": "AlertNotResolved",
    "notified": "NotNotified", "never": "AlertNotQuiet", "query": "QueryMismatch", "target": "TargetHealth",
    "notifications": "NotificationCount", "unexpected_alerts": "UnexpectedAlert",
  ]
}
