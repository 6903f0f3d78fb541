package import Diagnostics
package import Yams

/// A mapping's entries in the order of the file.
package struct Fields {
  package struct Entry {
    package let name: String
    package let key: Node
    package let value: Node
  }

  package let entries: [Entry]
  package let place: Place
  /// Names that were reported as unknown.
  package internal(set) var unknown: [String] = []

  package subscript(_ name: String) -> Node? { entries.first { $0.name == name }?.value }
  package func key(_ name: String) -> Node? { entries.first { $0.name == name }?.key }
}
