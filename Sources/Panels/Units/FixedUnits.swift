/// Units that do not scale, by id. [Grafana: valueFormats/categories.ts]
enum FixedUnits {
  static let words: [String: String] = [
    "humidity": "%H", "dB": "dB", "pixel": "px", "accMS2": "m/sec²", "accFS2": "f/sec²", "accG": "g", "degree": "°",
    "radian": "rad", "grad": "grad", "arcmin": "arcmin", "arcsec": "arcsec", "areaM2": "m²", "areaF2": "ft²",
    "areaMI2": "mi²", "ppm": "ppm", "conppb": "ppb", "conngm3": "ng/m³", "conngNm3": "ng/Nm³", "conμgm3": "μg/m³",
    "conμgNm3": "μg/Nm³", "conmgm3": "mg/m³", "conmgNm3": "mg/Nm³", "congm3": "g/m³", "congNm3": "g/Nm³",
    "conmgdL": "mg/dL", "conmmolL": "mmol/L", "Wm2": "W/m²", "flowgpm": "gpm", "flowcms": "cms", "flowcfs": "cfs",
    "flowcfm": "cfm", "litreh": "L/h", "flowlpm": "L/min", "flowmlpm": "mL/min", "lux": "lux", "masslb": "lb",
    "masst": "t", "lengthin": "in", "lengthft": "ft", "lengthmi": "mi", "pressurehpa": "hPa", "pressurekpa": "kPa",
    "pressurehg": "\"Hg", "rotrpm": "rpm", "rotrads": "rad/s", "rotdegs": "°/s", "celsius": "°C", "fahrenheit": "°F",
    "farenheit": "°F", "kelvin": "K", "velocityms": "m/s", "velocitykmh": "km/h", "velocitymph": "mph",
    "velocityknot": "kn", "m3": "m³", "Nm3": "Nm³", "dm3": "dm³", "gallons": "gal",
  ]

  /// The symbol, and whether it stands behind the amount.
  static let currencies: [String: (symbol: String, after: Bool)] = [
    "currencyUSD": ("$", false), "currencyGBP": ("£", false), "currencyEUR": ("€", false), "currencyJPY": ("¥", false),
    "currencyRUB": ("₽", false), "currencyUAH": ("₴", false), "currencyBRL": ("R$", false), "currencyDKK": ("kr", true),
    "currencyISK": ("kr", true), "currencyNOK": ("kr", true), "currencySEK": ("kr", true),
    "currencyCZK": ("czk", false),
    "currencyCHF": ("CHF", false), "currencyPLN": ("PLN", false), "currencyBTC": ("฿", false),
    "currencymBTC": ("mBTC", false), "currencyμBTC": ("μBTC", false), "currencyZAR": ("R", false),
    "currencyINR": ("₹", false), "currencyKRW": ("₩", false), "currencyIDR": ("Rp", false),
    "currencyPHP": ("PHP", false),
    "currencyVND": ("đ", true),
  ]
}
