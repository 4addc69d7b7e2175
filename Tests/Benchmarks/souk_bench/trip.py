"""Whole shopping trips without think times, by the shoppers of `make load`."""

import json
import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from .processes import Processes, spent


@dataclass(frozen=True)
class Trips:
    requests: int
    seconds: float
    confirmed: int
    routes: dict[str, int]
    # CPU seconds of the shop's processes while shoppers were there.
    cpu: dict[str, float] = field(default_factory=dict)

    @property
    def per_core(self) -> float:
        return self.requests / sum(self.cpu.values())


def shop_around(run: Path, shop_file: Path, python: Path, users: int, seconds: int, buyers: int, processes: Processes) -> Trips:
    """Runs the load generator in a process of its own; `buyers` of a hundred trips buy. What it prepares before is not counted."""
    environment = os.environ | {
        "SOUK_SHOP": str(shop_file), "SOUK_LOAD_USERS": str(users), "SOUK_LOAD_DURATION": str(seconds),
        "SOUK_LOAD_THINK_MS": "0", "SOUK_LOAD_SHAPE": "steady", "SOUK_LOAD_BUYERS": str(buyers),
    }
    with TemporaryDirectory() as folder:
        generator = subprocess.Popen(
            [python, "-u", run, folder], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        words, before, after = [], {}, {}
        for line in generator.stdout:
            words.append(line)
            if line.startswith("Opening"):
                before = processes.cpu()
            elif line.startswith("Closing"):
                after = processes.cpu()
        if generator.wait() != 0 or not after:
            report = Path(folder, "report.md")
            raise RuntimeError("the shopping trips failed:\n" + (report.read_text() if report.exists() else "".join(words))[-3000:])
        summary = json.loads(Path(folder, "summary.json").read_text())
    return Trips(summary["requests"], summary["seconds"], summary["confirmed"], summary["routes"], spent(before, after))
