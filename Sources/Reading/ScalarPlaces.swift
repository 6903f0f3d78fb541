package import Diagnostics
package import Yams

// Places inside of scalars, and what a tree of nodes says of itself.
extension YAMLReader {
  /// The place of the character at `offset` of a scalar's value.
  package func place(at offset: Int, in node: Node) -> Place {
    var place = place(of: node)
    // In a quoted or plain scalar of one line the offset is a column; elsewhere the scalar's start has to do.
    guard let scalar = node.scalar, !scalar.string.contains(where: \.isNewline) else { return place }
    let before = scalar.string.prefix(offset)
    switch scalar.style {
    case .singleQuoted: place.column += 1 + offset + before.count { $0 == "'" }
    case .doubleQuoted: place.column += 1 + offset + before.count { $0 == "\"" || $0 == "\\" }
    default: place.column += offset
    }
    return place
  }

  /// The place of an occurrence (from 0) of a word in a scalar, whatever the scalar's style; words have no blanks and no quotes.
  package func place(of word: String, occurrence: Int, in node: Node) -> Place {
    let start = place(of: node)
    var left = occurrence
    for (index, line) in lines.enumerated().dropFirst(start.line - 1) {
      var rest = index == start.line - 1 ? line.dropFirst(start.column - 1) : line
      while let found = rest.firstRange(of: word) {
        let column = line.distance(from: line.startIndex, to: found.lowerBound) + 1
        if left == 0 { return Place(file: file, line: index + 1, column: column) }
        left -= 1
        rest = rest[found.upperBound...]
      }
    }
    return start
  }
}

extension Node.Scalar {
  /// Whether nothing was written; `""` is a text.
  var isNothing: Bool { string.isEmpty && style != .singleQuoted && style != .doubleQuoted }
}

extension Node {
  /// Counts values, aliases as often as they are used; stops where there are too many, and needs no deep stack.
  func holdsAtMost(_ limit: Int) -> Bool {
    var waiting = [self]
    var count = 0
    while let node = waiting.popLast() {
      count += 1
      guard count + waiting.count <= limit else { return false }
      switch node {
      case .sequence(let sequence): waiting += sequence
      case .mapping(let mapping): for (key, value) in mapping { waiting += [key, value] }
      default: break
      }
    }
    return true
  }
}
