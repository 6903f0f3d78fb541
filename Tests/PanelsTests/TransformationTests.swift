import Reading
import Testing

@testable import Panels

@Suite struct TransformationTests {
  private static let table = PanelAnswer(
    refID: "A", expression: "e", format: .table, isInstant: true,
    series: [("a", "x", 3), ("b", "x", 1), ("c", "y", 2)].map { instance, job, value in
      PanelSeries(labels: ["instance": instance, "job": job], points: [PanelPoint(time: 9, value: value)])
    })

  private static let series = ["a", "b"].enumerated().map { index, name in
    PanelAnswer(
      refID: name.uppercased(), expression: "e", legendFormat: "{{i}}",
      series: [
        PanelSeries(
          labels: ["i": name], points: (0..<3).map { PanelPoint(time: Double($0), value: Double($0 * (index + 1))) })
      ])
  }

  /// Columns as `name: cell cell`, one text a frame.
  private func run(_ transformations: String, _ answers: [PanelAnswer]) throws -> [[String]] {
    var (frames, _) = Answers.frames(answers)
    let notes = Transformations.run(try json("[\(transformations)]"), on: &frames)
    #expect(notes.isEmpty)
    return frames.map { frame in
      frame.fields.map { "\($0.displayName): \($0.cells.map(\.plainText).joined(separator: " "))" }
    }
  }

  private func table(_ transformations: String) throws -> [String] { try run(transformations, [Self.table])[0] }

  @Test func organize() throws {
    let options = #"{"excludeByName":{"Time":true},"indexByName":{"Value":0},"renameByName":{"job":"Job","x":""}}"#
    #expect(
      try table(#"{"id":"organize","options":\#(options)}"#) == ["Value: 3 1 2", "instance: a b c", "Job: x x y"])
  }

  @Test func disabledOnesAreSkippedAndUnknownOnesSaid() throws {
    #expect(try table(#"{"id":"limit","disabled":true,"options":{"limitField":1}}"#)[0] == "Time: 9 9 9")
    var frames = Answers.frames([Self.table]).frames
    #expect(
      Transformations.run(try json(#"[{"id":"extractFields"},{"id":7}]"#), on: &frames)
        == ["transformation extractFields is not drawn", "transformation  is not drawn"])
  }

  @Test func merge() throws {
    var other = Self.table
    other.refID = "B"
    other.series.removeLast()
    other.series[0].labels["instance"] = "z"
    let merged = try run(#"{"id":"merge"}"#, [Self.table, other])
    #expect(merged.count == 1)
    #expect(
      merged[0] == ["Time: 9 9 9 9", "instance: a b c z", "job: x x y x", "Value #A: 3 1 2 ", "Value #B:  1  3"])
  }

  @Test func join() throws {
    let joined = try run(#"{"id":"joinByField","options":{"byField":"Time"}}"#, Self.series)
    #expect(joined == [["Time: 0 1 2", "a: 0 1 2", "b: 0 2 4"]])
    var shorter = Self.series
    shorter[1].series[0].points.removeFirst()
    let outer = try run(#"{"id":"seriesToColumns"}"#, shorter)
    #expect(outer == [["Time: 0 1 2", "a: 0 1 2", "b:  2 4"]])
    let inner = try run(#"{"id":"joinByField","options":{"mode":"inner"}}"#, shorter)
    #expect(inner == [["Time: 1 2", "a: 1 2", "b: 2 4"]])
    var other = Self.table
    other.refID = "B"
    let tables = try run(#"{"id":"joinByField","options":{"byField":"instance"}}"#, [Self.table, other])
    #expect(
      tables == [
        [
          "instance: a b c", "Time 1: 9 9 9", "job 1: x x y", "Value #A: 3 1 2", "Time 2: 9 9 9", "job 2: x x y",
          "Value #B: 3 1 2",
        ]
      ])
  }

  @Test func reduce() throws {
    let rows = try run(#"{"id":"reduce","options":{"reducers":["max","mean"]}}"#, Self.series)
    #expect(rows == [["Field: a b", "Max: 2 4", "Mean: 1 2"]])
    let labels = try run(#"{"id":"reduce","options":{"reducers":["last"],"labelsToFields":true}}"#, Self.series)
    #expect(labels == [["Field: Value Value", "i: a b", "Last: 2 4"]])
    let fields = try run(#"{"id":"reduce","options":{"mode":"reduceFields","reducers":["sum"]}}"#, Self.series)
    #expect(fields == [["a: 3"], ["b: 6"]])
  }

  @Test func filters() throws {
    #expect(
      try table(#"{"id":"filterFieldsByName","options":{"include":{"names":["job"],"pattern":"/^V/"}}}"#)
        == ["job: x x y", "Value: 3 1 2"])
    #expect(
      try table(#"{"id":"filterFieldsByName","options":{"exclude":{"pattern":"Time|job|inst"}}}"#) == ["Value: 3 1 2"])
    #expect(try run(#"{"id":"filterFieldsByName","options":{"include":{"names":["no"]}}}"#, [Self.table]).isEmpty)
    let filtered = #"{"id":"limit","options":{"limitField":1},"filter":{"id":"byRefId","options":"B"}}"#
    #expect(Set(try run(filtered, Self.series)) == [["Time: 0", "b: 0"], ["Time: 0 1 2", "a: 0 1 2"]])
  }

  @Test func rows() throws {
    #expect(
      try table(#"{"id":"sortBy","options":{"sort":[{"field":"Value"}]}}"#)
        == ["Time: 9 9 9", "instance: b c a", "job: x y x", "Value: 1 2 3"])
    #expect(try table(#"{"id":"sortBy","options":{"sort":[{"field":"Value","desc":true}]}}"#)[1] == "instance: a c b")
    #expect(try table(#"{"id":"limit","options":{"limitField":2}}"#)[1] == "instance: a b")
    #expect(try table(#"{"id":"limit","options":{"limitField":-2}}"#)[1] == "instance: ")
    let group = #"{"job":{"operation":"groupby"},"Value":{"operation":"aggregate","aggregations":["sum","max"]}}"#
    #expect(
      try table(#"{"id":"groupBy","options":{"fields":\#(group)}}"#) == [
        "job: x y", "Value (sum): 4 2", "Value (max): 3 2",
      ])
    #expect(
      try run(#"{"id":"seriesToRows"}"#, Self.series)
        == [["Time: 2 2 1 1 0 0", "Metric: a b a b a b", "Value: 2 4 1 2 0 0"]])
  }

  @Test func labels() throws {
    let columns = try run(#"{"id":"labelsToFields"},{"id":"merge"}"#, [Self.series[0]])
    #expect(columns == [["Time: 0 1 2", "i: a a a", "Value: 0 1 2"]])
    let named = try run(#"{"id":"labelsToFields","options":{"valueLabel":"i"}}"#, Self.series)
    #expect(named == [["Time: 0 1 2", "a: 0 1 2"], ["Time: 0 1 2", "b: 0 2 4"]])
    #expect(
      try run(#"{"id":"labelsToFields","options":{"mode":"rows"}}"#, [Self.series[0]]) == [["label: i", "value: a"]])
  }

  @Test func calculations() throws {
    let binary = #"{"left":"a","operator":"/","right":"b"}"#
    let quotient = try run(#"{"id":"calculateField","options":{"mode":"binary","binary":\#(binary)}}"#, Self.series)
    #expect(quotient == [["Time: 0 1 2", "a: 0 1 2", "b: 0 2 4", "a / b: NaN 0.5 0.5"]])
    let fixed = #"{"left":{"matcher":{"id":"byName","options":"b"}},"operator":"*","right":{"fixed":"10"}}"#
    let product = try run(
      #"{"id":"calculateField","options":{"mode":"binary","alias":"P","replaceFields":true,"binary":\#(fixed)}}"#,
      Self.series)
    #expect(product == [["Time: 0 1 2", "P: 0 20 40"]])
    let sum = #"{"mode":"reduceRow","reduce":{"reducer":"sum","include":["a","b"]}}"#
    #expect(try run(#"{"id":"calculateField","options":\#(sum)}"#, Self.series)[0].last == "Total: 0 3 6")
  }

  @Test func renaming() throws {
    let options = #"{"regex":"(.*)e","renamePattern":"<$1>\\n"}"#
    #expect(
      try table(#"{"id":"renameByRegex","options":\#(options)}"#).map { $0.prefix { $0 != ":" } }
        == ["Time", "<instanc>\\n", "job", "<Valu>\\n"].map { $0[...] })
  }
}
