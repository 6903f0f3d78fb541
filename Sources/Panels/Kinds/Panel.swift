import Reading

/// A panel ready to be drawn: its model read, its answers turned to frames, transformed, named and configured.
struct Panel: Sendable {
  let title: String
  /// `timeseries`, `stat` and so on.
  let type: String
  /// The whole model.
  let model: JSON
  let options: JSON
  private(set) var frames: [Frame]
  let time: TimeAxis
  let dates: DateContext
  let theme: Theme
  /// What the picture leaves out, for a line below it.
  private(set) var notes: [String]
  /// The first line of what went wrong with each query.
  let errors: [String]

  init(_ picture: PanelPicture, _ theme: Theme) {
    let model = try? JSONReader.parse(picture.model, file: "")
    self.model = model ?? JSON(.object([]))
    self.theme = theme
    title = picture.title
    type = self.model["type"]?.string ?? ""
    options = self.model["options"] ?? JSON(.object([]))
    let offset = Double(picture.utcOffset)
    time = TimeAxis(from: picture.from, to: picture.to, utcOffset: offset)
    dates = DateContext(utcOffset: time.utcOffset, now: time.to)
    errors = picture.answers.compactMap { $0.error?.split(whereSeparator: \.isNewline).first.map(String.init) }
    (frames, notes) = Answers.frames(picture.answers)
    if model == nil { notes.append("the panel's model is not JSON") }
    notes += Legacy.notes(type, self.model)
    notes += Transformations.run(self.model["transformations"], on: &frames)
    configure()
  }

  /// No column has a value.
  var isEmpty: Bool { !frames.contains { $0.length > 0 && !$0.fields.isEmpty } }

  var numberFields: [Field] { frames.flatMap(\.numberFields) }

  func display(_ cell: Cell, in field: Field) -> DisplayValue { field.display(cell, theme, dates) }

  // MARK: - Configuration

  private mutating func configure() {
    var defaults = Legacy.config(type, model) ?? FieldConfig(model["fieldConfig", "defaults"])
    if defaults.color == nil { defaults.color = PanelKind.of(type).color }
    let overrides = model["fieldConfig", "overrides"]?.elements.prefix(200).map { FieldOverride($0) } ?? []
    var seriesIndex = 0
    for frame in frames.indices {
      for index in frames[frame].fields.indices {
        var field = frames[frame].fields[index]
        field.config = defaults
        for override in overrides where override.matches(field, named: field.displayName) {
          override.apply(to: &field.config)
        }
        Legacy.override(&field, type, model)
        if let template = field.config.displayName, !template.isEmpty, field.kind != .time {
          field.displayName = NameTemplate.filled(template, field, named: field.displayName)
        }
        field.seriesIndex = seriesIndex
        seriesIndex += field.kind == .time ? 0 : 1
        frames[frame].fields[index] = field
      }
    }
    setRanges()
  }

  /// The ends of each field's scale. [Grafana: packages/grafana-data/src/field/scale.ts, fieldOverrides.ts]
  private mutating func setRanges() {
    let all = Self.range(numberFields)
    for frame in frames.indices {
      for index in frames[frame].fields.indices where frames[frame].fields[index].kind == .number {
        let field = frames[frame].fields[index]
        let values = field.config.fieldMinMax ? Self.range([field]) : all
        let implied: (min: Double, max: Double)? =
          switch field.config.unit.id {
          case "percent": (0, 100)
          case "percentunit": (0, 1)
          default: nil
          }
        let low = field.config.min ?? implied?.min ?? values.min
        let high = field.config.max ?? implied?.max ?? values.max
        frames[frame].fields[index].range = (min(low, high), max(low, high))
      }
    }
  }

  /// Of all finite values; 0 to 100 where there are none.
  private static func range(_ fields: [Field]) -> (min: Double, max: Double) {
    var (low, high) = (Double.infinity, -Double.infinity)
    for case .number(let value) in fields.lazy.flatMap(\.cells) where value.isFinite {
      low = min(low, value)
      high = max(high, value)
    }
    return low <= high ? (low, high) : (0, 100)
  }
}
