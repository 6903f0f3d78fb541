/// Makes a variable's options of what its query gave. [Scenes: variables/variants/query/utils.ts]
struct VariableOptions {
  let regex: JavaScriptRegex?
  let regexAppliesToText: Bool
  let sort: Int

  /// Filtered and cut by the regex, unique by value, sorted.
  func options(of results: [Variable.Option]) throws(JavaScriptRegex.Failure) -> [Variable.Option] {
    var options: [Variable.Option] = []
    var budget = JavaScriptRegex.Budget()
    for result in results { options += try applied(to: result, &budget) }
    return sorted(Self.unique(options))
  }

  static func unique(_ options: [Variable.Option]) -> [Variable.Option] {
    var seen: Set<String> = []
    return options.filter { seen.insert($0.value).inserted }
  }

  private func applied(
    to option: Variable.Option, _ budget: inout JavaScriptRegex.Budget
  ) throws(JavaScriptRegex.Failure) -> [Variable.Option] {
    guard let regex else { return [option] }
    let matches = try regex.matches(in: regexAppliesToText ? option.text : option.value, within: &budget)
    if matches.isEmpty { return [] }
    let value = matches.firstNonNil { $0.named["value"] }
    let text = matches.firstNonNil { $0.named["text"] }
    if let first = value ?? text { return [Variable.Option(first, text: text ?? first)] }
    guard let grouped = matches.first(where: { $0.groups.count > 1 }) else { return [option] }
    if matches.count > 1 { return matches.map { Variable.Option(($0.groups.dropFirst().first ?? nil) ?? "") } }
    return [Variable.Option(grouped.groups[1] ?? "")]
  }

  // MARK: - Order

  func sorted(_ options: [Variable.Option]) -> [Variable.Option] {
    let ascending: [Variable.Option]
    switch sort {
    case 1, 2: ascending = Self.sorted(options) { Self.codeUnits($0, $1) }
    case 3, 4: ascending = Self.sorted(options) { Self.firstNumber(in: $0) < Self.firstNumber(in: $1) }
    case 5, 6: ascending = Self.sorted(options) { Self.codeUnits($0.lowercased(), $1.lowercased()) }
    case 7, 8: ascending = Self.sorted(options) { Self.natural($0, $1) }
    default: return options
    }
    return sort.isMultiple(of: 2) ? ascending.reversed() : ascending
  }

  /// Swift's sort is stable, as JavaScript's is.
  private static func sorted(_ options: [Variable.Option], _ comesFirst: (String, String) -> Bool) -> [Variable.Option]
  {
    options.sorted { comesFirst($0.text, $1.text) }
  }

  /// JavaScript compares UTF-16 code units.
  private static func codeUnits(_ left: String, _ right: String) -> Bool {
    left.utf16.lexicographicallyPrecedes(right.utf16)
  }

  /// The first whole number in a text; -1 where there is none.
  private static func firstNumber(in text: String) -> Double {
    let digits = text.drop { !($0.isASCII && $0.isNumber) }.prefix { $0.isASCII && $0.isNumber }
    return Double(digits) ?? -1
  }

  /// Runs of digits as numbers, letters without case, then as they are.
  private static func natural(_ left: String, _ right: String) -> Bool {
    var (first, second) = (left[...], right[...])
    while let one = first.first, let two = second.first {
      if one.isNumber, two.isNumber {
        let (a, b) = (number(&first), number(&second))
        if a.count != b.count { return a.count < b.count }
        if a != b { return a < b }
        continue
      }
      let (a, b) = (one.lowercased(), two.lowercased())
      if a != b { return a < b }
      (first, second) = (first.dropFirst(), second.dropFirst())
    }
    if first.isEmpty != second.isEmpty { return first.isEmpty }
    return left < right
  }

  private static func number(_ text: inout Substring) -> Substring {
    let digits = text.prefix(while: \.isNumber)
    text = text[digits.endIndex...]
    let significant = digits.drop { $0 == "0" }
    return significant.isEmpty ? digits.suffix(1) : significant
  }
}

extension Sequence {
  fileprivate func firstNonNil<T>(_ transform: (Element) -> T?) -> T? {
    for element in self {
      if let value = transform(element) { return value }
    }
    return nil
  }
}
