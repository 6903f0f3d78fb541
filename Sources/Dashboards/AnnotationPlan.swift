import Reading

/// Plans the query of an annotation. [Grafana: packages/grafana-prometheus/src/annotations.ts; executeAnnotationQuery]
struct AnnotationPlan {
  let planner: QueryPlanner
  let annotation: Annotation
  let clock: DashboardClock

  func query() -> Query {
    if annotation.isBuiltIn { return silent(.elsewhere(.grafana)) }
    let scope = QueryScope(planner: planner, row: nil, repeats: [], clock: clock, range: clock.range)
    let resolution = scope.dataSources.resolve(
      annotation.dataSource, hint: annotation.model["target"] ?? annotation.model)
    guard case .prometheus(let source) = resolution else { return silent(.elsewhere(resolution)) }
    guard annotation.isEnabled else { return silent(.hidden) }
    guard let expr = annotation.expr, !expr.isEmpty else { return silent(.empty) }
    do {
      return Query(annotation, outcome: .sent(try request(expr, source, scope)))
    } catch {
      return silent(.noStep(error))
    }
  }

  private func silent(_ silence: Silence) -> Query { Query(annotation, outcome: .silent(silence)) }

  /// A range query with a min step of 60s, over as many points as the window is wide.
  private func request(
    _ expr: String, _ source: DataSource, _ scope: QueryScope
  ) throws(NoTime) -> QueryRequest {
    let range = clock.range
    let points = max(1, planner.settings.windowWidth)
    let limit = FrontEndInterval.milliseconds(source.timeInterval ?? "15s") ?? 15_000
    let step = try Step(
      Step.Basis(
        interval: scope.interpolator.interpolate(annotation.step ?? "60s", .format("glob")),
        dataSourceInterval: source.timeInterval,
        intervalMilliseconds: FrontEndInterval.calculate(
          rangeMilliseconds: Double(range.length), resolution: Double(points), limit: limit),
        maxDataPoints: points, range: range.length * 1_000_000))
    let (start, end) = clock.aligned(range, step: step.step)
    let interpolated = scope.interpolator.interpolate(expr, .promQL)
    return QueryRequest(
      kind: .annotation, dataSource: source,
      expr: BuiltIns.replace(in: interpolated, step: step, range: range.length), legendFormat: nil,
      format: .timeSeries, start: start, end: end, step: step.step,
      interval: GoDuration.formatInterval(step.step), rateInterval: GoDuration.format(step.rateInterval),
      wantsExemplars: false, isHidden: false)
  }
}
