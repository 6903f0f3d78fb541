/// The formats in which a service can expose its metrics.
public enum ExpositionFormat: Sendable, CaseIterable {
  /// Prometheus text 0.0.4.
  case text
  /// OpenMetrics text 1.0.0.
  case openMetrics

  /// What the header `Content-Type` says.
  public var contentType: String {
    switch self {
    case .text: "text/plain; version=0.0.4; charset=utf-8"
    case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
    }
  }

  /// The format that a client with this `Accept` header likes best; text where it says nothing that we know.
  public static func negotiate(accept: String?) -> ExpositionFormat {
    var best: (format: ExpositionFormat, quality: Double)?
    for range in (accept ?? "").split(separator: ",") {
      guard let offer = Offer(range), offer.quality > best?.quality ?? 0 else { continue }
      best = (offer.format, offer.quality)
    }
    return best?.format ?? .text
  }

  /// Writes the families in this format.
  public func write(_ families: [MetricFamily]) -> String {
    switch self {
    case .text: TextFormat.write(families)
    case .openMetrics: OpenMetrics.write(families)
    }
  }

  /// One media range of an `Accept` header that we can serve.
  private struct Offer {
    var format: ExpositionFormat
    var quality = 1.0

    init?(_ range: Substring) {
      let parts = range.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
      let parameters = parts.dropFirst()
      let version = parameters.first { $0.hasPrefix("version=") }?.dropFirst("version=".count)
      switch (parts.first, version) {
      case ("application/openmetrics-text", nil), ("application/openmetrics-text", "1.0.0"): format = .openMetrics
      case ("text/plain", nil), ("text/plain", "0.0.4"), ("*/*", _), ("text/*", _): format = .text
      default: return nil
      }
      if let given = parameters.first(where: { $0.hasPrefix("q=") }) {
        guard let quality = Double(given.dropFirst(2)) else { return nil }
        self.quality = quality
      }
    }
  }
}
