import Diagnostics
import Reading

// Variables from their JSON in the v1 shape.
extension Normalizer {
  /// Nobody writes more; the time to order and look them up is bounded by it.
  private static let mostVariables = 1000

  mutating func decodeVariables(_ list: [JSON]) -> [Variable] {
    var names: Set<String> = []
    var variables: [Variable] = []
    if list.count > Self.mostVariables {
      report(.error, "more than \(Self.mostVariables) variables: the others are not read", at: list[Self.mostVariables])
    }
    for json in list.prefix(Self.mostVariables) {
      guard let name = nonEmpty(json["name"]) else {
        report(.warning, "a variable has no name", at: json)
        continue
      }
      guard names.insert(name).inserted else {
        report(.warning, "a second variable has the name `\(name)`: Grafana uses the first", at: json)
        continue
      }
      if !name.allSatisfy(\.isWord) {
        report(.warning, "no query can use the variable `\(name)`: names are letters, digits and `_`", at: json)
      }
      variables.append(decodeVariable(json, name: name))
    }
    return variables
  }

  private func decodeVariable(_ json: JSON, name: String) -> Variable {
    Variable(
      name: name, label: nonEmpty(json["label"]), kind: decodeKind(json), place: json.place(in: file),
      hide: json["hide"]?.int(in: 0...3) ?? 0, isMulti: json["multi"]?.isTrue ?? false,
      includesAll: json["includeAll"]?.isTrue ?? false, allValue: nonEmpty(json["allValue"]),
      regex: json["regex"]?.text ?? "", regexAppliesToText: json["regexApplyTo"]?.text == "text",
      sort: json["sort"]?.int(in: 0...8) ?? 0, current: Self.storedValue(json["current"]),
      options: (json["options"]?.elements ?? []).compactMap(Self.option).filter { $0.value != "$__all" },
      staticOptions: (json["staticOptions"]?.elements ?? []).compactMap(Self.option),
      staticOptionsOrder: json["staticOptionsOrder"]?.text ?? "before")
  }

  private func decodeKind(_ json: JSON) -> Variable.Kind {
    let query = json["query"]
    switch json["type"]?.text ?? "query" {
    case "query", "filter": return queryKind(json)
    case "custom": return .custom(text: query?.text ?? "", isJSON: json["valuesFormat"]?.text == "json")
    case "constant": return .constant(query?.text ?? "")
    case "textbox": return .textbox(query?.text ?? "")
    case "interval": return intervalKind(json)
    case "datasource": return .dataSource(plugin: query?.text ?? "")
    case "adhoc": return .adhoc(filters: Self.filters(json), dataSource: reference(json["datasource"], file: file))
    case "groupby": return .groupBy
    case "switch": return .toggle
    case let type: return .other(type)
    }
  }

  /// Of the object form only the text in `query` is run. [Grafana: packages/grafana-prometheus/src/types.ts]
  private func queryKind(_ json: JSON) -> Variable.Kind {
    let query = json["query"]
    let text = query?.isObject == true ? query?["query"] ?? query?["expr"] : query
    let place = (text ?? query ?? json).place(in: file)
    return .query(text: nonEmpty(text), place: place, dataSource: reference(json["datasource"], file: file))
  }

  private func intervalKind(_ json: JSON) -> Variable.Kind {
    let choices = (json["query"]?.text ?? "").split(separator: ",").map { choice in
      String(choice.filter { $0 != "\"" && $0 != "'" }.trimmingBlanks)
    }
    let auto = Variable.Auto(
      count: json["auto_count"]?.int(in: 1...100_000) ?? 30, least: nonEmpty(json["auto_min"]) ?? "10s")
    return .interval(choices: choices.filter { !$0.isEmpty }, auto: json["auto"]?.isTrue == true ? auto : nil)
  }

  private static func filters(_ json: JSON) -> [AdhocFilter] {
    ((json["baseFilters"]?.elements ?? []) + (json["filters"]?.elements ?? [])).compactMap { filter in
      guard let key = nonEmpty(filter["key"]) else { return nil }
      return AdhocFilter(
        key: key, op: nonEmpty(filter["operator"]) ?? "=", value: filter["value"]?.text ?? "",
        values: (filter["values"]?.elements ?? []).compactMap(\.text))
    }
  }

  private static func option(_ json: JSON) -> Variable.Option? {
    if let text = json.text { return Variable.Option(text) }
    guard let value = json["value"]?.text ?? json["text"]?.text else { return nil }
    return Variable.Option(value, text: json["text"]?.text, properties: properties(json))
  }

  static func properties(_ json: JSON) -> [String: String] {
    Dictionary(
      json.members.compactMap { member in member.value.text.map { (member.name, $0) } }, uniquingKeysWith: { $1 })
  }

  private static func storedValue(_ json: JSON?) -> Variable.StoredValue? {
    // Of a switch in v2 it is the value itself.
    if let text = nonEmpty(json) { return Variable.StoredValue(values: [text], texts: [text], isList: false) }
    guard let json, let value = json["value"] ?? json["text"] else { return nil }
    let texts = json["text"].map { $0.isArray ? $0.elements.compactMap(\.text) : [$0.text ?? ""] }
    let values = value.isArray ? value.elements.compactMap(\.text) : value.text.map { [$0] }
    guard let values else { return nil }
    // Versions before 5.0 wrote "All" as its own value. [Scenes: MultiValueVariable.ts]
    if values == ["All"], texts == ["All"] {
      return Variable.StoredValue(values: ["$__all"], texts: ["All"], isList: value.isArray)
    }
    return Variable.StoredValue(values: values, texts: texts ?? values, isList: value.isArray)
  }
}
