/// Estimates how wide text is: no font is at hand, so the estimate is that of a wide sans-serif (DejaVu Sans).
enum TextWidth {
  /// In px of a font `size` px high.
  static func of(_ text: String, size: Double = 12, bold: Bool = false) -> Double {
    text.unicodeScalars.reduce(0) { $0 + ems($1) } * size * (bold ? 1.06 : 1)
  }

  /// The text, or as much of its beginning as fits before an ellipsis; nothing where not even that fits.
  static func cut(_ text: String, size: Double = 12, bold: Bool = false, to width: Double) -> String {
    let scale = size * (bold ? 1.06 : 1)
    let ellipsis = scale
    var used = 0.0
    var fitting = text.startIndex
    for index in text.indices {
      if used + ellipsis <= width { fitting = index }
      used += text[index].unicodeScalars.reduce(0) { $0 + ems($1) } * scale
      guard used <= width else { return used > width && ellipsis <= width ? text[..<fitting] + "…" : "" }
    }
    return text
  }

  private static func ems(_ scalar: Unicode.Scalar) -> Double {
    switch scalar.value {
    case 0..<0x20: 0.32
    case 0x20..<0x7F: ascii[Int(scalar.value) - 0x20]
    case 0x300..<0x370, 0x200B...0x200F, 0xFE00...0xFE0F: 0
    case 0x7F..<0x1100: 0.75
    case 0x2026: 1
    case 0x2000..<0x2E80: 0.9
    default: 1.3
    }
  }

  /// From the space to the tilde, in ems.
  private static let ascii: [Double] = [
    0.32, 0.41, 0.46, 0.84, 0.64, 0.96, 0.78, 0.28, 0.39, 0.39, 0.5, 0.84, 0.32, 0.37, 0.32, 0.34,
    0.64, 0.64, 0.64, 0.64, 0.64, 0.64, 0.64, 0.64, 0.64, 0.64, 0.34, 0.34, 0.84, 0.84, 0.84, 0.54,
    1.0, 0.69, 0.69, 0.72, 0.78, 0.68, 0.61, 0.78, 0.76, 0.3, 0.4, 0.67, 0.56, 0.87, 0.75, 0.79,
    0.67, 0.79, 0.72, 0.67, 0.65, 0.74, 0.69, 0.99, 0.69, 0.65, 0.69, 0.39, 0.34, 0.39, 0.84, 0.56,
    0.5, 0.62, 0.64, 0.56, 0.64, 0.62, 0.36, 0.64, 0.64, 0.28, 0.33, 0.6, 0.28, 0.98, 0.64, 0.62,
    0.64, 0.64, 0.42, 0.53, 0.4, 0.64, 0.6, 0.84, 0.6, 0.6, 0.53, 0.64, 0.34, 0.64, 0.84,
  ]
}
