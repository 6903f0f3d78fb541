import Testing

@testable import Dashboards

@Suite struct InterpolationTests {
  private static let values: [String: VariableValue] = [
    "one": VariableValue("a.b"),
    "job": VariableValue("x"),
    "job_name": VariableValue("y"),
    "quote": VariableValue(#"it's "\"#),
    "flagged": VariableValue(.scalar("10.0.0.1:9090"), isRegexEscaped: true),
    "single": VariableValue(.list(["a.b"]), isRegexEscaped: true),
    "many": VariableValue(.list(["a", "b/c"]), texts: ["A", "B"], isRegexEscaped: true),
    "none": VariableValue(.list([]), isRegexEscaped: true),
    "all": VariableValue(.raw(".*$job"), isRegexEscaped: true),
    "row": VariableValue(.scalar("v"), properties: ["zone": "eu"]),
    "time": VariableValue("1700000000123"),
    "nested": VariableValue("$job"),
  ]

  private func interpolated(_ text: String) -> String {
    Interpolator { Self.values[$0] }.interpolate(text, .promQL)
  }

  @Test(arguments: [
    ("$one", "a.b"), ("[[one]]", "a.b"), ("${one}", "a.b"), ("$job_name", "y"), ("${job}_name", "x_name"),
    ("$jobs", "$jobs"), ("$1", "$1"), ("${1}", "${1}"), ("$", "$"), ("a$", "a$"), ("$$job", "$x"),
    ("[[nope]]", "[[nope]]"),
    ("[[job", "[[job"), ("${job", "${job"), ("${job:", "${job:"), ("${}", "${}"), ("[5m]", "[5m]"),
    ("[[5m]]", "[[5m]]"),
    (#"{a=~"^$|x"}"#, #"{a=~"^$|x"}"#), (#"x="$job""#, #"x="x""#), ("é$job😀", "éx😀"), ("${row.zone}", "eu"),
    ("${row.zone:raw}", "eu"),
    (#"${row["zone"]}"#, "eu"), ("${row.other}", "v"), ("${many.1}", "b/c"), ("$nested", "$job"),
    ("a\n# $job\nb", "a\n# x\nb"), ("${job:raw}${one}", "xa.b"), ("[[many:csv]]", "a,b/c"),
    ("${__interval}", "${__interval}"),
  ])
  func findsReferences(text: String, expected: String) {
    #expect(interpolated(text) == expected)
  }

  @Test(arguments: [
    // Neither multi nor includeAll: backslashes doubled, quotes with two, nothing else.
    ("$quote", #"it\\'s "\\"#), ("$one", "a.b"),
    // Either of them: as a regex in a double-quoted text, also a single value.
    ("$flagged", #"10\\.0\\.0\\.1:9090"#), ("$single", #"a\\.b"#), ("$many", "(a|b/c)"), ("$none", "()"),
    // An `allValue` is raw, but for the variables inside.
    ("$all", ".*x"), ("${all:regex}", ".*x"), ("${all:text}", "All"),
  ])
  func escapesForPromQL(text: String, expected: String) {
    #expect(interpolated(text) == expected)
  }

  @Test func escapesEveryMetacharacter() {
    #expect(PromQLEscaping.regexEscaped(#"$^*{}[]'+?.()|\/-"#) == #"\\$\\^\\*\\{\\}\\[\\]'\\+\\?\\.\\(\\)\\|\\\\/-"#)
  }

  @Test(arguments: [
    ("raw", "a.b", "a,b/c", ""), ("regex", #"a\.b"#, #"(a|b\/c)"#, "()"), ("pipe", "a.b", "a|b/c", ""),
    ("csv", "a.b", "a,b/c", ""), ("join", "a.b", "a,b/c", ""), ("join:;", "a.b", "a;b/c", ""),
    ("glob", "a.b", "{a,b/c}", "{}"), ("nonsense", "a.b", "{a,b/c}", "{}"), ("json", "a.b", #"["a","b/c"]"#, "[]"),
    ("lucene", "a.b", #"("a" OR "b\/c")"#, "__empty__"), ("percentencode", "a.b", "%7Ba%2Cb%2Fc%7D", "%7B%7D"),
    ("uriencode", "a.b", "%7Ba,b/c%7D", "%7B%7D"), ("singlequote", "'a.b'", "'a','b/c'", ""),
    ("doublequote", #""a.b""#, #""a","b/c""#, ""), ("sqlstring", "'a.b'", "'a','b/c'", ""),
    ("html", "a.b", "a, b/c", ""), ("text", "a.b", "A + B", ""), ("date", "NaN", "NaN", "NaN"),
  ])
  func formats(format: String, scalar: String, list: String, empty: String) {
    #expect(interpolated("${one:\(format)}") == scalar)
    #expect(interpolated("${many:\(format)}") == list)
    #expect(interpolated("${none:\(format)}") == empty)
  }

  @Test(arguments: [
    ("${many:distributed}", "a,many=b/c"), ("${one:queryparam}", "var-one=a.b"),
    ("${many:queryparam}", "var-many=a&var-many=b/c"), ("${many:customqueryparam:v:p-}", "v=p-a&v=p-b/c"),
    ("${quote:singlequote}", #"'it\'s "\'"#), ("${quote:sqlstring}", #"'it''s \"\'"#),
    ("${quote:html}", #"it&#39;s &quot;\"#),
    ("${quote:percentencode}", "it%27s%20%22%5C"), ("${time:date}", "2023-11-14T22:13:20.123Z"),
    ("${time:date:iso}", "2023-11-14T22:13:20.123Z"), ("${time:date:seconds}", "1700000000"),
    ("${time:date:ms}", "1700000000123"), ("${time:date:YYYY-MM}", "2023-11"),
    ("${time:date:ddd D MMM YY HH:mm:ss.SSS}", "Tue 14 Nov 23 22:13:20.123"), ("${single:glob}", "a.b"),
  ])
  func formatsWithArguments(text: String, expected: String) {
    #expect(interpolated(text) == expected)
  }

  @Test func endsWhereAllValuesNameEachOther() {
    let values = ["a": VariableValue(.raw("$b")), "b": VariableValue(.raw("$a"))]
    #expect(Interpolator { values[$0] }.interpolate("$a", .promQL).count < 10)
  }

  @Test(arguments: [
    ("$__interval", "15s"), ("${__interval}", "15s"), ("$__interval_ms", "15000"), ("$__range", "3600s"),
    ("$__range_s", "3600"), ("$__range_ms", "3600000"), ("$__rate_interval", "1m0s"), ("$__rate_interval_ms", "60000"),
    ("${__rate_interval}", "1m0s"), ("[[__interval]]", "15s"), ("${__interval:text}", "15s"),
    // What the back end does not know reaches Prometheus as it is.
    ("${__rate_interval:raw}", "${__rate_interval:raw}"), ("[[__range]]", "[[__range]]"),
    ("$__timeFilter", "$__timeFilter"),
    ("$__from", "1699996400000"), ("${__to:date:YYYY}", "2023"), ("$__dashboard", "T"), ("${__user.login}", "admin"),
    ("${__org.name}", "Main Org."), ("$__timezone", "UTC"),
    (#"label_replace(up, "a", "$1", "b", "(.*)$")"#, #"label_replace(up, "a", "$1", "b", "(.*)$")"#),
  ])
  func knowsBuiltInVariables(text: String, expected: String) async throws {
    let json = text.escaping(#"\""#)
    let dashboard = try #require(Given.panel(target: #", "expr": "\#(json)""#))
    #expect(await dashboard.firstQuery()?.request?.expr == expected)
  }
}
