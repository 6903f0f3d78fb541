import Services
import Testing

struct FaultScheduleTests {
  @Test func isAPureFunctionOfTime() {
    var schedule = FaultSchedule(
      [.init(at: .seconds(9), fault: .none), .init(at: .seconds(3), fault: .down)], restarts: [.seconds(5)])
    #expect(schedule.fault(at: .seconds(2)) == .none)
    #expect(schedule.fault(at: .seconds(3)) == .down)
    #expect(schedule.fault(at: .seconds(9)) == .none)
    #expect(schedule.restarted(since: .seconds(4), until: .seconds(5)))
    #expect(!schedule.restarted(since: .seconds(5), until: .seconds(6)))
    schedule.append(.hang, at: .seconds(11))
    schedule.restart(at: .seconds(12))
    #expect(schedule.fault(at: .seconds(10)) == .none)
    #expect(schedule.fault(at: .seconds(11)) == .hang)
    #expect(schedule.restarted(since: .seconds(11), until: .seconds(12)))
  }
}
