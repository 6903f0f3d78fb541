import Diagnostics
import Reading

// Library panels: only place, id and title stand in the dashboard, the rest is kept elsewhere.
// [Grafana: transformSaveModelToScene.ts; export: `__elements`]
extension Normalizer {
  mutating func resolveLibraryPanels() {
    let exported = ExportedPanels(head["__elements"])
    for index in panels.indices {
      guard let reference = panels[index].json["libraryPanel"], reference.isObject else { continue }
      // Very old files keep the whole panel beside the reference.
      if panels[index].json["targets"]?.elements.isEmpty == false { continue }
      let (uid, name) = (reference["uid"]?.text ?? "", reference["name"]?.text ?? "")
      if let model = exported.model(uid: uid, name: name) {
        panels[index].json = merged(model, into: panels[index].json)
      } else if let (model, file) = libraryModel(uid: uid, name: name) {
        panels[index].json = merged(model, into: panels[index].json)
        panels[index].file = file
      } else {
        panels[index].silence = "its library panel `\(name.isEmpty ? uid : name)` is not known"
        report(
          .warning, "unresolved library panel `\(name.isEmpty ? uid : name)`", at: reference,
          advice: "give the folder of its library panels, or export the dashboard with them")
      }
    }
  }

  private func merged(_ model: JSON, into local: JSON) -> JSON {
    var panel = model
    for name in ["id", "gridPos", "libraryPanel"] { panel = panel.with(name, local[name]) }
    if let title = local["title"], title.text?.isEmpty == false { panel = panel.with("title", title) }
    for name in ["repeat", "repeatDirection", "maxPerRow"] where panel[name] == nil {
      panel = panel.with(name, local[name])
    }
    return panel
  }

  private mutating func libraryModel(uid: String, name: String) -> (JSON, file: String)? {
    guard let (text, file) = reader.libraryPanel(uid, name) else { return nil }
    do {
      let json = try JSONReader.parse(text, file: file)
      let model = json["model"] ?? json["result", "model"] ?? json["spec", "model"] ?? json["spec", "panel"] ?? json
      if model.isObject { return (model, file) }
      report(.error, "this is no library panel", at: json, file: file)
    } catch {
      findings.append(error)
    }
    return nil
  }
}

/// The library panels that an export brings along.
private struct ExportedPanels {
  private var byUID: [String: JSON] = [:]
  private var byName: [String: JSON] = [:]

  init(_ elements: JSON?) {
    for element in elements?.members ?? [] {
      guard let model = element.value["model"], model.isObject else { continue }
      byUID[element.name] = model
      if let uid = element.value["uid"]?.text { byUID[uid] = model }
      if let name = element.value["name"]?.text { byName[name] = model }
    }
  }

  func model(uid: String, name: String) -> JSON? { byUID[uid] ?? (uid.isEmpty ? byName[name] : nil) }
}
