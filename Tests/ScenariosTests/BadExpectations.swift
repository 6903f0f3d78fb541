/// Wrong in `expect:`.
let badExpectations: [BadInput] = [
  BadInput("expect: 👉[]", "the scenario expects nothing, so it could never fail"),
  BadInput("expect:👉", "`expect` must be a list (`- item`), not nothing"),
  BadInput("expect: 👉{alert: A}", "`expect` must be a list (`- item`), not a mapping"),
  BadInput(
    "expect: [👉{}]", "this expectation is of no known kind",
    "known here: alert, dashboard, notifications, query, target"),
  BadInput("expect: [{👉alrt: A}]", "this expectation is of no known kind", "did you mean `alert`?"),
  BadInput(
    "expect: [{👉route: redis, at: 1m}]", "this expectation is of no known kind",
    "known here: alert, dashboard, notifications, query, target"),
  BadInput("expect: [👉{dashboard: redis}]", "the dashboard expectation has no `at`", "give it one: at: 39m"),
  BadInput(
    "expect: [{dashboard: redis, at: 1m, 👉range: 1h}]", "unknown key `range` in a dashboard expectation",
    "did you mean `ranges`?"),
  BadInput("expect: [{dashboard: redis, at: 1m, ranges: [👉0s]}]", "a range must be longer than 0"),
  BadInput(
    "expect: [{dashboard: redis, at: 1m, except: [👉{panel: 14}]}]", "the exception has no `reason`",
    "give it one: {panel: 14, reason: shows errors only}"),
  BadInput(
    "expect: [{alert: A, never: firing, 👉query: up}]", "unknown key `query` in an alert expectation",
    "known here: alert, annotations, exact, firing, labels, never, notified, pending, resolved"),
  BadInput(
    "expect: [{alert: 👉A}]", "nothing is expected of the alert `A`",
    "add one of pending, firing, resolved, notified, never"),
  BadInput("expect: [{alert: A, never: 👉true}]", "`never` cannot be `true`", "known here: firing, notified, pending"),
  BadInput("expect: [{alert: A, firing: 👉{}}]", "`firing` says no time", "add `within: [10m, 12m]` or `by: 12m`"),
  BadInput(
    "expect: [{alert: A, firing: {within: [2m, 👉1m]}}]", "`within` ends before it begins",
    "write the earlier time first"),
  BadInput("expect: [{alert: A, firing: {within: 👉[2m]}}]", "`within` must hold two times: [from, to]"),
  BadInput("expect: [{alert: A, firing: {within: 👉2m}}]", "`within` must be a list (`- item`), not the text `2m`"),
  BadInput(
    "expect: [{alert: A, firing: {within: [1m, 👉2x]}}]", "`2x` is not a duration",
    "write whole numbers with units y, w, d, h, m, s, ms: `1h30m`"),
  BadInput("expect: [{alert: A, firing: {👉bye: 2m}}]", "unknown key `bye` in `firing`", "did you mean `by`?"),
  BadInput(
    "expect: [{alert: A, firing: {within: [1m, 2m], 👉by: 2m}}]", "`by` cannot stand beside `within`", "keep one of them"
  ),
  BadInput("expect: [{alert: A, labels: {a: 👉/(/}, never: firing}]", "`a` is no regular expression: expected ')'"),
  BadInput("expect: [{alert: A, exact: 👉yes, never: firing}]", "`exact` must be `true` or `false`, not `yes`"),
  BadInput("expect: [👉{query: up, value: 1}]", "the query has no `at`", "give it one: at: 15m"),
  BadInput("expect: [👉{query: up, at: 1m}]", "the query has no `value`", "give it one: value: 12 ±1%"),
  BadInput(
    "expect: [{query: up, at: 1m, value: 👉a few}]", "`a few` is no value that a query can have",
    "write 12, 12 ±1%, 12 ±0.5, '>= 100', 10..20, NaN, absent, present, or a list of {labels, value}"),
  BadInput(
    "expect: [{query: up, at: 1m, value: 👉20..10}]", "`20..10` is no value that a query can have",
    "write 12, 12 ±1%, 12 ±0.5, '>= 100', 10..20, NaN, absent, present, or a list of {labels, value}"),
  BadInput(
    "expect: [{query: up, at: 1m, value: [👉{labels: {}}]}]", "the sample has no `value`",
    "give it one: {labels: {job: a}, value: 1}"),
  BadInput(
    "expect: [{target: {service: 👉s4, health: up}, during: [1m, 2m]}]", "there is no service `s4`", "did you mean `s3`?"
  ),
  BadInput(
    "expect: [{target: {service: s3, health: 👉dwon}, during: [1m, 2m]}]", "`health` cannot be `dwon`",
    "did you mean `down`?"),
  BadInput(
    "expect: [👉{target: {service: s3, health: up}}]", "the target expectation has no `during`",
    "give it one: during: [21m, 25m]"),
  BadInput(
    "expect: [{notifications: 👉{receiver: a}}]", "`notifications` has no `count`",
    "give it one: notifications: {receiver: on-call, count: 1, within: [10m, 20m]}"),
  BadInput(
    "expect: [{notifications: {receiver: a, count: 👉3..1}}]", "`count` must be a number or a range, `2` or `2..4`"),
  BadInput(
    "expect: [{notifications: {receiver: a, count: 👉some}}]", "`count` must be a number or a range, `2` or `2..4`"),
  BadInput(
    "expect: [{notifications: {receiver: a, count: 1}, 👉at: 1m}]", "unknown key `at` in a notifications expectation",
    "known here: notifications"),
]
