/// What a variable stands for while a text is interpolated.
public struct VariableValue: Sendable, Hashable {
  public var content: Content
  /// What `${name:text}` gives.
  public var texts: [String]
  /// Whether the variable may have many values: its values are then escaped for regular expressions, also a single one.
  public var isRegexEscaped: Bool
  /// Further values of the selected option, for `${name.key}`.
  public var properties: [String: String]

  public enum Content: Sendable, Hashable {
    case scalar(String)
    case list([String])
    /// An `allValue`: put in raw, the variables inside of it expanded.
    case raw(String)
  }

  /// Creates a value.
  public init(
    _ content: Content, texts: [String]? = nil, isRegexEscaped: Bool = false, properties: [String: String] = [:]
  ) {
    self.content = content
    self.isRegexEscaped = isRegexEscaped
    self.properties = properties
    switch content {
    case .scalar(let value): self.texts = texts ?? [value]
    case .list(let values): self.texts = texts ?? values
    case .raw: self.texts = texts ?? ["All"]
    }
  }

  /// A value that is one text.
  public init(_ text: String) {
    self.init(.scalar(text))
  }

  /// All values as a list; a raw value is one.
  public var values: [String] {
    switch content {
    case .scalar(let value), .raw(let value): [value]
    case .list(let values): values
    }
  }
}
