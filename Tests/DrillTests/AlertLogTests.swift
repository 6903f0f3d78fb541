import Events
import Foundation
import Testing

@testable import Drill
@testable import Stack

/// The log of alerts against raw samples as Prometheus returns them.
@Suite struct AlertLogTests {
  private static let epoch = 1_772_352_000.0

  private func log() throws -> AlertLog {
    let groups = """
      [{"name": "g", "file": "f", "interval": 15, "rules": [{"name": "Hot", "query": "x", "health": "ok", "type": "alerting"}]}]
      """
    return AlertLog(epoch: Self.epoch, groups: try JSONDecoder().decode([RuleGroup].self, from: Data(groups.utf8)))
  }

  private func series(_ state: String, _ offsets: [Double]) throws -> QueryValue.Series {
    let values = offsets.map { "[\(Self.epoch + $0), \"1\"]" }.joined(separator: ",")
    let text = """
      {"metric": {"__name__": "ALERTS", "alertname": "Hot", "alertstate": "\(state)", "job": "a"}, "values": [\(values)]}
      """
    return try JSONDecoder().decode(QueryValue.Series.self, from: Data(text.utf8))
  }

  private func summary(_ transitions: [AlertTransition]) -> [String] {
    transitions.map { "\($0.at.prometheusText) \($0.from) \($0.to)" }
  }

  @Test func everyChangeIsAtItsEvaluation() throws {
    var log = try log()
    let samples = [try series("pending", [5, 20]), try series("firing", [35, 50])]
    #expect(
      summary(log.take(samples, now: .seconds(55), annotations: [])) == ["5s inactive pending", "35s pending firing"])
    #expect(log.firing == ["Hot"])
    // At 65 s it was no longer there.
    #expect(summary(log.take([], now: .seconds(66), annotations: [])) == ["1m5s firing inactive"])
    #expect(log.firing.isEmpty)
  }

  @Test func looksThatOverlapAddNothing() throws {
    var log = try log()
    let samples = [try series("pending", [5, 20])]
    #expect(log.take(samples, now: .seconds(21), annotations: []).count == 1)
    #expect(log.take(samples, now: .seconds(22), annotations: []).isEmpty)
    // Not resolved before its next evaluation has passed.
    #expect(log.take([], now: .seconds(35), annotations: []).isEmpty)
  }

  @Test func aGapBetweenTwoLooksIsARecovery() throws {
    var log = try log()
    let samples = [try series("firing", [5, 20, 80])]
    #expect(
      summary(log.take(samples, now: .seconds(81), annotations: [])) == [
        "5s inactive firing", "35s firing inactive", "1m20s inactive firing",
      ])
  }
}
