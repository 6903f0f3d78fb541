import Diagnostics
import Events
public import Scenarios

/// A dashboard whose own queries, those of variables and annotations, must work.
public struct DashboardDemand: Sendable {
  public var expectation: DashboardExpectation
  /// The dashboard's number in the bundle.
  public var dashboard: Int
  public var title: String

  /// Creates a demand.
  public init(expectation: DashboardExpectation, dashboard: Int, title: String) {
    self.expectation = expectation
    self.dashboard = dashboard
    self.title = title
  }

  var id: String { "dashboard '\(title)' variables" }
}

/// That nothing is wrong with the queries of a dashboard's variables and annotations.
func judge(_ demand: DashboardDemand, problems: [String]?) -> Judgement {
  guard let problems else {
    return Judgement(verdict: .error, message: "the dashboard was not looked at", expected: "an answer")
  }
  // Most are there over each range.
  let distinct = unique(problems)
  guard let first = distinct.first else { return .passed("the variables and annotations of '\(demand.title)' work") }
  return .failed(first, expected: "no problem", actual: distinct.count == 1 ? "one" : "\(distinct.count)")
}

/// A panel of which data is demanded.
public struct PanelDemand: Sendable {
  public var expectation: DashboardExpectation
  /// The dashboard's number in the bundle.
  public var dashboard: Int
  public var dashboardTitle: String
  /// The panel's id in it.
  public var panel: Int
  public var title: String

  /// Creates a demand.
  public init(
    expectation: DashboardExpectation, dashboard: Int, dashboardTitle: String, panel: Int, title: String
  ) {
    self.expectation = expectation
    self.dashboard = dashboard
    self.dashboardTitle = dashboardTitle
    self.panel = panel
    self.title = title
  }

  var id: String {
    let name = title.isEmpty ? "" : " '\(title)'"
    return "dashboard '\(dashboardTitle)' panel \(panel)\(name)"
  }

  /// The exception for a query of it.
  func exception(for query: PanelQueryResult) -> DashboardExpectation.PanelException? {
    expectation.exceptions.first { exception in
      (exception.panel.value == "\(panel)" || exception.panel.value == title)
        && (exception.query == nil || exception.query == query.refID)
    }
  }

  func accepts(_ verdict: DataVerdict) -> Bool {
    expectation.isStrict ? verdict == .data || verdict == .notApplicable : verdict.showsData
  }
}

/// That each query of a panel shows data over each range, but for those that are excepted.
func judge(_ demand: PanelDemand, _ seen: PanelResult?) -> Judgement {
  guard let seen else {
    return Judgement(verdict: .error, message: "the panel was not looked at", expected: "data")
  }
  guard !seen.queries.isEmpty else {
    return Judgement(verdict: .skipped, message: "not applicable: \(seen.reason ?? "it asks nothing of Prometheus")")
  }
  let wrong = seen.queries.filter { !demand.accepts($0.verdict) && demand.exception(for: $0) == nil }
  guard let first = wrong.max(by: { $0.verdict < $1.verdict }) else { return pass(demand, seen) }
  let why = first.explanation.map { ": \($0)" } ?? ""
  return .failed(
    "panel \(seen.panel) '\(seen.title)', query \(first.refID) over \(first.range) is \(first.verdict.rawValue)\(why)",
    expected: demand.expectation.isStrict ? "data that is not all zero" : "data", actual: first.verdict.rawValue)
}

private func pass(_ demand: PanelDemand, _ seen: PanelResult) -> Judgement {
  let ranges = unique(seen.queries.map(\.range)).joined(separator: ", ")
  var judgement = Judgement.passed("panel \(seen.panel) '\(seen.title)': \(seen.verdict.rawValue) over \(ranges)")
  for exception in demand.expectation.exceptions {
    let excepted = seen.queries.filter { query in
      demand.exception(for: query).map { $0.panel.value == exception.panel.value && $0.query == exception.query }
        ?? false
    }
    guard !excepted.isEmpty else { continue }
    if excepted.allSatisfy({ demand.accepts($0.verdict) }) {
      judgement.notes.append("its exception is no longer needed (\(exception.reason)): take it out")
    } else {
      judgement.message += "; excepted: \(exception.reason)"
    }
  }
  return judgement
}

/// What a person wants to see of a panel: of each query what was sent and what came back; ranges that differ in nothing stand together.
func evidence(for demand: PanelDemand, _ seen: PanelResult?) -> [String] {
  var wrong = seen?.queries.filter { !demand.accepts($0.verdict) && demand.exception(for: $0) == nil } ?? []
  var lines: [String] = []
  while let first = wrong.first {
    let alike = wrong.filter { $0.refID == first.refID && $0.explanation == first.explanation }
    wrong.removeAll { $0.refID == first.refID && $0.explanation == first.explanation }
    let why = first.explanation.map { ": \($0)" } ?? ""
    lines.append(
      "\(first.refID) over \(unique(alike.map(\.range)).joined(separator: ", ")), \(first.verdict.rawValue)\(why)")
    lines += ([first.expression] + first.evidence).map { "  \($0)" }
  }
  return lines
}

func unique(_ texts: [String]) -> [String] {
  var seen: Set<String> = []
  return texts.filter { seen.insert($0).inserted }
}
