import Events
public import Results

/// A run as one page that needs nothing else: no request, and neither script nor style to be read.
///
/// It is well-formed XML too, so that any XML tool can check it.
public enum HTMLReport {
  /// The page, with a final newline.
  public static func render(_ run: StoredRun) -> String {
    let scenarios = run.scenarios.enumerated().map { HTMLScenario($1, number: $0 + 1) }
    let page: Markup = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
      script-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"/>
      <link rel="icon" href="data:,"/>
      <title>\(run.verdict.rawValue.uppercased()): \(headline(run)) – Firedrill</title>
      <style>
      \(Markup(stringLiteral: PageStyle.text))
      </style>
      </head>
      <body>
      \(header(run))
      <main id="main">
      \(problems(scenarios))
      \(overview(run, scenarios))
      \(filters(run))
      \(scenarios.map(\.markup))
      </main>
      \(footer(run))
      <script>
      \(Markup(stringLiteral: PageScript.text))
      </script>
      </body>
      </html>

      """
    return page.source
  }

  private static func headline(_ run: StoredRun) -> String {
    if run.cutOff { return "The run was cut off" }
    if run.outcome?.interrupted == true { return "The run was interrupted" }
    guard run.info.scenarios > 0 else { return "Nothing was selected to run" }
    let passed = Tally(run.scenarios.map(\.verdict))[.passed]
    if passed == run.info.scenarios {
      return passed == 1 ? "The scenario passed" : "All \(passed) scenarios passed"
    }
    return "\(passed) of \(run.info.scenarios) scenarios passed"
  }

  private static func header(_ run: StoredRun) -> Markup {
    let planned = run.scenarios.map(\.info.checks).reduce(0, +)
    let passed = Tally(run.checks.map(\.verdict))[.passed]
    var stats = [
      ("Scenarios passed", "\(Tally(run.scenarios.map(\.verdict))[.passed]) of \(run.info.scenarios)"),
      ("Checks passed", "\(passed) of \(planned)"),
      ("Virtual time", Duration.seconds(run.virtualSeconds.rounded()).prometheusText),
      ("Real time", run.wallSeconds.wallText),
    ]
    if let speed = speed(virtual: run.virtualSeconds, wall: run.wallSeconds) {
      stats.append(("Speed", speedText(speed)))
    }
    let missing: Markup =
      run.neverStarted == 0
      ? .none : "<p>\(run.neverStarted) of \(run.info.scenarios) scenarios never began.</p>"
    return """
      <header>
      <a class="skip" href="#main">Skip to the results</a>
      \(HTMLScenario.badge(run.verdict))
      <h1>\(headline(run))</h1>
      \(missing)
      <p class="muted">Run \(run.info.id), \(calendarText(run.info.startedAt).replacing("T", with: " ")) UTC on \(run.info.host)</p>
      <dl class="stats">\(stats.map { "<div><dt>\($0)</dt><dd>\($1)</dd></div>" as Markup })</dl>
      </header>
      """
  }

  /// What did not pass, in one list at the top.
  private static func problems(_ scenarios: [HTMLScenario]) -> Markup {
    let items = scenarios.flatMap(\.problems)
    guard !items.isEmpty else { return .none }
    return "<section><h2>What did not pass</h2>\n<ul>\n\(items)\n</ul></section>"
  }

  private static func overview(_ run: StoredRun, _ scenarios: [HTMLScenario]) -> Markup {
    guard scenarios.count > 1 else { return .none }
    return """
      <table>
      <caption>All scenarios</caption>
      <thead><tr><th scope="col">Scenario</th><th scope="col">Verdict</th><th scope="col">Checks</th>\
      <th scope="col">Virtual time</th><th scope="col">Real time</th></tr></thead>
      <tbody>
      \(scenarios.map(\.row))
      </tbody>
      </table>
      """
  }

  private static func filters(_ run: StoredRun) -> Markup {
    let tally = Tally(run.scenarios.map(\.verdict))
    let present = [Verdict.failed, .error, .passed, .skipped].filter { tally[$0] > 0 }
    guard present.count > 1 else { return .none }
    let buttons = present.map { verdict -> Markup in
      """
      <button type="button" data-verdict="\(verdict.rawValue)" aria-pressed="false">\(verdict.mark) \
      \(verdict.rawValue) \(tally[verdict])</button>
      """
    }
    return """
      <div class="filters" role="group" aria-label="Show scenarios" hidden="">
      <button type="button" data-verdict="all" aria-pressed="true">all \(tally.total)</button>
      \(buttons)
      <span class="skip" id="shown" role="status"></span>
      </div>
      """
  }

  private static func footer(_ run: StoredRun) -> Markup {
    let versions = run.components.map { component -> Markup in
      "<tr><th scope=\"row\">\(component.name)</th><td>\(component.version)</td><td><code>\(component.path)</code></td></tr>"
    }
    let commit: Markup = run.info.gitCommit.map { "<p>Commit <code>\($0)</code></p>" } ?? .none
    let command = (["firedrill"] + run.info.arguments.map(shellQuoted)).joined(separator: " ")
    return """
      <footer>
      <h2>What ran</h2>
      <p>Run again: <code>\(command)</code></p>
      \(commit)
      <table>
      <caption>Programs and their versions</caption>
      <thead><tr><th scope="col">Program</th><th scope="col">Version</th><th scope="col">Path</th></tr></thead>
      <tbody>
      <tr><th scope="row">firedrill</th><td>\(run.info.firedrillVersion)</td><td></td></tr>
      \(versions)
      </tbody>
      </table>
      </footer>
      """
  }
}

/// As it can be pasted into a POSIX shell.
func shellQuoted(_ word: String) -> String {
  let isSafe =
    !word.isEmpty && word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./=:,@%+".contains($0)) }
  return isSafe ? word : "'" + word.replacing("'", with: "'\\''") + "'"
}
