/// Plans the queries of one panel, or of one copy of it.
struct PanelPlan {
  let planner: QueryPlanner
  let panel: Panel
  let repeats: [RepeatValue]
  private let scope: QueryScope
  private let clock: DashboardClock
  private let range: TimeRange
  /// Why the panel has no range.
  private let badTime: String?

  init(planner: QueryPlanner, panel: Panel, repeats: [RepeatValue], clock: DashboardClock) {
    self.planner = planner
    self.panel = panel
    self.repeats = repeats
    self.clock = clock
    func scope(_ range: TimeRange) -> QueryScope {
      QueryScope(planner: planner, row: panel.row, repeats: repeats, clock: clock, range: range)
    }
    let outer = scope(clock.range).interpolator
    do {
      range = try clock.range(
        timeFrom: panel.timeFrom.map { outer.interpolate($0, .format("glob")) },
        timeShift: panel.timeShift.map { outer.interpolate($0, .format("glob")) })
      badTime = nil
    } catch {
      range = clock.range
      badTime = "the panel's time override `\(error.text)` is not valid"
    }
    self.scope = scope(range)
  }

  func queries() -> PanelQueries {
    let rows = planner.dashboard.rows(around: panel.row).map { title(planner.dashboard.rows[$0].title) }
    return PanelQueries(
      panel: panel, title: title(panel.title), row: rows.isEmpty ? nil : rows.joined(separator: " / "),
      repeats: repeats, range: range, queries: panel.targets.flatMap(queries),
      modelToDraw: { [panel, scope] in
        panel.model.mapTexts { scope.interpolator.interpolate($0, .format("text")) }
      })
  }

  private func title(_ text: String) -> String { scope.interpolator.interpolate(text, .format("text")) }

  // MARK: - Targets

  private func queries(of target: Target) -> [Query] {
    do {
      let source = try source(of: target)
      return requests(of: target, to: source, try step(of: target, source))
    } catch {
      return [Query(target, refId: target.refId, outcome: .silent(error))]
    }
  }

  private func source(of target: Target) throws(Silence) -> DataSource {
    if let silence = panel.silence { throw .panel(silence) }
    let resolution = scope.dataSources.resolve(target, in: panel)
    guard case .prometheus(let source) = resolution else { throw .elsewhere(resolution) }
    // An expression may need the hidden ones. [Grafana: runRequest.ts]
    if target.isHidden, !hasExpressions { throw .hidden }
    if (target.expr ?? "").isEmpty { throw .empty }
    if let badTime { throw .invalid(badTime) }
    return source
  }

  private var hasExpressions: Bool {
    panel.targets.contains { scope.dataSources.resolve($0, in: panel) == .expression }
  }

  private func requests(of target: Target, to source: DataSource, _ step: Step) -> [Query] {
    var kinds: [(refId: String, kind: QueryRequest.Kind)] = []
    if target.isRange { kinds.append((target.refId, .range)) }
    if target.isInstant { kinds.append((target.isRange ? target.refId + "-Instant" : target.refId, .instant)) }
    let ranges = [("", range)] + (comparison.map { [("-compare", $0)] } ?? [])
    return ranges.flatMap { suffix, range in
      kinds.map { refId, kind in
        Query(target, refId: refId + suffix, outcome: .sent(request(target, source, step, kind, range)))
      }
    }
  }

  /// The earlier range of a panel that compares. [Scenes: components/SceneTimeRangeCompare.tsx]
  private var comparison: TimeRange? {
    guard let text = panel.timeCompare else { return nil }
    let length = text == "__previousPeriod" ? Double(range.length) : FrontEndInterval.milliseconds(text)
    guard let shift = length.flatMap(Int64.init(exactly:)), shift > 0, shift < TimeExpression.latest else { return nil }
    return TimeRange(from: range.from - shift, to: range.to - shift, isRelative: range.isRelative)
  }

  private func step(of target: Target, _ source: DataSource) throws(Silence) -> Step {
    let interpolator = scope.interpolator
    let own = panel.interval.map { interpolator.interpolate($0, .format("glob")) } ?? ""
    let limit = own.isEmpty ? source.timeInterval ?? "15s" : own
    guard let milliseconds = FrontEndInterval.milliseconds(limit) else { throw .noStep(NoTime(text: limit)) }
    let points = planner.settings.points(of: panel)
    let basis = Step.Basis(
      interval: target.interval.map { interpolator.interpolate($0, .format("glob")) } ?? "",
      intervalFactor: target.intervalFactor, dataSourceInterval: source.timeInterval,
      intervalMilliseconds: FrontEndInterval.calculate(
        rangeMilliseconds: Double(range.length), resolution: Double(points), limit: milliseconds),
      maxDataPoints: points, range: range.length * 1_000_000)
    do { return try Step(basis) } catch { throw .noStep(error) }
  }

  private func request(
    _ target: Target, _ source: DataSource, _ step: Step, _ kind: QueryRequest.Kind, _ range: TimeRange
  ) -> QueryRequest {
    var request = QueryRequest(
      kind: kind, dataSource: source, expr: expr(target.expr ?? "", source, step),
      legendFormat: target.legendFormat.map { scope.interpolator.interpolate($0, .format("glob")) },
      format: target.format, start: range.to * 1_000_000, end: range.to * 1_000_000, step: step.step,
      interval: GoDuration.formatInterval(step.step), rateInterval: GoDuration.format(step.rateInterval),
      wantsExemplars: target.wantsExemplars && kind == .range, isHidden: target.isHidden)
    if kind == .range { (request.start, request.end) = clock.aligned(range, step: step.step) }
    return request
  }

  private func expr(_ text: String, _ source: DataSource, _ step: Step) -> String {
    let interpolated = scope.interpolator.interpolate(text, .promQL)
    let filters = scope.filters(for: source)
    let filtered = filters.isEmpty ? interpolated : planner.addFilters(interpolated, filters)
    return BuiltIns.replace(in: filtered, step: step, range: range.length)
  }
}

extension DashboardClock {
  /// Start and end of a range query in nanoseconds: multiples of the step, counted in the dashboard's time zone.
  /// [Grafana: pkg/promlib/models/query.go AlignTimeRange, which computes in floating point too]
  func aligned(_ range: TimeRange, step: Int64) -> (start: Int64, end: Int64) {
    let offset = Double(calendar.offset(at: range.to)) * 1e9
    func aligned(_ milliseconds: Int64) -> Int64 {
      let moment = Double(milliseconds) * 1e6 + offset
      let floor = (moment / Double(step)).rounded(.down) * Double(step) - offset
      return GoDuration.nanoseconds(floor) ?? 0
    }
    return (aligned(range.from), aligned(range.to))
  }
}
