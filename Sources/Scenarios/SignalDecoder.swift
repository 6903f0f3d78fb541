import Diagnostics
import Reading
import Signals
import Yams

/// Decodes value scripts: promtool's notation, numbers and sizes, `{rate: ...}` and its siblings.
struct SignalDecoder {
  let reader: YAMLReader
  /// How long each value of a notation lasts.
  private(set) var step: Duration
  private(set) var repeatsLast: Bool

  private static let kinds = ["rate", "ramp", "wave", "noise", "steps", "observe"]

  init(reader: YAMLReader, step: Duration, repeatsLast: Bool) {
    self.reader = reader
    self.step = step
    self.repeatsLast = repeatsLast
  }

  /// As `step` and `repeat` among the fields say, else as given.
  init(_ fields: Fields, _ reader: YAMLReader, step: Duration, repeatsLast: Bool) {
    self.init(reader: reader, step: step, repeatsLast: repeatsLast)
    if let node = fields["step"], let own = reader.positive(node, "`step`") { self.step = own }
    if let node = fields["repeat"], let text = reader.text(node, "`repeat`") {
      if text != "last" { reader.report("`repeat` can only be `last`", at: node) }
      self.repeatsLast = true
    }
  }

  /// A script for a series, observations included.
  func script(_ node: Node, _ what: String) -> SeriesScript? {
    guard let observe = node.mapping?["observe"] else { return signal(node, what).map { .value($0) } }
    guard reader.fields(node, what, known: ["observe"]) != nil else { return nil }
    return observation(observe).map { .observations($0) }
  }

  /// A script of one plain value.
  func signal(_ node: Node, _ what: String) -> Signal? {
    guard case .mapping = node else { return scalar(node, what) }
    let known = Self.kinds + (node.mapping?["rate"] == nil ? [] : ["start"])
    guard let fields = reader.fields(node, what, known: known) else { return nil }
    guard let kind = reader.choice(fields, of: Self.kinds) else {
      guard fields.unknown.isEmpty else { return nil }
      reader.report(
        "\(what) is no value script", at: node,
        advice: "use one of \(Self.kinds.joined(separator: ", ")), or a notation: `1+1x10`")
      return nil
    }
    switch kind.name {
    case "rate": return rate(kind.value, start: fields["start"])
    case "ramp": return ramp(kind.value)
    case "wave": return wave(kind.value)
    case "noise": return noise(kind.value)
    case "steps": return steps(kind.value)
    default:
      reader.report("\(what) is one value: it cannot be observed", at: kind.key)
      return nil
    }
  }

  private func scalar(_ node: Node, _ what: String) -> Signal? {
    guard let text = reader.text(node, what) else { return nil }
    if text == "absent" { return .absent }
    let sizeError: NotationError
    do { return .constant(try parseSize(text)) } catch { sizeError = error }
    do {
      return .notation(try Notation.parse(text), step: step, repeatsLast: repeatsLast)
    } catch {
      // `200XB` was meant as a size: both stumble at the unit.
      let isSize = error.offset == sizeError.offset && text.dropFirst(error.offset).allSatisfy(\.isLetter)
      reader.report(isSize ? sizeError : error, in: node)
      return nil
    }
  }

  private func rate(_ node: Node, start: Node?) -> Signal? {
    guard let text = reader.text(node, "`rate`") else { return nil }
    do {
      return .rate(perSecond: try parseRate(text), start: start.flatMap { reader.number($0, "`start`") })
    } catch {
      reader.report(error, in: node)
      return nil
    }
  }

  private func ramp(_ node: Node) -> Signal? {
    guard let fields = reader.fields(node, "`ramp`", known: ["from", "to", "over"]),
      let end = reader.required(fields, "to", of: "`ramp`", example: "{ramp: {from: 0, to: 100, over: 5m}}"),
      let over = reader.required(fields, "over", of: "`ramp`", example: "{ramp: {from: 0, to: 100, over: 5m}}"),
      let target = reader.number(end, "`to`"), let duration = reader.duration(over, "`over`")
    else { return nil }
    return .ramp(start: fields["from"].flatMap { reader.number($0, "`from`") }, end: target, over: duration)
  }

  private func wave(_ node: Node) -> Signal? {
    guard let fields = reader.fields(node, "`wave`", known: ["mean", "amplitude", "period"]),
      let period = reader.required(
        fields, "period", of: "`wave`", example: "{wave: {mean: 10, amplitude: 5, period: 10m}}"),
      let duration = reader.positive(period, "`period`")
    else { return nil }
    return .wave(mean: number(fields["mean"], or: 0), amplitude: number(fields["amplitude"], or: 1), period: duration)
  }

  private func noise(_ node: Node) -> Signal? {
    guard let fields = reader.fields(node, "`noise`", known: ["mean", "deviation", "seed"]) else { return nil }
    let seed = fields["seed"].flatMap { reader.whole($0, "`seed`", in: 0...Int.max) } ?? 1
    return .noise(
      mean: number(fields["mean"], or: 0), deviation: number(fields["deviation"], or: 1), seed: UInt64(seed))
  }

  private func steps(_ node: Node) -> Signal? {
    guard let fields = reader.fields(node, "`steps`") else { return nil }
    let steps = fields.entries.compactMap { entry -> Signal.Step? in
      guard let at = reader.duration(entry.key, "a time of `steps`"),
        let value = reader.number(entry.value, "a value of `steps`")
      else { return nil }
      return Signal.Step(at: at, value: value)
    }
    if fields.entries.isEmpty {
      reader.report("`steps` has no step", at: node, advice: "write {steps: {0s: 1, 5m: 2}}")
    }
    return .steps(steps.sorted { $0.at < $1.at })
  }

  private func observation(_ node: Node) -> Observation? {
    let example = "{observe: {rate: 50/s, value: 0.12}}"
    guard let fields = reader.fields(node, "`observe`", known: ["rate", "value", "values"]),
      let rateNode = reader.required(fields, "rate", of: "`observe`", example: example),
      let text = reader.text(rateNode, "`rate`")
    else { return nil }
    let perSecond: Double
    do { perSecond = try parseRate(text) } catch {
      reader.report(error, in: rateNode)
      return nil
    }
    if let value = reader.choice(fields, of: ["value", "values"]), value.name == "value" {
      return reader.number(value.value, "`value`").map {
        Observation(perSecond: perSecond, values: [.init(value: $0, weight: 1)])
      }
    }
    guard let values = fields["values"] ?? reader.required(fields, "value", of: "`observe`", example: example),
      let shares = reader.fields(values, "`values`")
    else { return nil }
    let weighted = shares.entries.compactMap { entry -> Observation.Weighted? in
      guard let value = reader.number(entry.key, "an observed value"), let weight = share(entry.value) else {
        return nil
      }
      return Observation.Weighted(value: value, weight: weight)
    }
    if shares.entries.isEmpty { reader.report("`values` has no value", at: values, advice: "write \(example)") }
    return Observation(perSecond: perSecond, values: weighted)
  }

  private func share(_ node: Node) -> Double? {
    guard let text = reader.text(node, "a share") else { return nil }
    let digits = text.hasSuffix("%") ? String(text.dropLast()) : text
    guard let weight = Double(digits), weight > 0 else {
      reader.report("a share must be a positive number, `60%` for example", at: node)
      return nil
    }
    return weight
  }

  private func number(_ node: Node?, or value: Double) -> Double {
    node.flatMap { reader.number($0, "a number") } ?? value
  }
}
