/// One value of a column.
enum Cell: Sendable, Hashable {
  case null
  case number(Double)
  case text(String)
  /// Unix seconds.
  case time(Double)

  /// As a number: text is none, null neither.
  var number: Double? {
    switch self {
    case .number(let value), .time(let value): value
    case .null, .text: nil
    }
  }

  var isNull: Bool { self == .null }

  /// As it stands, for comparing and joining.
  var plainText: String {
    switch self {
    case .null: ""
    case .number(let value), .time(let value): NumberText.javaScript(value)
    case .text(let text): text
    }
  }
}

/// A column of a frame.
struct Field: Sendable {
  enum Kind: String, Sendable {
    case time
    case number
    case text = "string"
  }

  var name: String
  var kind: Kind
  var labels: [String: String]?
  /// The legend that the data source gave; nil where the name is to be found from the labels.
  var nameFromSource: String?
  var refID: String
  var cells: [Cell]

  /// Set by ``Panel``: how the field is shown, under which name, as which number of those that have a colour.
  var config = FieldConfig()
  var displayName = ""
  var seriesIndex = 0
  /// The ends of the field's scale: thresholds in percent, gauges and continuous colours need them.
  var range = (min: 0.0, max: 100.0)

  init(_ name: String, _ kind: Kind, _ cells: [Cell], labels: [String: String]? = nil, refID: String = "") {
    self.name = name
    self.kind = kind
    self.cells = cells
    self.labels = labels
    self.refID = refID
  }
}

/// A table of named columns of one length, as Grafana's transformations and panels take it.
struct Frame: Sendable {
  var refID: String
  var name: String?
  var fields: [Field]

  init(refID: String, name: String? = nil, fields: [Field]) {
    self.refID = refID
    self.name = name
    self.fields = fields
  }

  var length: Int { fields.map(\.cells.count).max() ?? 0 }
  var timeField: Field? { fields.first { $0.kind == .time } }
  var numberFields: [Field] { fields.filter { $0.kind == .number } }

  /// The cells of a row; null where a column is shorter.
  func row(_ index: Int) -> [Cell] { fields.map { index < $0.cells.count ? $0.cells[index] : .null } }
}
