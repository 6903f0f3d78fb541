/// Paths of a series' points in px.
struct LinePaths {
  struct Point {
    var x: Double
    var y: Double
    var base: Double
  }

  /// What remains of a run when no more can be seen: of each column of px the first, the lowest, the highest, the last.
  static func thinned(_ points: [Point]) -> [Point] {
    guard points.count > 4 else { return points }
    var result: [Point] = []
    var start = 0
    while start < points.count {
      let column = points[start].x.rounded(.down)
      var end = start + 1
      var (low, high) = (start, start)
      while end < points.count, points[end].x.rounded(.down) == column {
        if points[end].y < points[low].y { low = end }
        if points[end].y > points[high].y { high = end }
        end += 1
      }
      for index in Set([start, low, high, end - 1]).sorted() { result.append(points[index]) }
      start = end
    }
    return result
  }

  static func line(_ points: [Point], _ interpolation: SeriesStyle.Interpolation) -> PathData {
    var path = PathData()
    guard let first = points.first else { return path }
    path.move(first.x, first.y)
    extend(&path, points, interpolation)
    return path
  }

  /// The area between the line and its base.
  static func area(_ points: [Point], _ interpolation: SeriesStyle.Interpolation) -> PathData {
    var path = line(points, interpolation)
    guard let last = points.last else { return path }
    let base = points.reversed().map { Point(x: $0.x, y: $0.base, base: 0) }
    path.line(last.x, last.base)
    // Backwards, the step before a point is the step after it.
    let backwards: SeriesStyle.Interpolation =
      switch interpolation {
      case .stepAfter: .stepBefore
      case .stepBefore: .stepAfter
      default: interpolation
      }
    extend(&path, base, backwards)
    path.close()
    return path
  }

  private static func extend(_ path: inout PathData, _ points: [Point], _ interpolation: SeriesStyle.Interpolation) {
    guard interpolation != .smooth else { return smooth(&path, points) }
    for (from, to) in zip(points, points.dropFirst()) {
      switch interpolation {
      case .stepAfter: path.line(to.x, from.y)
      case .stepBefore: path.line(from.x, to.y)
      default: break
      }
      path.line(to.x, to.y)
    }
  }

  /// A cubic curve that never overshoots its points. [Fritsch and Carlson 1980]
  private static func smooth(_ path: inout PathData, _ points: [Point]) {
    guard points.count > 2 else { return extend(&path, points, .linear) }
    let slopes = zip(points, points.dropFirst()).map { from, to in
      to.x == from.x ? 0 : (to.y - from.y) / (to.x - from.x)
    }
    let inner = zip(slopes, slopes.dropFirst()).map { left, right in
      left * right <= 0 ? 0 : 2 * left * right / (left + right)
    }
    let tangents = [slopes[0]] + inner + [slopes[slopes.count - 1]]
    for index in slopes.indices {
      let (from, to) = (points[index], points[index + 1])
      let third = (to.x - from.x) / 3
      path.curve(
        from.x + third, from.y + tangents[index] * third, to.x - third, to.y - tangents[index + 1] * third, to.x, to.y)
    }
  }
}
