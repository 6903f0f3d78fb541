extension [Frame] {
  /// Gives each field the name that Grafana would, before any configured one.
  mutating func nameFields() {
    let single = Legend.singleLabel(self)
    let frameNamesDiffer = zip(self, dropFirst()).contains { $0.name != $1.name }
    for frame in indices {
      for field in self[frame].fields.indices {
        self[frame].fields[field].displayName = Legend.displayName(
          of: self[frame].fields[field], in: self[frame], single: single, frameNamesDiffer: frameNamesDiffer)
      }
    }
  }
}

extension Field {
  /// Under another name from now on.
  mutating func rename(_ name: String) {
    nameFromSource = name
    displayName = name
  }
}
