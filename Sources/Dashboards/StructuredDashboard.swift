import Diagnostics
import Reading

// Dashboards of the second generation: elements and a layout of references to them. [Grafana: dashboard_spec.cue]
extension Normalizer {
  mutating func normalizeStructured() {
    let spec = head
    head = Self.legacyHead(of: spec)
    var layout = StructuredLayout(file: file)
    if let root = spec["layout"] { layout.walk(root) }
    findings += layout.findings
    for row in layout.rows {
      rows.append(row.row)
      rows[rows.count - 1].variables = decodeVariables(row.variables.compactMap(StructuredVariable.legacy))
    }
    let elements = spec["elements"]?.members ?? []
    let byName = Dictionary(elements.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    for item in layout.items {
      guard let element = byName[item.element] else {
        report(.error, "the layout names the element `\(item.element)`, which does not exist", at: item.json)
        continue
      }
      panels.append(
        PanelSource(
          json: StructuredPanel.legacy(element, item: item), file: file, row: item.row,
          isCollapsed: item.isCollapsed))
    }
    let placed = Set(layout.items.map(\.element))
    for element in elements where !placed.contains(element.name) {
      report(.note, "the element `\(element.name)` stands in no layout: Grafana does not show it", at: element.value)
      panels.append(PanelSource(json: StructuredPanel.legacy(element.value, item: nil), file: file))
    }
  }

  private static func legacyHead(of spec: JSON) -> JSON {
    let time = spec["timeSettings"]
    let variables = (spec["variables"]?.elements ?? []).compactMap(StructuredVariable.legacy)
    let annotations = (spec["annotations"]?.elements ?? []).map(StructuredPanel.legacyAnnotation)
    return .object(
      [
        "title": spec["title"], "time": time, "timezone": time?["timezone"], "weekStart": time?["weekStart"],
        "fiscalYearStartMonth": time?["fiscalYearStartMonth"],
        "timepicker": time.map { .object(["nowDelay": $0["nowDelay"]], at: $0) },
        "templating": .object(["list": .list(variables, at: spec)], at: spec),
        "annotations": .object(["list": .list(annotations, at: spec)], at: spec),
        "__elements": spec["__elements"], "__inputs": spec["__inputs"],
      ], at: spec)
  }
}
