extension Character {
  /// What JavaScript calls a word character: `\w`.
  var isWord: Bool { isASCII && (isLetter || isNumber) || self == "_" }
}

extension StringProtocol {
  /// The text without blanks and line breaks around it.
  var trimmingBlanks: SubSequence {
    var rest = self[...]
    while rest.first?.isWhitespace == true { rest = rest.dropFirst() }
    while rest.last?.isWhitespace == true { rest = rest.dropLast() }
    return rest
  }
}
