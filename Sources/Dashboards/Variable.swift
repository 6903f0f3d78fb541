public import Diagnostics

/// A dashboard variable, as written.
public struct Variable: Sendable {
  public var name: String
  public var label: String?
  public var kind: Kind
  public var place: Place
  /// 0 shown, 1 without label, 2 hidden, 3 in the controls menu; never affects values.
  public var hide: Int
  public var isMulti: Bool
  public var includesAll: Bool
  /// What "All" stands for, put in raw; nil where it stands for all options.
  public var allValue: String?
  public var regex: String
  public var regexAppliesToText: Bool
  /// 0...8 as in Grafana's settings.
  public var sort: Int
  /// nil where the file holds no current value (`current: {}`).
  public var current: StoredValue?
  /// The options as stored, without "All".
  public var options: [Option]
  public var staticOptions: [Option]
  /// `before`, `after` or `sorted`.
  public var staticOptionsOrder: String

  /// What a variable gets its values from.
  public enum Kind: Sendable {
    /// `place` is that of the text; the text is nil where none is written, and where nothing would be run.
    case query(text: String?, place: Place, dataSource: DataSourceRef?)
    case custom(text: String, isJSON: Bool)
    case constant(String)
    case textbox(String)
    case interval(choices: [String], auto: Auto?)
    case dataSource(plugin: String)
    case adhoc(filters: [AdhocFilter], dataSource: DataSourceRef?)
    case groupBy
    case toggle
    /// `system`, `snapshot`, and whatever plugins invent: keeps its stored value.
    case other(String)
  }

  /// The `auto` choice of an interval variable.
  public struct Auto: Sendable, Hashable {
    public var count: Int
    public var least: String
  }

  /// One choice of a variable.
  public struct Option: Sendable, Hashable {
    public var value: String
    public var text: String
    /// Further values that `${name.key}` reads.
    public var properties: [String: String] = [:]

    /// Creates a choice; shown as its value where no text is given.
    public init(_ value: String, text: String? = nil, properties: [String: String] = [:]) {
      self.value = value
      self.text = text ?? value
      self.properties = properties
    }
  }

  /// The value that was selected when the dashboard was saved.
  public struct StoredValue: Sendable, Hashable {
    public var values: [String]
    public var texts: [String]
    public var isList: Bool
  }
}

/// A filter of an ad-hoc variable, to be added to every selector of the queries of its data source.
public struct AdhocFilter: Sendable, Hashable {
  public var key: String
  /// `=`, `!=`, `=~`, `!~`, `<`, `>`, `=|` or `!=|`.
  public var op: String
  public var value: String
  /// The values of `=|` and `!=|`.
  public var values: [String]

  /// Creates a filter.
  public init(key: String, op: String, value: String, values: [String] = []) {
    self.key = key
    self.op = op
    self.value = value
    self.values = values
  }
}
