import Reading

/// Elements of a v2 dashboard in the v1 shape.
enum StructuredPanel {
  static func legacy(_ element: JSON, item: StructuredLayout.Item?) -> JSON {
    let spec = element["spec"] ?? element
    let place: KeyValuePairs<String, JSON?> = [
      "gridPos": item.map { LegacyRows.json($0.position, at: $0.json) },
      "repeat": item?.repeats?["value"], "repeatDirection": item?.repeats?["direction"],
      "maxPerRow": item?.repeats?["maxPerRow"], "libraryPanel": spec["libraryPanel"],
    ]
    var panel = panel(spec, at: element)
    for (name, value) in place { panel = panel.with(name, value) }
    return panel
  }

  private static func panel(_ spec: JSON, at element: JSON) -> JSON {
    let data = spec["data", "spec"]
    let options = data?["queryOptions"]
    let viz = spec["vizConfig"]
    let targets = (data?["queries"]?.elements ?? []).map(target)
    let transformations = (data?["transformations"]?.elements ?? []).map(transformation)
    // In v2alpha1 the kind is the plugin, later `VizConfig` of a group.
    let type = viz?["group"]?.text ?? viz?["kind"]?.text ?? spec["vizConfig", "pluginId"]?.text
    return .object(
      [
        "id": spec["id"], "type": type.map { .text($0, at: viz ?? element) }, "title": spec["title"],
        "description": spec["description"], "transparent": spec["transparent"], "links": spec["links"],
        "options": viz?["spec", "options"], "fieldConfig": viz?["spec", "fieldConfig"],
        "pluginVersion": viz?["version"] ?? viz?["spec", "pluginVersion"],
        "datasource": dataSource(of: targets, at: element),
        "targets": .list(targets, at: data ?? element),
        "transformations": .list(transformations, at: data ?? element),
        "timeFrom": options?["timeFrom"], "timeShift": options?["timeShift"],
        "maxDataPoints": options?["maxDataPoints"], "interval": options?["interval"],
        "hideTimeOverride": options?["hideTimeOverride"], "timeCompare": options?["timeCompare"],
      ], at: element)
  }

  /// Queries of different data sources make the panel a mixed one.
  private static func dataSource(of targets: [JSON], at place: JSON) -> JSON? {
    let sources = targets.map { $0["datasource"] }.filter { $0?["type"]?.string != "__expr__" }
    guard let first = sources.first else { return nil }
    if sources.allSatisfy({ $0 == first }) { return first }
    return .object(["type": .text("datasource", at: place), "uid": .text("-- Mixed --", at: place)], at: place)
  }

  private static func target(_ query: JSON) -> JSON {
    let spec = query["spec"] ?? query
    let inner = spec["query"]
    let fields = inner?["spec"]
    var target = JSON(fields?.kind ?? .object([]), line: Int(query.line), column: Int(query.column))
    if !target.isObject { target = .object([:], at: query) }
    target = target.with("refId", spec["refId"]).with("hide", spec["hidden"])
    return target.with("datasource", dataSource(of: inner, beside: spec["datasource"], at: query))
  }

  /// The reference of a query of either shape: `{kind: DataQuery, group, datasource: {name}}`, or `{kind: <plugin>}`
  /// with `{type, uid}` beside it.
  static func dataSource(of query: JSON?, beside reference: JSON?, at place: JSON) -> JSON? {
    let kind = query?["kind"]?.text
    let group = query?["group"]?.text ?? (kind == "DataQuery" ? nil : kind)
    let type = reference?["type"]?.text ?? group
    let uid = query?["datasource", "name"] ?? query?["datasource", "uid"] ?? reference?["uid"] ?? reference?["name"]
    guard type != nil || uid != nil else { return nil }
    return .object(["type": type.map { .text($0, at: place) }, "uid": uid], at: uid ?? place)
  }

  private static func transformation(_ json: JSON) -> JSON {
    let spec = json["spec"]
    let kind = json["kind"]?.text
    let id = json["group"]?.text ?? spec?["id"]?.text ?? (kind == "Transformation" ? nil : kind)
    return .object(
      [
        "id": id.map { .text($0, at: json) }, "options": spec?["options"], "disabled": spec?["disabled"],
        "filter": spec?["filter"], "topic": spec?["topic"],
      ], at: json)
  }

  static func legacyAnnotation(_ annotation: JSON) -> JSON {
    let spec = annotation["spec"] ?? annotation
    let query = spec["query"]
    return .object(
      [
        "name": spec["name"], "enable": spec["enable"], "hide": spec["hide"], "iconColor": spec["iconColor"],
        "builtIn": spec["builtIn"]?.truthy == true ? .whole(1, at: spec) : nil, "filter": spec["filter"],
        "datasource": dataSource(of: query, beside: spec["datasource"], at: annotation),
        "target": query?["spec"], "expr": spec["legacyOptions", "expr"], "step": spec["legacyOptions", "step"],
      ], at: annotation)
  }
}
