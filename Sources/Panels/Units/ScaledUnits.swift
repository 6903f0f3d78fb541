extension ScaledUnit {
  /// All units that scale, by id. [Grafana: valueFormats/categories.ts]
  static let all: [String: ScaledUnit] = {
    var all = [
      "short": ScaledUnit(
        factor: 1000,
        suffixes: ["", " K", " Mil", " Bil", " Tri", " Quadr", " Quint", " Sext", " Sept"], base: 0),
      "pressurepsi": ScaledUnit(factor: 1000, suffixes: ["psi", "ksi", "Mpsi"], base: 0),
    ]
    for (id, unit, start) in binaryUnits { all[id] = .binary(unit, start: start) }
    for (id, unit, start) in dataUnits + electricUnits + otherUnits { all[id] = .si(unit, start: start) }
    for (id, unit) in countUnits { all[id] = .count(unit) }
    return all
  }()

  private static let binaryUnits: [(String, String, Int)] = [
    ("bits", "b", 0), ("bytes", "B", 0), ("kbytes", "B", 1), ("mbytes", "B", 2), ("gbytes", "B", 3),
    ("tbytes", "B", 4), ("pbytes", "B", 5), ("binbps", "b/s", 0), ("binBps", "B/s", 0), ("KiBs", "B/s", 1),
    ("Kibits", "b/s", 1), ("MiBs", "B/s", 2), ("Mibits", "b/s", 2), ("GiBs", "B/s", 3), ("Gibits", "b/s", 3),
    ("TiBs", "B/s", 4), ("Tibits", "b/s", 4), ("PiBs", "B/s", 5), ("Pibits", "b/s", 5),
  ]

  private static let dataUnits: [(String, String, Int)] = [
    ("decbits", "b", 0), ("decbytes", "B", 0), ("deckbytes", "B", 1), ("decmbytes", "B", 2), ("decgbytes", "B", 3),
    ("dectbytes", "B", 4), ("decpbytes", "B", 5), ("pps", "p/s", 0), ("bps", "b/s", 0), ("Bps", "B/s", 0),
    ("KBs", "B/s", 1), ("Kbits", "b/s", 1), ("MBs", "B/s", 2), ("Mbits", "b/s", 2), ("GBs", "B/s", 3),
    ("Gbits", "b/s", 3), ("TBs", "B/s", 4), ("Tbits", "b/s", 4), ("PBs", "B/s", 5), ("Pbits", "b/s", 5),
    ("Hs", "H/s", 0), ("KHs", "H/s", 1), ("MHs", "H/s", 2), ("GHs", "H/s", 3), ("THs", "H/s", 4), ("PHs", "H/s", 5),
    ("EHs", "H/s", 6), ("flops", "FLOPS", 0), ("mflops", "FLOPS", 2), ("gflops", "FLOPS", 3), ("tflops", "FLOPS", 4),
    ("pflops", "FLOPS", 5), ("eflops", "FLOPS", 6), ("zflops", "FLOPS", 7), ("yflops", "FLOPS", 8),
  ]

  private static let electricUnits: [(String, String, Int)] = [
    ("watt", "W", 0), ("kwatt", "W", 1), ("megwatt", "W", 2), ("gwatt", "W", 3), ("mwatt", "W", -1),
    ("voltamp", "VA", 0), ("kvoltamp", "VA", 1), ("voltampreact", "VAr", 0), ("kvoltampreact", "VAr", 1),
    ("watth", "Wh", 0), ("watthperkg", "Wh/kg", 0), ("kwatth", "Wh", 1), ("kwattm", "W-Min", 1), ("amph", "Ah", 0),
    ("kamph", "Ah", 1), ("mamph", "Ah", -1), ("joule", "J", 0), ("ev", "eV", 0), ("amp", "A", 0), ("kamp", "A", 1),
    ("mamp", "A", -1), ("volt", "V", 0), ("kvolt", "V", 1), ("mvolt", "V", -1), ("dBm", "dBm", 0), ("ohm", "Ω", 0),
    ("kohm", "Ω", 1), ("Mohm", "Ω", 2), ("farad", "F", 0), ("µfarad", "F", -2), ("nfarad", "F", -3),
    ("pfarad", "F", -4), ("ffarad", "F", -5), ("henry", "H", 0), ("mhenry", "H", -1), ("µhenry", "H", -2),
    ("lumens", "Lm", 0),
  ]

  private static let otherUnits: [(String, String, Int)] = [
    ("hertz", "Hz", 0), ("rothz", "Hz", 0), ("forceNm", "Nm", 0), ("forcekNm", "Nm", 1), ("forceN", "N", 0),
    ("forcekN", "N", 1), ("massmg", "g", -1), ("massg", "g", 0), ("masskg", "g", 1), ("lengthmm", "m", -1),
    ("lengthm", "m", 0), ("lengthkm", "m", 1), ("pressurembar", "bar", -1), ("pressurebar", "bar", 0),
    ("pressurekbar", "bar", 1), ("pressurepa", "Pa", 0), ("radbq", "Bq", 0), ("radci", "Ci", 0), ("radgy", "Gy", 0),
    ("radrad", "rad", 0), ("radsv", "Sv", 0), ("radmsv", "Sv", -1), ("radusv", "Sv", -2), ("radrem", "rem", 0),
    ("radexpckg", "C/kg", 0), ("radr", "R", 0), ("radsvh", "Sv/h", 0), ("radmsvh", "Sv/h", -1),
    ("radusvh", "Sv/h", -2), ("mlitre", "L", -1), ("litre", "L", 0),
  ]

  private static let countUnits: [(String, String)] = [
    ("cps", "c/s"), ("ops", "ops/s"), ("reqps", "req/s"), ("rps", "rd/s"), ("wps", "wr/s"), ("iops", "io/s"),
    ("eps", "evt/s"), ("mps", "msg/s"), ("recps", "rec/s"), ("rowsps", "rows/s"), ("cpm", "c/m"), ("opm", "ops/m"),
    ("reqpm", "req/m"), ("rpm", "rd/m"), ("wpm", "wr/m"), ("epm", "evts/m"), ("mpm", "msgs/m"), ("recpm", "rec/m"),
    ("rowspm", "rows/m"),
  ]
}
