import Reading

/// How a field is shown: `fieldConfig.defaults` and the overrides that match it. [Grafana: fieldOverrides.ts]
struct FieldConfig: Sendable {
  var unit = Unit("")
  var decimals: Int?
  var min: Double?
  var max: Double?
  /// The scale's ends are the field's own, not those of all fields.
  var fieldMinMax = false
  var displayName: String?
  var noValue: String?
  var thresholds = Thresholds()
  var mappings: [ValueMapping] = []
  var color: FieldColor?
  /// What only one type of panel knows: `lineWidth` and the like.
  var custom: [String: JSON] = [:]

  init() {}

  /// `fieldConfig.defaults`; what is not understood is as if it were not there.
  init(_ defaults: JSON?) {
    for member in defaults?.members ?? [] { set(member.name, member.value) }
  }

  /// Sets a property by its id: `unit`, `color`, `custom.lineWidth`.
  mutating func set(_ id: String, _ value: JSON) {
    switch id {
    case "unit": unit = Unit(value.text ?? "")
    case "decimals": decimals = value.bounded(0...20).map { Int($0) }
    case "min": min = value.finite
    case "max": max = value.finite
    case "fieldMinMax": fieldMinMax = value.truthy
    case "displayName": displayName = value.text
    case "noValue": noValue = value.text
    case "thresholds": thresholds = Thresholds(value)
    case "mappings": mappings = ValueMapping.all(value)
    case "color": color = FieldColor(value)
    case "custom": for member in value.members { custom[member.name] = member.value }
    case _ where id.hasPrefix("custom."): custom[String(id.dropFirst(7))] = value
    default: break
    }
  }

  /// A member of `custom`, or a member of that.
  func custom(_ names: String...) -> JSON? {
    guard let first = names.first, let value = custom[first], !value.isNull else { return nil }
    return names.dropFirst().reduce(value) { $0?[$1] }
  }
}

/// A rule that changes the configuration of some fields.
struct FieldOverride: Sendable {
  private let matcher: String
  private let options: JSON?
  private let properties: [(id: String, value: JSON)]
  private let pattern: Pattern?

  init(_ json: JSON) {
    matcher = json["matcher", "id"]?.string ?? ""
    options = json["matcher", "options"]
    properties =
      json["properties"]?.elements.compactMap { property in
        property["id"]?.string.map { ($0, property["value"] ?? JSON(.null)) }
      } ?? []
    pattern = matcher == "byRegexp" ? options?.string.flatMap { Pattern($0) } : nil
  }

  func apply(to config: inout FieldConfig) {
    for (id, value) in properties { config.set(id, value) }
  }

  /// Whether it is meant for a field whose name is `name`.
  func matches(_ field: Field, named name: String) -> Bool {
    switch matcher {
    case "byName": return options?.text == name || options?.text == field.name
    case "byRegexp": return pattern?.matches(name) ?? false
    case "byType": return options?.string == field.kind.rawValue
    case "byFrameRefID": return options?.string == field.refID
    case "byNames":
      let listed = options?["names"]?.elements.contains { $0.string == name } ?? false
      return listed != (options?["mode"]?.string == "exclude")
    case "byValue": return matchesValue(field)
    case "numeric": return field.kind == .number
    case "time": return field.kind == .time
    default: return false
    }
  }

  private func matchesValue(_ field: Field) -> Bool {
    guard field.kind == .number, let bound = options?["value"]?.number ?? options?["reducer", "value"]?.number,
      let value = Reducer.number(options?["reducer"]?.string ?? "", field.cells)
    else { return false }
    switch options?["op"]?.string {
    case "gt", ">": return value > bound
    case "gte", ">=": return value >= bound
    case "lt", "<": return value < bound
    case "lte", "<=": return value <= bound
    case "eq", "=", "==": return value == bound
    case "neq", "!=": return value != bound
    default: return false
    }
  }
}
