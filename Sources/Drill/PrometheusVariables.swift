import Dashboards
import Exposition
import Stack

/// Answers the queries of variables from the real Prometheus.
struct PrometheusVariables: VariableSource {
  let server: PrometheusAPI

  func answer(_ request: VariableRequest) async throws -> VariableAnswer {
    let (start, end) = (Double(request.start), Double(request.end))
    switch request.kind {
    case .labelNames(let match):
      return .names(try await server.labelNames(of: match.map { [$0] } ?? [], from: start, to: end))
    case .labelValues(let label, let match):
      return .names(try await server.labelValues(label, of: match.map { [$0] } ?? [], from: start, to: end))
    case .series(let match): return .series(try await server.series([match], from: start, to: end))
    case .instant(let expression):
      switch try await server.query(expression, at: end) {
      case .vector(let samples):
        return .samples(
          samples.map { .init(labels: $0.metric, value: $0.value.value.goText, time: Int64($0.value.time * 1000)) })
      case .scalar(let point): return .scalar(point.value.goText)
      case .string(let text): return .scalar(text)
      case .matrix: throw StackError("the query of a variable returns a range vector, which offers no choices")
      }
    }
  }
}
