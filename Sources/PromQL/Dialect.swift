/// Which PromQL: it grew between the major versions of Prometheus.
public enum Dialect: String, Sendable, CaseIterable {
  /// Prometheus 2, as 2.42 reads it with its default flags.
  case v2 = "2"
  /// Prometheus 3 with all that it can be told to enable: UTF-8 names, numbers as durations, duration expressions, experimental functions and
  /// aggregations, `anchored`, `smoothed`, `fill`.
  case v3 = "3"

  /// The dialect of a Prometheus of this version, `2.42.0` or `3.1.0`.
  public init(version: String) {
    let major = version.drop { !$0.isNumber }.prefix { $0.isNumber }
    self = (Int(major) ?? 2) < 3 ? .v2 : .v3
  }
}

/// Why a text is no expression.
public struct ParseError: Error, Hashable, Sendable {
  /// One sentence without a final full stop.
  public var message: String
  /// UTF-8 bytes of the expression that are at fault; may be empty, at the end of the text.
  public var range: Range<Int>
  /// What to do about it.
  public var advice: String?

  init(_ message: String, at range: Range<Int>, advice: String? = nil) {
    self.message = message
    self.range = range
    self.advice = advice
  }

  /// Characters of `text` before the fault.
  public func characterOffset(in text: String) -> Int { text.characterOffset(ofByte: range.lowerBound) }

  /// 1-based line and column of the fault in `text`.
  public func lineAndColumn(in text: String) -> (line: Int, column: Int) {
    let before = text.utf8.prefix(range.lowerBound)
    let line = before.count { $0 == UInt8(ascii: "\n") } + 1
    let lastLine = before.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).last ?? before
    return (line, String(decoding: lastLine, as: UTF8.self).count + 1)
  }
}

extension String {
  /// How many characters lie before a UTF-8 offset.
  fileprivate func characterOffset(ofByte offset: Int) -> Int {
    String(decoding: utf8.prefix(offset), as: UTF8.self).count
  }
}
