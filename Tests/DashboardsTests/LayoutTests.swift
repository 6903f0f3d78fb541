import Dashboards
import Testing

@Suite struct LayoutTests {
  private func layout(_ members: String) async throws -> (queries: DashboardQueries, layout: DashboardLayout) {
    let dashboard = try #require(Given.dashboard(members))
    let queries = await dashboard.planned()
    return (queries, DashboardLayout(queries, of: dashboard))
  }

  private static let variable = """
    "templating": {"list": [{"name": "v", "type": "custom", "includeAll": true, "multi": true, "query": "a,b,c"}]}
    """

  private func places(_ layout: DashboardLayout) -> [[Int]] { layout.panels.map { [$0.x, $0.y, $0.width, $0.height] } }

  @Test func panelsStayWhereTheyAre() async throws {
    let (_, layout) = try await layout(
      """
      "panels": [{"id": 1, "type": "text", "gridPos": {"x": 0, "y": 0, "w": 12, "h": 4}},
      {"id": 2, "type": "text", "gridPos": {"x": 12, "y": 0, "w": 12, "h": 8}}]
      """)
    #expect(places(layout) == [[0, 0, 12, 4], [12, 0, 12, 8]])
    #expect(layout.rows.isEmpty)
  }

  @Test func copiesLieSideBySideAndMoveWhatIsBelow() async throws {
    let (_, layout) = try await layout(
      """
      "panels": [{"id": 1, "type": "text", "repeat": "v", "maxPerRow": 2, "gridPos": {"x": 0, "y": 0, "w": 24, "h": 4}},
      {"id": 2, "type": "text", "gridPos": {"x": 0, "y": 4, "w": 24, "h": 3}}], \(Self.variable)
      """)
    #expect(places(layout) == [[0, 0, 12, 4], [12, 0, 12, 4], [0, 4, 12, 4], [0, 8, 24, 3]])
  }

  @Test func copiesLieBelowEachOther() async throws {
    let (_, layout) = try await layout(
      """
      "panels": [{"id": 1, "type": "text", "repeat": "v", "repeatDirection": "v", "gridPos": {"x": 6, "y": 0, "w": 6, "h": 4}}],
      \(Self.variable)
      """)
    #expect(places(layout) == [[6, 0, 6, 4], [6, 4, 6, 4], [6, 8, 6, 4]])
  }

  @Test func copiesOfARowFollowEachOther() async throws {
    let (queries, layout) = try await layout(
      """
      "panels": [{"id": 1, "type": "row", "title": "Row $v", "repeat": "v", "collapsed": true, "gridPos": {"x": 0, "y": 0, "w": 24, "h": 1},
      "panels": [{"id": 2, "type": "text", "gridPos": {"x": 0, "y": 1, "w": 24, "h": 4}}]}], \(Self.variable)
      """)
    #expect(layout.rows.map(\.title) == ["Row a", "Row b", "Row c"])
    #expect(layout.rows.map(\.y) == [0, 5, 10])
    #expect(!layout.rows.contains { !$0.isCollapsed })
    let texts = queries.panels.indices.filter { queries.panels[$0].panel.type == "text" }
    #expect(texts.map { layout.panels[$0].y } == [1, 6, 11])
  }
}
