import Signals
import Testing

@Suite struct TrackTests {
  private func notation(_ values: [Double?], repeatsLast: Bool = false) -> Signal {
    .notation(Notation(values: values), step: .seconds(10), repeatsLast: repeatsLast)
  }

  @Test func absentBeforeTheFirstSegment() {
    var track = Track(cumulative: false)
    track.append(.constant(1), at: .seconds(5))
    #expect(track.value(at: .seconds(4)) == nil)
    #expect(track.value(at: .seconds(5)) == 1)
  }

  @Test func goesOnFromTheValueItHad() {
    var track = Track(cumulative: false)
    track.append(.constant(10), at: .seconds(-100))
    track.append(.ramp(start: nil, end: 20, over: .seconds(10)), at: .seconds(0))
    track.append(.rate(perSecond: 2, start: nil), at: .seconds(20))
    #expect([-50, 0, 5, 10, 15, 20, 25].map { track.value(at: .seconds($0)) } == [10, 10, 15, 20, 20, 20, 30])
  }

  @Test func rateHasNoDrift() {
    var track = Track(cumulative: true)
    track.append(.rate(perSecond: 0.1, start: nil), at: .zero)
    #expect(track.value(at: .seconds(1_000_000)) == 100_000)
    track.restart(at: .seconds(1_000_001))
    #expect(track.value(at: .seconds(1_000_001)) == 0)
    #expect(track.value(at: .seconds(1_000_011)) == 1)
  }

  @Test func countersRestart() {
    var track = Track(cumulative: true)
    track.append(notation([1, 5, 9, 12], repeatsLast: true), at: .zero)
    track.restart(at: .seconds(10))
    #expect([0, 9, 10, 20, 30, 99].map { track.value(at: .seconds($0)) } == [1, 1, 0, 4, 7, 7])
    var constant = Track(cumulative: true)
    constant.append(.constant(7), at: .zero)
    constant.restart(at: .seconds(1))
    #expect(constant.value(at: .seconds(2)) == 0)
  }

  @Test func gaugesAreUntouchedByRestarts() {
    var track = Track(cumulative: false)
    track.append(.constant(7), at: .zero)
    track.restart(at: .seconds(1))
    #expect(track.value(at: .seconds(2)) == 7)
  }

  @Test(
    arguments: [
      .wave(mean: 5, amplitude: 3, period: .seconds(60)), .wave(mean: 5, amplitude: -3, period: .seconds(60)),
      .noise(mean: 5, deviation: 2, seed: 9), .rate(perSecond: -1, start: 50),
      .ramp(start: 9, end: 1, over: .seconds(70)),
      .steps([.init(at: .zero, value: 4), .init(at: .seconds(33), value: 8), .init(at: .seconds(50), value: 2)]),
    ] as [Signal])
  func countersNeverFall(signal: Signal) {
    var track = Track(cumulative: true)
    track.append(signal, at: .zero)
    track.append(.constant(1), at: .seconds(200))
    let values = (0...300).compactMap { track.value(at: .seconds($0)) }
    #expect(values.count == 301)
    #expect(zip(values, values.dropFirst()).allSatisfy { $0 <= $1 })
    // The peak is what the signal itself reached, not more.
    var gauge = Track(cumulative: false)
    gauge.append(signal, at: .zero)
    let highest = (0...199).compactMap { gauge.value(at: .seconds($0)) }.max() ?? 0
    #expect(abs((values.last ?? 0) - highest) < 1e-9)
  }

  @Test func aWaveIsASine() throws {
    var track = Track(cumulative: false)
    track.append(.wave(mean: 10, amplitude: 4, period: .seconds(12)), at: .zero)
    for (second, expected) in [(0, 10.0), (1, 12), (3, 14), (6, 10), (7, 8), (9, 6), (12, 10), (11, 8)] {
      let value = try #require(track.value(at: .seconds(second)))
      #expect(abs(value - expected) < 1e-12)
    }
  }

  @Test func notationEnds() {
    var track = Track(cumulative: false)
    track.append(notation([1, nil, 3]), at: .zero)
    #expect([0, 9, 10, 20, 29, 30].map { track.value(at: .seconds($0)) } == [1, 1, nil, 3, 3, nil])
  }

  @Test func noiseIsTheSameEachTime() {
    var track = Track(cumulative: false)
    track.append(.noise(mean: 10, deviation: 1, seed: 1), at: .zero)
    let values = (0..<50).compactMap { track.value(at: .seconds($0)) }
    #expect(values == (0..<50).compactMap { track.value(at: .seconds($0)) })
    #expect(Set(values).count == 50)
    #expect(values.allSatisfy { 9 <= $0 && $0 <= 11 })
  }
}

@Suite struct HistogramTrackTests {
  private let feed = Observation(
    perSecond: 7,
    values: [.init(value: 0.05, weight: 0.7), .init(value: 0.2, weight: 0.2), .init(value: 3, weight: 0.1)])

  @Test func countsAreWholeAndFit() throws {
    var track = HistogramTrack(bounds: [0.1, 0.5, 1])
    track.append(feed, at: .zero)
    track.append(Observation(perSecond: 3.3, values: [.init(value: 0.7, weight: 1)]), at: .seconds(55))
    var last = try #require(track.value(at: .zero))
    for second in 1...120 {
      let value = try #require(track.value(at: .seconds(second)))
      #expect(value.buckets.last?.upperBound == .infinity)
      #expect(value.buckets.last?.count == value.count)
      #expect(zip(value.buckets, value.buckets.dropFirst()).allSatisfy { $0.count <= $1.count })
      #expect(zip(last.buckets, value.buckets).allSatisfy { $0.count <= $1.count })
      #expect(last.sum <= value.sum)
      last = value
    }
  }

  @Test func dealsByWeight() throws {
    var track = HistogramTrack(bounds: [0.1, 0.5])
    track.append(feed, at: .zero)
    let value = try #require(track.value(at: .seconds(100)))
    #expect(value.buckets.map(\.count) == [490, 630, 700])
    #expect(abs(value.sum - (490 * 0.05 + 140 * 0.2 + 70 * 3)) < 1e-9)
    #expect([0, 0.5, 0.7, 0.9, 0.95, 1].map { value.quantile($0) } == [0.05, 0.05, 0.05, 0.2, 3, 3])
  }

  @Test func restartsFromZero() throws {
    var track = HistogramTrack(bounds: [])
    track.append(feed, at: .zero)
    track.restart(at: .seconds(10))
    #expect(track.value(at: .seconds(-1)) == nil)
    #expect(track.value(at: .seconds(10))?.count == 0)
    #expect(track.value(at: .seconds(12))?.count == 14)
  }
}
