import Reading

extension Transformations {
  /// Hides, orders and renames columns. [Grafana: transformations/transformers/organize.ts]
  static func organize(_ frames: inout [Frame], _ options: JSON) {
    func flags(_ name: String) -> [String: Bool] { dictionary(options[name]) { $0.truthy } }
    let (excluded, included) = (flags("excludeByName"), flags("includeByName"))
    let order = dictionary(options["indexByName"]) { $0.finite ?? .infinity }
    let names = dictionary(options["renameByName"]) { $0.text ?? "" }
    for index in frames.indices {
      let kept = frames[index].fields.filter {
        excluded[$0.displayName] != true && (included.isEmpty || included[$0.displayName] == true)
      }
      let sorted = kept.enumerated().sorted { left, right in
        let (a, b) = (order[left.element.displayName] ?? .infinity, order[right.element.displayName] ?? .infinity)
        return a == b ? left.offset < right.offset : a < b
      }.map(\.element)
      frames[index].fields = sorted.map { field in
        guard let name = names[field.displayName], !name.isEmpty else { return field }
        var field = field
        field.rename(name)
        return field
      }
    }
    frames.removeAll { $0.fields.isEmpty }
  }

  /// Of members of one name the last counts.
  private static func dictionary<Value>(_ json: JSON?, _ value: (JSON) -> Value) -> [String: Value] {
    Dictionary((json?.members ?? []).map { ($0.name, value($0.value)) }) { _, last in last }
  }

  /// Keeps the columns that `include` names or whose name its pattern fits, less those of `exclude`.
  static func filterByName(_ frames: inout [Frame], _ options: JSON) {
    func test(_ json: JSON?) -> ((Field) -> Bool)? {
      guard let json else { return nil }
      let names = Set(json["names"]?.elements.compactMap(\.string) ?? [])
      let pattern = json["pattern"]?.string.flatMap { $0.isEmpty ? nil : Pattern($0) }
      guard !names.isEmpty || pattern != nil else { return nil }
      return { names.contains($0.displayName) || pattern?.matches($0.displayName) ?? false }
    }
    let (include, exclude) = (test(options["include"]), test(options["exclude"]))
    for index in frames.indices {
      frames[index].fields.removeAll { field in
        !(include?(field) ?? true) || (exclude?(field) ?? false)
      }
    }
    frames.removeAll { $0.fields.isEmpty }
  }

  static func renameByRegex(_ frames: inout [Frame], _ options: JSON) {
    guard let regex = options["regex"]?.string, let pattern = Pattern(regex) else { return }
    // A backslash is nothing special in JavaScript's templates.
    let template = (options["renamePattern"]?.string ?? "").replacing("\\", with: "\\\\")
    let flags = regex.hasPrefix("/") ? regex.split(separator: "/").last ?? "" : ""
    for frame in frames.indices {
      for field in frames[frame].fields.indices where frames[frame].fields[field].kind != .time {
        let name = frames[frame].fields[field].displayName
        frames[frame].fields[field].rename(pattern.replacing(in: name, with: template, all: flags.contains("g")))
      }
    }
  }

  /// Labels become columns (or, in the mode `rows`, a table of label and value).
  /// [Grafana: transformations/transformers/labelsToFields.ts]
  static func labelsToFields(_ frames: inout [Frame], _ options: JSON) {
    if options["mode"]?.string == "rows" { return labelsToRows(&frames) }
    let valueLabel = options["valueLabel"]?.string
    let kept = options["keepLabels"].map { Set($0.elements.compactMap(\.string)) }
    let labelCount = frames.lazy.flatMap(\.fields).map { $0.labels?.count ?? 0 }.reduce(0, +)
    limit(&frames, to: mostRows(columns: frames.count + labelCount))
    frames = frames.flatMap { frame -> [Frame] in
      let plain = frame.fields.filter { ($0.labels ?? [:]).isEmpty }
      let labelled = frame.fields.filter { !($0.labels ?? [:]).isEmpty }
      guard !labelled.isEmpty else { return [frame] }
      return labelled.map { field in
        let labels = (field.labels ?? [:]).filter { $0.key != valueLabel && kept?.contains($0.key) ?? true }
        let columns = labels.sorted { $0.key < $1.key }.map { name, value in
          Field(name, .text, field.cells.map { _ in .text(value) }, refID: field.refID)
        }
        let name = valueLabel.flatMap { field.labels?[$0] } ?? field.name
        var value = Field(name, field.kind, field.cells, refID: field.refID)
        value.displayName = name
        // The frame's name was that of the labels.
        return Frame(refID: frame.refID, fields: plain + columns + [value])
      }
    }
  }

  private static func labelsToRows(_ frames: inout [Frame]) {
    frames = frames.flatMap { frame in
      frame.fields.compactMap { field in
        guard let labels = field.labels?.sorted(by: { $0.key < $1.key }), !labels.isEmpty else { return nil }
        return Frame(
          refID: frame.refID, name: field.displayName,
          fields: [
            Field("label", .text, labels.map { .text($0.key) }), Field("value", .text, labels.map { .text($0.value) }),
          ])
      }
    }
  }
}
