extension Duration {
  /// As Prometheus writes durations, to the millisecond: `12m5s`, `13m40.2s`, `-30s`, `0s`.
  public var prometheusText: String {
    let total = Int((self / .milliseconds(1)).rounded())
    guard total != 0 else { return "0s" }
    var rest = abs(total)
    var text = total < 0 ? "-" : ""
    for (name, milliseconds) in [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000)] where rest >= milliseconds {
      text += "\(rest / milliseconds)\(name)"
      rest %= milliseconds
    }
    guard rest > 0 else { return text }
    text += "\(rest / 1000)"
    if rest % 1000 != 0 {
      let digits = "\(1000 + rest % 1000)".dropFirst()
      text += "." + String(digits).reversed().drop { $0 == "0" }.reversed()
    }
    return text + "s"
  }
}
