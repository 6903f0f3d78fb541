import ArgumentParser
import Foundation
import PromQL
import Reading

/// `firedrill promql`.
struct PromQLCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "promql", abstract: "Work on PromQL expressions without a server.", subcommands: [Check.self])

  /// `firedrill promql check`.
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check", abstract: "Parse expressions, one a line, and print one JSON object a line.",
      discussion: """
        Each object holds `expr`, `ok`, `error` and `column` (1-based, in characters; null where all is well), and `selectors`: of each selector
        its `text`, `metric`, `range` and `matchers`. The exit code is 1 where an expression is refused.

        EXAMPLES:
          echo 'rate(http_requests_total{code=~"5.."}[5m])' | firedrill promql check
          firedrill promql check --dialect 3 expressions.txt | jq -r 'select(.ok | not) | .error'
        """)

    @Option(
      help: "The major version of Prometheus: 2 as with 2.42, or 3 with all of its features.",
      transform: dialect(named:))
    var dialect = Dialect.v2

    @Argument(help: "A file with an expression a line; - is standard input.", completion: .file())
    var file = "-"

    func run() throws {
      var refused = false
      var output = ""
      func check(_ line: String) {
        let (json, isOK) = answer(to: line, dialect)
        refused = refused || !isOK
        output += json.written + "\n"
        if output.utf8.count > 1 << 16 { flush() }
      }
      func flush() {
        FileHandle.standardOutput.write(Data(output.utf8))
        output = ""
      }
      if file == "-" {
        while let line = readLine() { check(line) }
      } else {
        for line in try lines(of: file) { check(String(line)) }
      }
      flush()
      if refused { throw ExitStatus.failed }
    }

    private func lines(of file: String) throws -> [Substring] {
      guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
        printLine("firedrill: `\(file)` cannot be read as a UTF-8 text", to: .standardError)
        throw ExitStatus.unusable
      }
      var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      if lines.last?.isEmpty == true { lines.removeLast() }
      return lines
    }
  }
}

func dialect(named name: String) throws -> Dialect {
  guard let dialect = Dialect(rawValue: name) else { throw ValidationError("the dialects are 2 and 3") }
  return dialect
}

/// What is said of one expression.
private func answer(to text: String, _ dialect: Dialect) -> (JSON, isOK: Bool) {
  var members = [member("expr", .string(text))]
  do throws(ParseError) {
    let expression = try PromQL.Expression(parsing: text, dialect: dialect)
    let selectors = expression.selections.map { describe($0) }
    members += [
      member("ok", .bool(true)), member("error", .null), member("column", .null),
      member("selectors", .array(selectors)),
    ]
    return (JSON(.object(members)), true)
  } catch {
    let advice = error.advice.map { " (\($0))" } ?? ""
    members += [
      member("ok", .bool(false)), member("error", .string(error.message + advice)),
      member("column", number(error.characterOffset(in: text) + 1)), member("selectors", .array([])),
    ]
    return (JSON(.object(members)), false)
  }
}

private func describe(_ selection: PromQL.Expression.Selection) -> JSON {
  let matchers = selection.selector.matchers.map { matcher in
    JSON(
      .object([
        member("label", .string(matcher.label)), member("op", .string(matcher.operation.rawValue)),
        member("value", .string(matcher.value)),
      ]))
  }
  return JSON(
    .object([
      member("text", .string(selection.selector.description)),
      member("metric", selection.selector.metric.map { .string($0) } ?? .null),
      member("range", selection.range.map { .string($0.description) } ?? .null),
      member("matchers", .array(matchers)),
    ]))
}

private func member(_ name: String, _ kind: JSON.Kind) -> JSON.Member { JSON.Member(name: name, value: JSON(kind)) }

private func number(_ value: Int) -> JSON.Kind { .number(Double(value), written: "\(value)") }
