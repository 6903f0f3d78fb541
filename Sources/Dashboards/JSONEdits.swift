import Reading

// What normalising a dashboard needs: values made, and copies with one thing changed.
extension JSON {
  /// An object of the members that have a value.
  static func object(_ members: KeyValuePairs<String, JSON?>, at place: JSON) -> JSON {
    let members = members.compactMap { name, value in value.map { Member(name: name, value: $0) } }
    return JSON(.object(members), line: Int(place.line), column: Int(place.column))
  }

  static func list(_ elements: [JSON], at place: JSON) -> JSON {
    JSON(.array(elements), line: Int(place.line), column: Int(place.column))
  }

  static func text(_ text: String, at place: JSON) -> JSON {
    JSON(.string(text), line: Int(place.line), column: Int(place.column))
  }

  static func flag(_ flag: Bool, at place: JSON) -> JSON {
    JSON(.bool(flag), line: Int(place.line), column: Int(place.column))
  }

  static func whole(_ number: Int, at place: JSON) -> JSON {
    JSON(.number(Double(number), written: "\(number)"), line: Int(place.line), column: Int(place.column))
  }

  /// The object with a member set; where there is no value, as it was.
  func with(_ name: String, _ value: JSON?) -> JSON {
    guard let value, isObject else { return self }
    var members = members.filter { $0.name != name }
    members.append(Member(name: name, value: value))
    return JSON(.object(members), line: Int(line), column: Int(column))
  }

  func without(_ names: String...) -> JSON {
    guard isObject else { return self }
    let members = members.filter { !names.contains($0.name) }
    return JSON(.object(members), line: Int(line), column: Int(column))
  }

  /// Whether an object has the member at all, be it null.
  func has(_ name: String) -> Bool { members.contains { $0.name == name } }

  /// The whole number, kept between two bounds; what is no number at all is nil.
  func int(in range: ClosedRange<Int>) -> Int? {
    guard let number, !number.isNaN else { return nil }
    if number <= Double(range.lowerBound) { return range.lowerBound }
    if number >= Double(range.upperBound) { return range.upperBound }
    return Int(number)
  }

  /// The value with every text in it changed; names of members stay.
  func mapTexts(_ change: (String) -> String) -> JSON {
    let kind: Kind =
      switch kind {
      case .string(let text): .string(change(text))
      case .array(let elements): .array(elements.map { $0.mapTexts(change) })
      case .object(let members):
        .object(members.map { Member(name: $0.name, value: $0.value.mapTexts(change)) })
      default: kind
      }
    return JSON(kind, line: Int(line), column: Int(column))
  }

  /// The value with every place in it changed.
  func mapPlaces(_ change: (_ line: Int, _ column: Int) -> (line: Int, column: Int)) -> JSON {
    let kind: Kind =
      switch kind {
      case .array(let elements): .array(elements.map { $0.mapPlaces(change) })
      case .object(let members):
        .object(members.map { Member(name: $0.name, value: $0.value.mapPlaces(change)) })
      default: kind
      }
    let place = change(Int(line), Int(column))
    return JSON(kind, line: place.line, column: place.column)
  }
}
