import Signals
import Testing

@Suite struct TrackTests {
  private func minutes(_ count: Int) -> Duration { .seconds(60 * count) }

  @Test func aRateGoesOnFromWhereItWas() {
    var track = Track(cumulative: true)
    track.append(.rate(perSecond: 2, start: 0), at: .zero)
    track.append(.rate(perSecond: 5, start: nil), at: minutes(1))
    #expect(track.value(at: minutes(1)) == 120)
    #expect(track.value(at: minutes(2)) == 420)
  }

  @Test func aCounterBeginsAgainAtARestart() {
    var track = Track(cumulative: true)
    track.append(.rate(perSecond: 1, start: 100), at: .zero)
    track.restart(at: minutes(2))
    #expect(track.value(at: .seconds(119)) == 219)
    #expect(track.value(at: minutes(2)) == 0)
    #expect(track.value(at: minutes(3)) == 60)
  }

  @Test func aGaugeDoesNotCareForARestart() {
    var track = Track(cumulative: false)
    track.append(.constant(7), at: .zero)
    track.restart(at: minutes(2))
    #expect(track.value(at: minutes(3)) == 7)
  }

  @Test func nothingIsExposedBeforeAfterAndInGaps() throws {
    var track = Track(cumulative: false)
    track.append(.notation(try Notation.parse("1 _ 3"), step: minutes(1), repeatsLast: false), at: .zero)
    #expect(track.value(at: .seconds(-1)) == nil)
    #expect([0, 1, 2, 3].map { track.value(at: minutes($0)) } == [1, nil, 3, nil])
  }

  @Test func rampsWavesAndSteps() {
    var track = Track(cumulative: false)
    track.append(.ramp(start: 10, end: 20, over: minutes(10)), at: .zero)
    #expect([0, 5, 10, 15].map { track.value(at: minutes($0)) } == [10, 15, 20, 20])
    track.append(.wave(mean: 1, amplitude: 2, period: minutes(4)), at: minutes(20))
    #expect(abs((track.value(at: minutes(21)) ?? 0) - 3) < 1e-9)
    track.append(.steps([.init(at: .zero, value: 4), .init(at: minutes(1), value: 5)]), at: minutes(30))
    #expect(track.value(at: minutes(32)) == 5)
  }

  @Test func noiseIsTheSameForTheSameSeed() {
    let signal = Signal.noise(mean: 10, deviation: 1, seed: 3)
    var left = Track(cumulative: false)
    left.append(signal, at: .zero)
    let right = left
    let values = (0..<100).map { left.value(at: .seconds($0)) ?? 0 }
    #expect(values == (0..<100).map { right.value(at: .seconds($0)) ?? 0 })
    #expect(values.allSatisfy { (9...11).contains($0) } && Set(values).count > 90)
  }

  @Test func distributionsAddUp() {
    var track = DistributionTrack()
    track.append(Observation(perSecond: 10, values: [.init(value: 0.1, weight: 60), .init(value: 0.4, weight: 40)]), at: .zero)
    let seen = track.snapshot(at: minutes(1))
    #expect(seen.count == 600 && seen.count(upTo: 0.2) == 360 && seen.count(upTo: .infinity) == 600)
    #expect(abs(seen.sum - (36 + 96)) < 1e-9)
    #expect(seen.quantile(0.5) == 0.1 && seen.quantile(0.99) == 0.4)
    track.restart(at: minutes(2))
    #expect(track.snapshot(at: minutes(3)).count == 600)
  }
}
