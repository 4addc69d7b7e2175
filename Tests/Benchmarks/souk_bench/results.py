"""From rounds to figures: medians, .souk/bench.json, and the table of docs/performance.md."""

import json
import os
import platform
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

# Who spends CPU, by the beginning of the process's name.
GROUPS = (
    ("PostgreSQL", "postgres-primary"), ("PostgreSQL", "postgres-standby"), ("Redis", "redis-cache"), ("Redis", "redis-log"),
    ("HAProxy", "haproxy"), ("login", "login"), ("catalog", "catalog"), ("cart", "cart"), ("payments", "payments"),
    ("provider", "psp"), ("orders", "order-tracking"), ("others", ""),
)
BEGIN, END = "<!-- make bench: begin -->", "<!-- make bench: end -->"


def group_of(process: str) -> str:
    return next(group for group, prefix in GROUPS if process.startswith(prefix))


@dataclass
class Results:
    """The rounds, by name; and what is known of one look only."""

    rounds: dict[str, list[float]] = field(default_factory=dict)
    facts: dict[str, dict] = field(default_factory=dict)
    costs: dict[str, list[dict[str, float]]] = field(default_factory=dict)

    def add(self, **values: float) -> None:
        for name, value in values.items():
            self.rounds.setdefault(name, []).append(value)

    def add_cost(self, route: str, cpu: dict[str, float]) -> None:
        """The CPU seconds of one request of a route, by process."""
        self.costs.setdefault(route, []).append(cpu)

    def __getitem__(self, name: str) -> float:
        return median(self.rounds[name])

    def has(self, name: str) -> bool:
        return name in self.rounds

    def figures(self) -> dict[str, dict]:
        """What .souk/bench.json holds, as far as it was measured."""
        figures = {}

        def put(name: str, value: float, unit: str, against: str | None, digits: int = 1) -> None:
            figures[f"shop.{name}"] = {"value": round(value, digits), "unit": unit, "against": against}

        if self.has("bare_page"):
            bare = f"{self['bare_page']:.0f} requests/s of a bare Hummingbird route with the same bytes"
            put("product_page_ratio", self["direct_page"] / self["bare_page"], "ratio", bare, 3)
        if self.has("accepted"):
            reference = f"{self['pgbench']:.0f} orders/s of pgbench with the same statements" if self.has("pgbench") else None
            put("orders_accepted_per_s", self["accepted"], "orders/s", reference)
            put("orders_confirmed_per_s", self["confirmed"], "orders/s", reference)
            put("cpu_s_per_order", self["cpu_of_an_order"], "CPU s", None, 5)
            if reference:
                put("orders_confirmed_ratio", self["confirmed"] / self["pgbench"], "ratio", reference, 3)
        if self.has("per_core"):
            put("requests_per_core", self["per_core"], "requests per CPU s", "each trip buys; four in ten hash a password")
            put("requests_per_core_few_buyers", self["per_core_few_buyers"], "requests per CPU s", "one trip in twenty buys")
        if "idle_memory" in self.facts:
            put("idle_memory_mb", sum(self.facts["idle_memory"].values()) / 1e6, "MB", None)
        if self.has("start"):
            put("start_s", self["start"], "s", None)
        return figures

    def write_json(self, file: Path) -> None:
        """Keeps the figures of a bench that measured other things."""
        before = json.loads(file.read_text()) if file.exists() else {}
        file.write_text(json.dumps(before | self.figures(), indent=2) + "\n")

    def write_page(self, file: Path) -> None:
        """Replaces what stands between the marks; the prose around it stays."""
        text = file.read_text(encoding="utf-8")
        start, end = text.index(BEGIN) + len(BEGIN), text.index(END)
        file.write_text(text[:start] + "\n" + self.markdown() + "\n" + text[end:], encoding="utf-8")

    # MARK: The tables

    def markdown(self) -> str:
        return "\n".join(self.machine() + self.main_table() + self.route_table() + self.cpu_table() + self.memory_table() + self.mix_table())

    def machine(self) -> list[str]:
        model = next(
            (line.partition(":")[2].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line), "?"
        )
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
        rounds = max(map(len, self.rounds.values()), default=0)
        load = self.facts["load"]
        return [
            f"Command: `make bench`, {self.facts['run']['configuration']} build, {self.facts['run']['date']}. "
            f"Machine: {os.cpu_count()} cores ({model}, {platform.machine()}), {memory:.0f} GiB, Linux {platform.release().split('-')[0]}; "
            f"the load generators share the cores. Medians of {rounds} interleaved rounds, in brackets the least and the greatest. "
            f"Load average before the start {load['before']:.1f}.",
            "",
        ]

    def span(self, name: str, unit: str = "", digits: int = 0) -> str:
        values = self.rounds[name]
        return f"{median(values):,.{digits}f}{unit} ({min(values):,.{digits}f}–{max(values):,.{digits}f})"

    def main_table(self) -> list[str]:
        lines = ["| what | Souk | beside it | ratio |", "|---|--:|--:|--:|"]
        if self.has("bare_page"):
            bare = self.span("bare_page", "/s") + " bare Hummingbird route"
            for name, title in (("direct_page", "product page, from the service"), ("balanced_page", "product page, through HAProxy")):
                lines.append(f"| {title} | {self.span(name, '/s')} | {bare} | {self[name] / self['bare_page']:.2f} |")
        if self.has("accepted"):
            beside = self.span("pgbench", "/s") + " pgbench, same statements" if self.has("pgbench") else "–"
            for name, title in (("accepted", "orders accepted"), ("confirmed", "orders confirmed")):
                ratio = f"{self[name] / self['pgbench']:.2f}" if self.has("pgbench") else "–"
                lines.append(f"| {title} | {self.span(name, '/s')} | {beside} | {ratio} |")
            lines.append(f"| CPU for a confirmed order, all processes | {self.span('cpu_of_an_order_ms', ' ms', 2)} | – | – |")
        if self.has("per_core"):
            lines.append(f"| requests of shopping trips, for each CPU second of the shop; all buy | {self.span('per_core')} | – | – |")
            lines.append(f"| the same without the process that hashes passwords | {self.span('per_core_without_login')} | – | – |")
            lines.append(f"| requests of shopping trips, where one trip in twenty buys | {self.span('per_core_few_buyers')} | – | – |")
            lines.append(f"| requests per second of trips that all buy, this machine | {self.span('trip_rate', '/s')} | – | – |")
        if "idle_memory" in self.facts:
            idle, busy = (sum(self.facts[name].values()) / 1e6 for name in ("idle_memory", "busy_memory"))
            lines.append(f"| memory of all processes, idle | {idle:,.0f} MB | {busy:,.0f} MB after the load | – |")
        if self.has("start"):
            lines.append(f"| `make up`, built and with its data | {self.span('start', ' s', 1)} | {self['first_start']:.1f} s the very first time | – |")
        return lines + [""]

    def route_table(self) -> list[str]:
        """What a request costs, and where: the median round of each route."""
        if not self.costs:
            return []
        groups = list(dict.fromkeys(group for group, _ in GROUPS))
        lines = ["What one request costs, in milliseconds of CPU, by who spends it:", ""]
        lines += ["| request | all | " + " | ".join(groups) + " |", "|---|" + "--:|" * (len(groups) + 1)]
        for route, rounds in self.costs.items():
            spent = sorted(rounds, key=lambda cpu: sum(cpu.values()))[len(rounds) // 2]
            shares = dict.fromkeys(groups, 0.0)
            for process, seconds in spent.items():
                shares[group_of(process)] += 1_000 * seconds
            cells = " | ".join(f"{share:.2f}" if share >= 0.005 else "–" for share in shares.values())
            lines.append(f"| {route} | **{sum(shares.values()):.2f}** | {cells} |")
        return lines + [""]

    def cpu_table(self) -> list[str]:
        columns = [(name, title) for name, title in (("order_cpu", "an order (ms)"), ("trip_cpu", "a request of a trip (ms)")) if name in self.facts]
        if not columns:
            return []
        names = sorted({process for name, _ in columns for process in self.facts[name]}, key=lambda process: -self.facts[columns[0][0]][process])
        lines = ["Where the CPU goes:", "", "| process | " + " | ".join(title for _, title in columns) + " |", "|---|" + "--:|" * len(columns)]
        lines += [f"| {process} | " + " | ".join(f"{1e3 * self.facts[name][process]:.3f}" for name, _ in columns) + " |" for process in names]
        totals = " | ".join(f"**{1e3 * sum(self.facts[name].values()):.3f}**" for name, _ in columns)
        return lines + [f"| **all** | {totals} |", ""]

    def memory_table(self) -> list[str]:
        if "idle_memory" not in self.facts:
            return []
        idle, busy = self.facts["idle_memory"], self.facts["busy_memory"]
        lines = ["| process | idle (MB) | after the load (MB) |", "|---|--:|--:|"]
        return lines + [f"| {name} | {idle[name] / 1e6:.1f} | {busy[name] / 1e6:.1f} |" for name in sorted(idle)] + [""]

    def mix_table(self) -> list[str]:
        if "routes" not in self.facts:
            return []
        routes = self.facts["routes"]
        total = sum(routes.values())
        lines = ["The requests of the trips:", "", "| route | share |", "|---|--:|"]
        return lines + [f"| {route} | {100 * count / total:.1f} % |" for route, count in sorted(routes.items(), key=lambda item: -item[1])]
