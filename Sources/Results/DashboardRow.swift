import Events
import GRDB

struct DashboardRow: Record {
  static let databaseTableName = "dashboards"
  var run: String
  var scenario: Int
  var atNs: Int64
  var title: String
  var file: String
  var range: String
  var variables: [DashboardResult.Variable]
  var problems: [String]
  var panels: [PanelResult]
  var picture: String?

  init(_ value: DashboardResult, of key: ScenarioKey) {
    run = key.run
    scenario = key.scenario
    atNs = value.at.nanoseconds
    title = value.title
    file = value.file
    range = value.range
    variables = value.variables
    problems = value.problems
    panels = value.panels
    picture = value.picture
  }

  var value: DashboardResult {
    DashboardResult(
      title: title, file: file, at: .nanoseconds(atNs), range: range, variables: variables,
      problems: problems, panels: panels, picture: picture)
  }
}
