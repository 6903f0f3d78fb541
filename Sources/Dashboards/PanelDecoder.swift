import Diagnostics
import Reading

// Panels and targets from their JSON in the v1 shape.
extension Normalizer {
  /// Plugins that declare `skipDataQuery`. [Grafana: createPanelDataProvider.ts]
  private static let silentTypes: Set<String> = [
    "text", "row", "news", "dashlist", "welcome", "alertlist", "annolist", "gettingstarted", "debug", "pluginlist",
  ]

  mutating func decodePanels() -> [Panel] {
    var ids: [Int: JSON] = [:]
    return panels.map { source in
      let panel = decode(source)
      if panel.type != "row", let other = ids.updateValue(source.json, forKey: panel.id), other.line != source.json.line
      {
        report(.note, "a second panel has the id \(panel.id)", at: source.json, file: source.file)
      }
      return panel
    }
  }

  private mutating func decode(_ source: PanelSource) -> Panel {
    let json = source.json
    let type = json["type"]?.text ?? ""
    return Panel(
      id: json["id"]?.int(in: 0...Int(Int32.max)) ?? 0, title: json["title"]?.text ?? "", type: type,
      gridPosition: GridPosition(legacy: json["gridPos"]), file: source.file, place: json.place(in: source.file),
      row: source.row, isCollapsed: source.isCollapsed,
      repeatVariable: type == "row" ? nil : repeatVariable(json["repeat"]),
      repeatDirection: json["repeatDirection"]?.text ?? "h",
      maxPerRow: json["maxPerRow"]?.int(in: 1...24) ?? json["minSpan"]?.int(in: 1...24).map { max(1, 24 / $0) },
      dataSource: reference(json["datasource"], file: source.file), targets: decodeTargets(source),
      transformations: (json["transformations"]?.elements ?? []).filter { $0["disabled"]?.truthy != true }
        .compactMap { $0["id"]?.text },
      timeFrom: nonEmpty(json["timeFrom"]), timeShift: nonEmpty(json["timeShift"]),
      timeCompare: nonEmpty(json["timeCompare"]),
      maxDataPoints: json["maxDataPoints"]?.int(in: 0...1_000_000).flatMap { $0 > 0 ? $0 : nil },
      interval: nonEmpty(json["interval"]), silence: silence(of: source, type: type), model: json)
  }

  private func silence(of source: PanelSource, type: String) -> String? {
    if let silence = source.silence { return silence }
    if Self.silentTypes.contains(type) { return "a panel of the type `\(type)` sends no queries" }
    let snapshot = source.json["snapshotData"] ?? source.json["options", "snapshotData"]
    return snapshot?.elements.isEmpty == false ? "the panel shows data that is frozen in the dashboard" : nil
  }

  // MARK: - Targets

  private mutating func decodeTargets(_ source: PanelSource) -> [Target] {
    let list = source.json["targets"]
    if let list, !list.isArray {
      report(.error, "`targets` must be a list, not \(list.description)", at: list, file: source.file)
    }
    let all = list?.elements ?? []
    var letters = FreeLetters(taken: all.compactMap { nonEmpty($0["refId"]) })
    var seen: Set<String> = []
    return all.map { json in
      if !json.isObject {
        report(.error, "a target must be an object, not \(json.description)", at: json, file: source.file)
      }
      let refId = nonEmpty(json["refId"]) ?? letters.next()
      if !seen.insert(refId).inserted {
        report(
          .warning, "a second target of the panel has the refId `\(refId)`: Grafana mixes up their answers", at: json,
          file: source.file)
      }
      return decode(json, refId: refId, file: source.file)
    }
  }

  private func decode(_ json: JSON, refId: String, file: String) -> Target {
    let isInstant = json["instant"]?.isTrue ?? false
    return Target(
      refId: refId, place: json.place(in: file), expr: json["expr"]?.text,
      exprPlace: json["expr"]?.place(in: file), legendFormat: nonEmpty(json["legendFormat"]),
      format: json["format"]?.string.flatMap(Target.Format.init) ?? .timeSeries, interval: nonEmpty(json["interval"]),
      intervalFactor: json["intervalFactor"]?.int(in: 0...1_000_000).flatMap { $0 > 0 ? $0 : nil } ?? 1,
      isHidden: json["hide"]?.isTrue ?? false, isRange: json["range"]?.isTrue == true || !isInstant,
      isInstant: isInstant,
      wantsExemplars: json["exemplar"]?.isTrue ?? false, dataSource: reference(json["datasource"], file: file),
      model: json)
  }

  // MARK: - Annotations and references

  func decodeAnnotation(_ json: JSON) -> Annotation {
    let target = json["target"]
    let expr = target?["expr"] ?? json["expr"]
    return Annotation(
      name: json["name"]?.text ?? "", place: json.place(in: file), isEnabled: json["enable"]?.truthy ?? false,
      isBuiltIn: json["builtIn"]?.isTrue ?? false, dataSource: reference(json["datasource"], file: file),
      expr: expr?.text, exprPlace: expr?.place(in: file),
      step: nonEmpty(target?["interval"]) ?? nonEmpty(target?["step"]) ?? nonEmpty(json["step"]), model: json)
  }

  /// A reference of any age: a text, `{type, uid}`, or a number; none for null and `default`.
  func reference(_ json: JSON?, file: String) -> DataSourceRef? {
    guard let json else { return nil }
    if json.isObject {
      let (type, uid) = (nonEmpty(json["type"]), nonEmpty(json["uid"]) ?? nonEmpty(json["name"]))
      guard type != nil || uid != nil else { return nil }
      return DataSourceRef(type: type, uid: uid == "default" ? nil : uid, place: json.place(in: file))
    }
    guard let text = nonEmpty(json), text != "default" else { return nil }
    return DataSourceRef(type: nil, uid: text, place: json.place(in: file))
  }
}

/// A text, number or boolean that says something.
func nonEmpty(_ json: JSON?) -> String? {
  json?.text.flatMap { $0.isEmpty ? nil : $0 }
}

extension JSON {
  /// Whether a flag is set, also where it is written as a number or a text.
  var isTrue: Bool {
    if case .string(let text) = kind { return text == "true" || text == "1" }
    return truthy
  }
}

/// The letters that targets without a `refId` get: A, B ... Z, AA. [Grafana: DashboardMigrator.ts, version 7]
private struct FreeLetters {
  private var taken: Set<String>
  private var number = 0

  init(taken: [String]) {
    self.taken = Set(taken)
  }

  mutating func next() -> String {
    while true {
      let name = Self.name(of: number)
      number += 1
      if taken.insert(name).inserted { return name }
    }
  }

  private static func name(of number: Int) -> String {
    var rest = number
    var name = ""
    repeat {
      name = String(UnicodeScalar(UInt8(ascii: "A") + UInt8(rest % 26))) + name
      rest = rest / 26 - 1
    } while rest >= 0
    return name
  }
}
