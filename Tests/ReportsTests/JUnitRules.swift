import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// The rules of the Jenkins xUnit plugin's `junit-10.xsd` for the elements that Firedrill writes, and of readers at large.
final class JUnitRules: NSObject, XMLParserDelegate {
  private(set) var problems: [String] = []
  private(set) var cases: [String] = []
  private var parents: [String] = []
  private var suite: [String: String] = [:]
  private var seen: [String: Int] = [:]

  /// What is wrong with `document`; empty where nothing is.
  static func check(_ document: String) -> JUnitRules {
    let rules = JUnitRules()
    let parser = XMLParser(data: Data(document.utf8))
    parser.delegate = rules
    if !parser.parse() { rules.problems.append("not well formed: \(parser.parserError.map { "\($0)" } ?? "?")") }
    return rules
  }

  private struct Element {
    var required: Set<String>
    var optional: Set<String> = []
    var parents: Set<String>
  }

  private static let elements: [String: Element] = [
    "testsuites": Element(required: [], optional: ["name", "time", "tests", "failures", "errors"], parents: [""]),
    "testsuite": Element(
      required: ["name", "tests", "failures", "errors"],
      optional: [
        "group", "time", "skipped", "timestamp", "hostname", "id", "package", "file", "log", "url", "version",
      ],
      parents: ["", "testsuites", "testsuite"]),
    "properties": Element(required: [], parents: ["testsuite"]),
    "property": Element(required: ["name", "value"], parents: ["properties"]),
    "testcase": Element(required: ["name"], optional: ["time", "classname", "group"], parents: ["testsuite"]),
    "failure": Element(required: [], optional: ["type", "message"], parents: ["testcase"]),
    "error": Element(required: [], optional: ["type", "message"], parents: ["testcase"]),
    "skipped": Element(required: [], optional: ["type", "message"], parents: ["testcase"]),
    "system-out": Element(required: [], parents: ["testsuite", "testcase"]),
    "system-err": Element(required: [], parents: ["testsuite", "testcase"]),
  ]

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    let parent = parents.last ?? ""
    parents.append(name)
    guard let rule = Self.elements[name] else { return problems.append("element \(name) is not allowed") }
    if !rule.parents.contains(parent) { problems.append("\(name) is not allowed in \(parent)") }
    for missing in rule.required.subtracting(attributes.keys) { problems.append("\(name) lacks \(missing)") }
    for extra in Set(attributes.keys).subtracting(rule.required).subtracting(rule.optional) {
      problems.append("\(name) may not have \(extra)")
    }
    for (key, value) in attributes { checkValue(key, value, of: name) }
    seen[name, default: 0] += 1
    if name == "testsuite" { startSuite(attributes) }
    if name == "testcase" {
      cases.append("\(attributes["classname"] ?? "")\t\(attributes["name"] ?? "")")
      if attributes["name"]?.isEmpty != false { problems.append("a testcase has no name") }
    }
  }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
    parents.removeLast()
    guard name == "testsuite" else { return }
    for (attribute, element) in [
      ("tests", "testcase"), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped"),
    ]
    where suite[attribute] != "\(seen[element] ?? 0)" {
      problems.append("\(attribute)=\(suite[attribute] ?? "-") of \(seen[element] ?? 0) \(element)")
    }
  }

  func parserDidEndDocument(_ parser: XMLParser) {
    // GitLab ignores all but the first of a name.
    if Set(cases).count != cases.count { problems.append("two test cases have the same name and class") }
    if seen["testsuite"] == nil { problems.append("there is no testsuite") }
  }

  private func startSuite(_ attributes: [String: String]) {
    suite = attributes
    seen = [:]
    seen["testsuite"] = 1
    let form = /[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}/
    if attributes["timestamp"]?.wholeMatch(of: form) == nil { problems.append("timestamp is malformed") }
  }

  private func checkValue(_ key: String, _ value: String, of element: String) {
    if key == "time", value.wholeMatch(of: /[0-9]+\.[0-9]{3}/) == nil { problems.append("time=\(value)") }
    if ["tests", "failures", "errors", "skipped"].contains(key), Int(value) == nil {
      problems.append("\(key)=\(value)")
    }
    if key == "classname", value.wholeMatch(of: /[a-z0-9-]+(\.[a-z0-9-]+)+/) == nil {
      problems.append("class \(value)")
    }
    if key == "message", value.contains("\n") || value.count > 500 {
      problems.append("a message is not one short line")
    }
  }
}
