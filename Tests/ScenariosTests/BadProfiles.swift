private func profile(_ text: String) -> String { "profile: p\n\(text)\n" }

private func family(_ text: String) -> String {
  profile("speaks: http\nport: 1\nfamilies:\n  f: \(text)")
}

/// Wrong in a profile.
let badProfiles: [BadInput] = [
  BadInput("👉speaks: http\nport: 1", "the profile has no `profile`", "give it one: profile: cloudserver"),
  BadInput("👉profile: p\nport: 1", "the profile has no `speaks`", "give it one: speaks: http"),
  BadInput(profile("speaks: 👉htpp"), "`speaks` cannot be `htpp`", "did you mean `http`?"),
  BadInput("👉" + profile("speaks: http"), "the profile has no `port`", "give it one: port: 8000"),
  BadInput(profile("speaks: http\nport: 👉0"), "`port` must be a whole number from 1 to 65535, not `0`"),
  BadInput(profile("speaks: http\n👉prot: 1"), "unknown key `prot` in a profile", "did you mean `port`?"),
  BadInput(
    "👉" + profile("speaks: component\nport: 1"), "the profile has no `component`", "give it one: component: prometheus"),
  BadInput(
    profile("speaks: component\nport: 1\ncomponent: 👉promethus"), "`component` cannot be `promethus`",
    "did you mean `prometheus`?"),
  BadInput(
    profile("speaks: http\nport: 1\nother_path_status: 👉99"),
    "`other_path_status` must be a whole number from 100 to 599, not `99`"),
  BadInput(profile("speaks: http\nport: 1\nundeclared: 👉yes"), "`undeclared` must be `allow` or `refuse`"),
  BadInput(profile("speaks: http\nport: 1\nroutes: [👉{body: x}]"), "a route has no `path`", "give it one: path: /live"),
  BadInput(
    profile("speaks: http\nport: 1\nroutes: [{path: /, 👉stauts: 1}]"), "unknown key `stauts` in a route",
    "did you mean `status`?"),
  BadInput(
    profile("speaks: redis\nport: 1\nexporter: 👉{name: redis_exporter}"), "`exporter` has no `port`",
    "give it one: port: 9121"),
  BadInput(
    profile("speaks: redis\nport: 1\nstate: {used_memory: 👉[1]}"), "the state `used_memory` must be a text, not a list"),
  BadInput(family("👉{help: x}"), "the family `f` has no `type`", "give it one: type: gauge"),
  BadInput(family("{type: 👉conter}"), "`type` cannot be `conter`", "did you mean `counter`?"),
  BadInput(family("{type: gauge, labels: {a: 👉x}}"), "the values of `a` must be a list (`- item`), not the text `x`"),
  BadInput(family("{type: gauge, 👉lables: {}}"), "unknown key `lables` in the family `f`", "did you mean `labels`?"),
  BadInput(family("{type: histogram, buckets: [👉one]}"), "`one` does not begin with a number"),
  BadInput(family("{type: gauge, healthy: {👉rat: 1/s}}"), "unknown key `rat` in `healthy`", "did you mean `rate`?"),
  BadInput(family("{type: gauge, healthy: {'{a=\"b\"👉': 1}}"), "expected `,` or `}`, found the end"),
  BadInput(
    family("{type: gauge, labels: {a: [x]}, healthy: {👉'{b=\"y\"}': 1}}"), "`f` has no label `b`", "did you mean `a`?"),
  BadInput(
    family("{type: gauge, labels: {a: [x]}, healthy: {👉'{a=\"y\"}': 1}}"), "`y` is no value of the label `a` of `f`",
    "did you mean `x`?"),
  BadInput(
    family("{type: gauge, healthy: 👉{observe: {rate: 1/s, value: 1}}}"), "`f` cannot be observed",
    "the profile declares a gauge"),
]
