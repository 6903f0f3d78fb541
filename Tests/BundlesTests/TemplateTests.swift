import Bundles
import Diagnostics
import Testing

/// Rule templates: a rule file with `x-inputs`, rendered as those who ship them do.
@Suite struct TemplateTests {
  private func template(_ inputs: String, _ rule: String) -> String {
    "x-inputs: \(inputs)\ngroups:\n- name: g\n  rules:\n  - \(rule)\n"
  }

  private func render(_ text: String, _ inputs: [String: String] = [:]) throws -> RuleFile {
    let bench = try Workbench()
    try bench.write(text, "alerts.yaml")
    return try #require(try bench.load("alerts.yaml", inputs: inputs).ruleFiles.first)
  }

  private func rendered(_ inputs: String, _ rule: String, given: [String: String] = [:]) throws -> String {
    let file = try render(template(inputs, rule), given)
    #expect(!file.isVerbatim)
    return file.rendered
  }

  private func expression(_ inputs: String, _ expression: String, given: [String: String] = [:]) throws -> String {
    let file = try render(template(inputs, "{alert: A, expr: '\(expression)'}"), given)
    return try #require(file.rules.first?.expression)
  }

  @Test(arguments: ["constant", "config"]) func constantsAndConfigsAreAlike(type: String) throws {
    let inputs = "[{name: n, type: \(type), value: 3}]"
    #expect(try expression(inputs, "up < ${n}") == "up < 3")
    #expect(try expression(inputs, "up < ${n}", given: ["n": "2"]) == "up < 2")
  }

  @Test(
    arguments: [
      ("${a}${b}", "12"), ("x{y=\"${a}\"} > ${b}", "x{y=\"1\"} > 2"), ("$a $labels $1", "$a $labels $1"),
      ("{{ $value }} ${a}", "{{ $value }} 1"), ("$${a}", "$1"), ("${a} ${", "1 ${"), ("{a} ${a}}", "{a} 1}"),
    ])
  func onlyBracedNamesArePlaceholders(text: String, result: String) throws {
    #expect(try expression("[{name: a, value: 1}, {name: b, value: 2}]", text) == result)
  }

  @Test func whatIsGivenWinsOverTheDefault() throws {
    let inputs = "[{name: a, value: 1}, {name: b}]"
    #expect(try expression(inputs, "${a} ${b}", given: ["b": "x"]) == "1 x")
    #expect(try expression(inputs, "${a} ${b}", given: ["a": "y", "b": "x"]) == "y x")
  }

  @Test func inputsThatNobodyDeclaresOrUsesAreAccepted() throws {
    #expect(try expression("[{name: a, value: 1}, {name: unused}]", "${a}", given: ["other": "x"]) == "1")
  }

  @Test(arguments: ["a\"b", "a\\d+", "1.000", "0x10", "true", ".*,x=y", "${a}"])
  func valuesGoInAsTheyAre(value: String) throws {
    #expect(try expression("[{name: a}]", "x == ${a}", given: ["a": value]) == "x == \(value)")
  }

  @Test(arguments: ["0.300", "1.000", "0x1F", "1e3", "007"]) func numbersKeepTheirSpelling(number: String) throws {
    #expect(try expression("[{name: a, value: \(number)}]", "x > ${a}") == "x > \(number)")
  }

  @Test func onlyGroupsAreWrittenOut() throws {
    let text = """
      x-inputs: [{name: a, type: config, value: 1}]
      x-comment: whatever
      groups:
      - name: first
        rules:
        - record: job:x
          expr: sum(x{y="${a}"}) # a comment
      """
    #expect(
      try render(text).rendered == """
        groups:
        - name: first
          rules:
          - record: job:x
            expr: "sum(x{y=\\"1\\"})"

        """)
  }

  @Test func keysAreOfAnyCase() throws {
    let text = try rendered(
      "[{name: a, value: 1}]",
      "{Alert: A, Expr: 'up < ${a}', For: 1m, Labels: {Severity: x}, Annotations: {Summary: '${a}'}}")
    #expect(
      text == """
        groups:
        - name: g
          rules:
          - alert: A
            expr: "up < 1"
            for: 1m
            labels:
              Severity: x
            annotations:
              Summary: "1"

        """)
  }

  @Test func labelsStayAsTheyAre() throws {
    let text = try rendered(
      "[{name: c, value: k}]", "{alert: A, expr: 'x{y=\"${c}\"}', labels: {cluster: '${c}'}, annotations: {s: '${c}'}}")
    #expect(text.contains("cluster: '${c}'"))
    #expect(text.contains("expr: \"x{y=\\\"k\\\"}\""))
    #expect(text.contains("s: \"k\""))
  }

  @Test(arguments: [("30s", "30s"), ("\"30s\"", "\"30s\""), ("0m", "0m"), ("${hold}", "\"5m\"")])
  func forIsWrittenAsItWas(written: String, result: String) throws {
    let text = try rendered("[{name: hold, value: 5m}]", "alert: A\n    expr: up\n    for: \(written)")
    #expect(text.hasSuffix("for: \(result)\n"))
  }

  @Test func alertsOfOneNameAreDifferentRules() throws {
    let file = try render("groups: [{name: g, rules: [{alert: A, expr: a}, {alert: A, expr: b}]}]")
    #expect(file.rules.map(\.number) == [1, 2])
    #expect(file.rules.map(\.expression) == ["a", "b"])
  }

  @Test func linesOfAnExpressionStayLines() throws {
    let text = template("[{name: a, value: 1}]", "alert: A\n    expr: |\n      x\n        > ${a}\n    for: 1m")
    let file = try render(text)
    #expect(file.rules.first?.expression == "x\n  > 1\n")
    #expect(file.rendered.contains("expr: |\n      x\n        > 1\n    for: 1m"))
  }

  @Test func anAnnotationOfOneTemplateRunsQueries() throws {
    let annotation =
      "{{ with printf \\\"x{g=\\\\\\\"%s\\\\\\\"}\\\" $labels.g | query }}{{ . | first | value }}{{ end }} ${a}"
    let file = try render(
      template("[{name: a, value: 1}]", "{alert: A, expr: up, annotations: {s: \"\(annotation)\"}}"))
    #expect(file.rendered.contains("{{ end }} 1"))
    #expect(file.rendered.contains("$labels.g"))
  }

  // MARK: - What is wrong with them

  @Test(
    arguments: [
      ("expr: up < 👉${high}", "`${high}` is not declared in `x-inputs`", "known here: low"),
      ("expr: up < 👉${lo}", "`${lo}` is not declared in `x-inputs`", "did you mean `low`?"),
      ("expr: \"x{y=\\\"👉${lw}\\\"}\"", "`${lw}` is not declared in `x-inputs`", "did you mean `low`?"),
      ("expr: 'up < 👉${lw}'", "`${lw}` is not declared in `x-inputs`", "did you mean `low`?"),
      ("expr: |\n      up\n        < 👉${lw}", "`${lw}` is not declared in `x-inputs`", "did you mean `low`?"),
      ("expr: >-\n      up\n      < 👉${lw}", "`${lw}` is not declared in `x-inputs`", "did you mean `low`?"),
      ("expr: up\n    annotations:\n      s: a 👉${lw}", "`${lw}` is not declared in `x-inputs`", "did you mean `low`?"),
      ("expr: 👉${low}", "the input `low` has no value and no default", "give it one: inputs: {low: ...}"),
    ])
  func placesTheFinding(rule: String, message: String, advice: String) throws {
    let marked = template("[{name: low, type: config}]", "alert: A\n    \(rule)")
    let bench = try Workbench()
    try bench.write(marked.replacing("👉", with: ""), "alerts.yaml")
    let found = bench.findings("alerts.yaml")
    #expect(found.map(\.message) == [message])
    #expect(found.map(\.advice) == [advice])
    #expect(found.map(\.place) == [place(in: marked)])
  }

  @Test func eachOccurrenceHasItsPlace() throws {
    let bench = try Workbench()
    try bench.write("x-inputs: []\ngroups: [{name: g, rules: [{alert: A, expr: '${a} / ${a} / ${b}'}]}]", "alerts.yaml")
    #expect(bench.findings().compactMap(\.place?.column) == [46, 53, 60])
  }

  private func place(in marked: String) -> Place? {
    marked.firstRange(of: "👉").map { found in
      let lines = marked[..<found.lowerBound].split(separator: "\n", omittingEmptySubsequences: false)
      return Place(file: "alerts.yaml", line: lines.count, column: (lines.last?.count ?? 0) + 1)
    }
  }
}
