/// The candidate most like `word`, for "did you mean"; nil where none is near enough to be meant.
///
/// Near enough is an edit distance (insert, delete, replace, swap neighbours) of at most a third of the word's length, and at least 1.
public func nearest(to word: String, in candidates: some Sequence<String>) -> String? {
  let limit = max(1, word.count / 3)
  let ranked = candidates.map { (candidate: $0, distance: editDistance(word.lowercased(), $0.lowercased())) }
  let best = ranked.filter { $0.distance <= limit }.min { ($0.distance, $0.candidate) < ($1.distance, $1.candidate) }
  return best?.candidate
}

/// "did you mean `x`?" where something near exists, else the list of what is allowed (at most twelve).
public func suggestion(for word: String, in candidates: some Collection<String>) -> String? {
  if let near = nearest(to: word, in: candidates) { return "did you mean `\(near)`?" }
  guard !candidates.isEmpty else { return nil }
  let sorted = candidates.sorted()
  let more = sorted.count > 12 ? ", ..." : ""
  return "known here: " + sorted.prefix(12).joined(separator: ", ") + more
}

/// Optimal string alignment distance between two words.
public func editDistance(_ left: String, _ right: String) -> Int {
  let left = Array(left)
  let right = Array(right)
  var beforeLast: [Int] = []
  var last = Array(0...right.count)
  for row in 1..<(left.count + 1) {
    var current = [row] + Array(repeating: 0, count: right.count)
    for column in 1..<(right.count + 1) {
      let cost = left[row - 1] == right[column - 1] ? 0 : 1
      current[column] = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + cost)
      if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
        current[column] = min(current[column], beforeLast[column - 2] + 1)
      }
    }
    beforeLast = last
    last = current
  }
  return last[right.count]
}
