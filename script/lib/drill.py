"""Runs a scenario with the release binary, holds it at its end, and asks the real Prometheus for its raw samples."""
import json, os, re, sqlite3, subprocess, tempfile, threading, time, urllib.parse, urllib.request

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BINARY = os.environ.get("FIREDRILL_BINARY", os.path.join(ROOT, ".build/release/firedrill"))


def build():
    if "FIREDRILL_BINARY" not in os.environ:
        subprocess.run(["swift", "build", "-c", "release", "--product", "firedrill"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def load():
    return f"{os.getloadavg()[0]:.2f}"


def late_gaps(gaps, tick, tolerance=0.1):
    return [gap for gap in gaps if abs(gap - tick) > tolerance]


def few_targets(hours, alert_for="10m"):
    rules = f"groups: [{{name: g, rules: [{{alert: Always, expr: vector(1) == 1, for: {alert_for}}}]}}]\n"
    return scenario(hours, targets=2, rules=rules)


def many_targets(hours):
    groups = []
    for group in range(10):
        rules = [
            f"{{record: 'job:requests:rate5m_{group}_{rule}', expr: 'sum by (job) (rate(requests_total[5m])) + {rule}'}}"
            if rule < 3
            else f"{{alert: Busy{group}{rule}, expr: 'sum(rate(requests_total[5m])) > 1e9', for: 5m}}"
            for rule in range(5)
        ]
        groups.append(f"{{name: g{group}, rules: [{', '.join(rules)}]}}")
    always = "{name: always, rules: [{alert: Always, expr: vector(1) == 1, for: 10m}]}"
    return scenario(hours, targets=20, rules=f"groups: [{', '.join(groups + [always])}]\n")


def dashboard_of_graphs(panels):
    """A service of 6 series, and a dashboard each of whose panels draws all of them over 90 minutes."""
    files = scenario(hours=1.6, targets=2, rules="groups: [{name: g, rules: [{record: one, expr: vector(1)}]}]\n")
    series = "\n".join(f"      requests_total{{path=\"/{n}\"}}: {{wave: {{mean: {n + 5}, amplitude: {n + 1}, period: {n + 7}m}}}}" for n in range(6))
    files["scenario.yaml"] = f"""scenario: drawing
bundle: bundle
services:
  web:
    profile: generic
    labels: {{job: web}}
    series:
{series}
expect:
  - {{dashboard: all, at: 95m, ranges: [90m]}}
"""
    graphs = [
        {
            "id": n + 1,
            "type": "timeseries",
            "title": f"Panel {n}",
            "gridPos": {"x": n % 2 * 12, "y": n // 2 * 8, "w": 12, "h": 8},
            "maxDataPoints": 360,
            "targets": [{"refId": "A", "expr": "requests_total", "legendFormat": "{{path}}"}],
        }
        for n in range(panels)
    ]
    files["bundle/graphs.json"] = json.dumps({"title": "Graphs", "schemaVersion": 39, "panels": graphs})
    return files


def scenario(hours, targets, rules):
    series = "\n".join(f"      requests_total{{path=\"/{n}\"}}: {{rate: {n + 1}/s}}" for n in range(20))
    return {
        "scenario.yaml": f"""scenario: bench
bundle: bundle
services:
  prometheus: {{profile: prometheus, labels: {{job: prometheus}}}}
  web:
    profile: generic
    replicas: {targets - 1}
    labels: {{job: web}}
    series:
{series}
expect:
  - {{alert: Always, firing: {{within: [8m, 11m]}}, notified: {{within: [8m, 13m]}}}}
duration: {int(hours * 3600)}s
""",
        "bundle/prometheus.yaml": "global: {scrape_interval: 15s, evaluation_interval: 15s}\n",
        "bundle/rules.yaml": rules,
    }


class Drill:
    """A run that is held at its end; leaving the context lets it go on and end."""

    def __init__(self, files, hold=True):
        self.folder = tempfile.TemporaryDirectory(prefix="firedrill-bench-")
        self.hold = hold
        for name, text in files.items():
            path = os.path.join(self.folder.name, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w") as file:
                file.write(text)

    def __enter__(self):
        profiles = os.path.join(ROOT, "fixtures/profiles")
        command = [BINARY, "run", "--profiles", profiles, "--results", "results.sqlite", "scenario.yaml"]
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            command + (["--hold", "end"] if self.hold else []), cwd=self.folder.name, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        if self.hold:
            self.url = self.wait_for_prometheus()
            self.real_seconds = time.monotonic() - self.began
        return self

    def wait_for_prometheus(self):
        said = []
        for line in self.process.stderr:
            said.append(line)
            found = re.search(r"^\s+prometheus\s+(http://\S+)", line)
            if found:
                threading.Thread(target=self.process.stderr.read, daemon=True).start()
                return found.group(1)
        raise SystemExit("the run ended before its hold:\n" + "".join(said))

    def __exit__(self, *_):
        if self.hold:
            self.process.stdin.write("\n")
            self.process.stdin.close()
        if self.process.wait() != 0:
            raise SystemExit(f"the run ended with {self.process.returncode}")
        self.folder.cleanup()

    # What Prometheus stored.

    def query(self, expression):
        url = self.url + "/api/v1/query?" + urllib.parse.urlencode({"query": expression})
        with urllib.request.urlopen(url) as answer:
            return json.load(answer)["data"]["result"]

    def scrape_gaps(self):
        return [gap for series in self.query("up[7h]") for gap in gaps([t for t, _ in series["values"]])]

    def evaluation_gaps(self):
        series = self.query("prometheus_rule_group_last_evaluation_timestamp_seconds[7h]")
        assert series, "Prometheus does not scrape itself"
        # Before the first evaluation the gauge is 0 or far in the past.
        return [gap for one in series for gap in gaps(sorted({float(v) for _, v in one["values"] if float(v) > 1e9})[1:])]

    def worst_gap(self):
        return max(abs(gap - 15) for gap in self.scrape_gaps() + self.evaluation_gaps())

    def missed_evaluations(self):
        return sum(float(one["value"][1]) for one in self.query("prometheus_rule_group_iterations_missed_total"))

    def failed_scrapes(self):
        return sum(value == "0" for series in self.query("up[7h]") for _, value in series["values"])

    def transitions(self):
        return self.rows('SELECT alertname, "to", at_ns FROM transitions ORDER BY seq')

    # What the processes cost.

    def firedrill_cpu_seconds(self):
        return cpu_seconds(self.process.pid)

    def stack_cpu_seconds(self):
        return sum(cpu_seconds(pid) for pid in self.children())

    def firedrill_peak_mib(self):
        with open(f"/proc/{self.process.pid}/status") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("VmHWM")) / 1024

    def children(self):
        pids = []
        for task in os.listdir(f"/proc/{self.process.pid}/task"):
            with open(f"/proc/{self.process.pid}/task/{task}/children") as file:
                pids += [int(pid) for pid in file.read().split()]
        return pids

    # What the record says.

    def first_notification_seconds(self):
        """Real seconds from the command line until the first delivery is in the record."""
        path = os.path.join(self.folder.name, "results.sqlite")
        while self.process.poll() is None:
            if os.path.exists(path):
                try:
                    if self.rows("SELECT 1 FROM notifications LIMIT 1"):
                        return time.monotonic() - self.began
                except sqlite3.OperationalError:
                    pass  # the tables are being made
            time.sleep(0.005)
        raise SystemExit("the run ended without a notification")

    def rows(self, sql):
        with sqlite3.connect(os.path.join(self.folder.name, "results.sqlite")) as database:
            return database.execute(sql).fetchall()


def gaps(times):
    return [b - a for a, b in zip(times, times[1:])]


def cpu_seconds(pid):
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
