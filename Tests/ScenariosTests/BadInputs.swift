/// Wrong in what surrounds services, timeline and expectations.
let badFrames: [BadInput] = [
  BadInput("👉durtion: 5m", "unknown key `durtion` in a scenario", "did you mean `duration`?"),
  BadInput(
    "👉matrix: {}", "unknown key `matrix` in a scenario",
    "known here: bundle, clock, duration, expect, inputs, scenario, services, tags, timeline, unexpected_alerts, warmup"
  ),
  BadInput("inputs: {é: 👉[a]}", "the input `é` must be a text, not a list"),
  BadInput("tags: 👉redis", "`tags` must be a list (`- item`), not the text `redis`"),
  BadInput("tags: [👉{a: b}]", "a tag must be a text, not a mapping"),
  BadInput("scenario: 👉[a]", "`scenario` must be a text, not a list"),
  BadInput("inputs: 👉[a]", "`inputs` must be a mapping (`key: value`), not a list"),
  BadInput(
    "duration: 👉5 minutes", "`5 minutes` is not a duration",
    "write whole numbers with units y, w, d, h, m, s, ms: `1h30m`"),
  BadInput("duration: 1h👉5", "`1h5` is not a duration", "write whole numbers with units y, w, d, h, m, s, ms: `1h30m`"),
  BadInput("duration: 30s👉1h", "`h` is out of order", "each unit once, the largest first"),
  BadInput("duration: 👉0s", "`duration` must be longer than 0"),
  BadInput("duration: '👉'", "the duration is empty", "write `90s` or `1h30m`"),
  BadInput("clock: {start: 👉noon}", "`start` must be a date and time", "write it like 2026-03-01T08:00:00Z"),
  BadInput("clock: {👉strat: 1}", "unknown key `strat` in `clock`", "did you mean `start`?"),
  BadInput("unexpected_alerts: 👉fial", "`unexpected_alerts` cannot be `fial`", "did you mean `fail`?"),
  BadInput(
    "unexpected_alerts: 👉{}", "`unexpected_alerts` has no `except`",
    "give it one: {except: [{alert: Watchdog, reason: it always fires}]}"),
  BadInput(
    "unexpected_alerts: {except: [👉{alert: Watchdog}]}", "the exception has no `reason`",
    "give it one: {alert: Watchdog, reason: it always fires}"),
  BadInput("👉tags: []\ntags: []", "the key `tags` is given twice"),
  BadInput("tags: [a\nduration👉: 5m", "this is not YAML: did not find expected ',' or ']'"),
  BadInput("tags: 👉*nowhere", "this is not YAML: found undefined alias"),
]

/// Wrong in `services:`.
let badServices: [BadInput] = [
  BadInput("services:👉", "`services` must be a mapping (`key: value`), not nothing"),
  BadInput("services: {a: 👉{}}", "the service `a` has no `profile`", "give it one: profile: generic"),
  BadInput("services: {a: {profile: 👉rdis}}", "there is no profile `rdis`", "did you mean `redis`?"),
  BadInput("services: {a: {👉profil: generic}}", "unknown key `profil` in the service `a`", "did you mean `profile`?"),
  BadInput(
    "services: {a: {profile: generic, 👉lables: {}}}", "unknown key `lables` in the service `a`",
    "did you mean `labels`?"),
  BadInput(
    "services: {a: {profile: generic, replicas: 👉0}}", "`replicas` must be a whole number from 1 to 200, not `0`"),
  BadInput(
    "services: {a: {profile: generic, replicas: 👉many}}", "`replicas` must be a whole number from 1 to 200, not `many`"),
  BadInput("services: {👉a: {profile: generic}, a: {profile: redis}}", "the key `a` is given twice"),
  BadInput(
    "services: {👉at: {profile: generic}}", "a service cannot be called `at`", "the timeline has this key for times"),
  BadInput(
    "services: {👉'a b': {profile: generic}}", "`a b` cannot be a service's name",
    "use letters, digits and `-`: it becomes a host name"),
  BadInput(
    "services: {a: {profile: generic, labels: {👉job-name: x}}}", "`job-name` cannot be a label's name",
    "use letters, digits and `_`, a digit not first"),
  BadInput(
    "services: {a: {profile: generic, labels: 👉x}}", "`labels` must be a mapping (`key: value`), not the text `x`"),
  BadInput(
    "services: {a: {profile: redis, state: {👉used_memry: 1}}}", "the profile `redis` has no state `used_memry`",
    "did you mean `used_memory`?"),
  BadInput(
    "services: {a: {profile: redis, state: {used_memory: 200👉XB}}}", "`XB` is not a unit of size",
    "known here: B, kB, MB, GB, TB (powers of 10), KiB, MiB, GiB, TiB (powers of 2)"),
  BadInput("services: {a: {profile: generic, step: 👉0s}}", "`step` must be longer than 0"),
  BadInput("services: {a: {profile: generic, repeat: 👉lst}}", "`repeat` can only be `last`"),
  BadInput("services: {a: {profile: generic, undeclared: 👉alow}}", "`undeclared` must be `allow` or `refuse`"),
  BadInput(
    "services: {👉a: {profile: batch-job}}", "the service `a` pushes, but does not say how",
    "add `push: {every: 1m, job: a}`"),
  BadInput("services: {a: {profile: batch-job, push: {every: 👉0s, job: a}}}", "`every` must be at least 1s"),
  BadInput(
    "services: {a: {profile: batch-job, push: 👉{every: 1m}}}", "`push` has no `job`",
    "give it one: push: {every: 1m, job: count-items}"),
  BadInput(
    "services: {👉a: {profile: batch-job, replicas: 2, push: {every: 1m, job: a}}}",
    "the service `a` pushes as one job: it cannot have replicas"),
  // Who names a service that is wrong in itself is not told that it does not exist.
  BadInput(
    "services: {a: {profile: 👉rdis}}\ntimeline: [{at: 1m, a: {fault: down}}]", "there is no profile `rdis`",
    "did you mean `redis`?"),
]

private func script(_ script: String) -> String {
  "services: {a: {profile: generic, series: {x: \(script)}}}"
}

private func series(_ series: String) -> String {
  "services:\n  a:\n    profile: cloudserver\n    series:\n      \(series)"
}

/// Wrong in what a series does, or which series it is.
let badScripts: [BadInput] = [
  BadInput(
    series("👉s3_cloudserver_http_request_total: 1"),
    "the profile `cloudserver` declares no metric `s3_cloudserver_http_request_total`",
    "did you mean `s3_cloudserver_http_requests_total`? Or say `undeclared: allow` in the service if it really emits it"
  ),
  BadInput(
    series("👉s3_cloudserver_http_active_requests{pod=\"a\"}: 1"),
    "`s3_cloudserver_http_active_requests` has no label `pod`"),
  BadInput(
    series("👉s3_cloudserver_http_requests_total{metod=\"GET\"}: 1"),
    "`s3_cloudserver_http_requests_total` has no label `metod`", "did you mean `method`?"),
  BadInput(
    series("👉s3_cloudserver_http_requests_total{method=\"GOT\"}: 1"),
    "`GOT` is no value of the label `method` of `s3_cloudserver_http_requests_total`", "did you mean `GET`?"),
  BadInput(
    series("s3_cloudserver_http_requests_total{method👉~\"GET\"}: 1"), "expected `=` after the label name, found `~`"),
  BadInput(series("'s3_cloudserver_http_requests_total{method=\"GET\"👉'  : 1"), "expected `,` or `}`, found the end"),
  BadInput(
    series("\"s3_cloudserver_http_requests_total{method=\\\"GET\\\" 👉x}\": 1"), "expected `,` or `}`, found `x`"),
  BadInput(
    series("s3_cloudserver_http_active_requests: 👉{observe: {rate: 1/s, value: 1}}"),
    "`s3_cloudserver_http_active_requests` cannot be observed", "the profile declares a gauge"),
  BadInput(
    series("s3_cloudserver_http_request_duration_seconds{method=\"GET\"}: 👉1"),
    "the histogram `s3_cloudserver_http_request_duration_seconds` has no single value",
    "write {observe: {rate: 50/s, value: 0.12}}, or script its parts, `s3_cloudserver_http_request_duration_seconds_bucket` for example"
  ),
  BadInput(script("1 2 👉fo 3"), "`fo` is not a value", "known here: numbers, NaN, Inf, stale, _"),
  BadInput(script("'1 2 👉fo 3'"), "`fo` is not a value", "known here: numbers, NaN, Inf, stale, _"),
  BadInput(script("1+2👉"), "a step needs a count", "write `1+2x3`"),
  BadInput(script("👉[1, 2]"), "the value of `x` must be a text, not a list"),
  BadInput(
    script("👉{}"), "the value of `x` is no value script",
    "use one of rate, ramp, wave, noise, steps, observe, or a notation: `1+1x10`"),
  BadInput(script("{👉rat: 1/s}"), "unknown key `rat` in the value of `x`", "did you mean `rate`?"),
  BadInput(script("{rate: 1👉/y}"), "`/y` is not a unit of rate", "write `100/s`, `60/m`, `5/h`"),
  BadInput(script("{rate: 1/s, 👉ramp: {to: 1, over: 1m}}"), "`ramp` cannot stand beside `rate`", "keep one of them"),
  BadInput(script("{ramp: 👉{to: 1}}"), "`ramp` has no `over`", "give it one: {ramp: {from: 0, to: 100, over: 5m}}"),
  BadInput(script("{ramp: {to: 👉up, over: 1m}}"), "`up` does not begin with a number"),
  BadInput(script("{wave: {mean: 1, period: 👉0s}}"), "`period` must be longer than 0"),
  BadInput(script("{noise: {seed: 👉-1}}"), "`seed` must be a whole number from 0 to 9223372036854775807, not `-1`"),
  BadInput(
    script("{steps: {👉soon: 1}}"), "`soon` is not a duration",
    "write whole numbers with units y, w, d, h, m, s, ms: `1h30m`"),
  BadInput(script("{steps: 👉{}}"), "`steps` has no step", "write {steps: {0s: 1, 5m: 2}}"),
  BadInput(
    script("{observe: {rate: 1/s, values: {0.1: 👉0%}}}"), "a share must be a positive number, `60%` for example"),
  BadInput(
    script("{observe: {rate: 1/s, values: 👉{}}}"), "`values` has no value", "write {observe: {rate: 50/s, value: 0.12}}"
  ),
  BadInput(
    script("{observe: 👉{rate: 1/s}}"), "`observe` has no `value`", "give it one: {observe: {rate: 50/s, value: 0.12}}"),
  BadInput(
    script("{observe: {rate: 1/s, value: 1}, 👉step: 1}"), "unknown key `step` in the value of `x`",
    "known here: observe"),
]

/// Wrong in `timeline:`.
let badTimelines: [BadInput] = [
  BadInput("timeline: 👉{at: 1m}", "`timeline` must be a list (`- item`), not a mapping"),
  BadInput("timeline: [👉{s3: {fault: down}}]", "the entry has no `at`", "give it one: at: 10m"),
  BadInput("timeline: [{at: 👉1m}]", "nothing happens at 1m"),
  BadInput(
    "timeline: [{at: 👉soon, s3: {fault: down}}]", "`soon` is not a duration",
    "write whole numbers with units y, w, d, h, m, s, ms: `1h30m`"),
  BadInput("timeline: [{at: 1m, 👉s4: {fault: down}}]", "there is no service `s4`", "did you mean `s3`?"),
  BadInput(
    "timeline: [{at: 1m, 👉's3[3]': {fault: down}}]", "`s3[3]` is no instance of `s3`",
    "its instances are s3[0] to s3[2]"),
  BadInput(
    "timeline: [{at: 1m, 👉'redis[1]': {fault: down}}]", "`redis[1]` is no instance of `redis`",
    "its instances are redis[0]"),
  BadInput(
    "timeline: [{at: 1m, 👉's3[x]': {fault: down}}]", "`s3[x]` is no instance of `s3`",
    "its instances are s3[0] to s3[2]"),
  BadInput("timeline: [{at: 1m, s3: {fault: 👉dwon}}]", "there is no fault `dwon`", "did you mean `down`?"),
  BadInput("timeline: [{at: 1m, s3: {fault: 👉slow}}]", "the fault `slow` needs a value", "{slow: 12s}"),
  BadInput("timeline: [{at: 1m, s3: {fault: 👉{}}}]", "`fault` says nothing", "use {slow: 12s} or {status: 503}"),
  BadInput(
    "timeline: [{at: 1m, s3: {fault: {status: 👉1000}}}]", "`status` must be a whole number from 100 to 599, not `1000`"),
  BadInput(
    "timeline: [{at: 1m, s3: {fault: {slow: 👉12}}}]", "`12` is not a duration",
    "write whole numbers with units y, w, d, h, m, s, ms: `1h30m`"),
  BadInput(
    "timeline: [{at: 1m, s3: {fault: {slow: 1s, 👉status: 500}}}]", "`status` cannot stand beside `slow`",
    "keep one of them"),
  BadInput(
    "timeline: [{at: 1m, redis: {fault: 👉garbage}}]", "the profile `redis` cannot have the fault `garbage`",
    "it can have: none, down, hang, slow, restart"),
  BadInput(
    "timeline: [{at: 1m, redis: {fault: {👉status: 503}}}]", "the profile `redis` cannot have the fault `status`",
    "it can have: none, down, hang, slow, restart"),
  BadInput(
    "services: {a: {profile: prometheus}}\ntimeline: [{at: 1m, a: {fault: 👉down}}]",
    "the profile `prometheus` cannot have the fault `down`"),
  BadInput(
    "timeline: [{at: 1m, s3: {👉replicas: 2}}]", "unknown key `replicas` in the change of `s3`",
    "known here: fault, repeat, series, state, step"),
  BadInput("timeline: [{at: 1m, s3: 👉{}}]", "nothing changes of `s3`"),
  BadInput("timeline: [{at: 1m, s3: {fault: down, step: 👉0s}}]", "`step` must be longer than 0"),
  BadInput("timeline: [{at: 1m, s3: {fault: down, repeat: 👉lst}}]", "`repeat` can only be `last`"),
  BadInput(
    "timeline: [{at: 1m, redis: {state: {👉memory: 1}}}]", "the profile `redis` has no state `memory`",
    "known here: blocked_clients, connected_clients, connected_slaves, db0_keys, evicted_keys, expired_keys, keyspace_hits, keyspace_misses, loading, maxclients, maxmemory, rejected_connections, ..."
  ),
  BadInput(
    "timeline: [{at: 1m, s3: {series: {👉nothing_of_it: 1}}}]",
    "the profile `cloudserver` declares no metric `nothing_of_it`",
    "known here: process_resident_memory_bytes, s3_cloudserver_buckets_count, s3_cloudserver_disk_available_bytes, s3_cloudserver_disk_free_bytes, s3_cloudserver_disk_total_bytes, s3_cloudserver_http_active_requests, s3_cloudserver_http_request_duration_seconds, s3_cloudserver_http_request_size_bytes, s3_cloudserver_http_requests_total, s3_cloudserver_http_response_size_bytes, s3_cloudserver_ingested_bytes, s3_cloudserver_ingested_objects_count, ... Or say `undeclared: allow` in the service if it really emits it"
  ),
]
