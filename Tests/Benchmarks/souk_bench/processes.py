"""What the shop's processes use, read from /proc: CPU seconds and memory, each with its children."""

import json
import os
import subprocess
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def tree(root: int, children: dict[int, list[int]]) -> list[int]:
    found = [root]
    for pid in found:
        found += children.get(pid, [])
    return found


def children_of_all() -> dict[int, list[int]]:
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (fields := stat(int(entry.name))):
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    return children


def stat(pid: int) -> list[str] | None:
    """The fields behind the name, which may hold blanks: state, parent, …"""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None


def cpu_of(pid: int) -> float:
    """With the children that have ended and were waited for; so a sum over a tree loses none."""
    fields = stat(pid)
    return sum(map(int, fields[11:15])) / TICK if fields else 0


def memory_of(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1_024 for line in lines if line.startswith("Pss:")), 0)


class Processes:
    """The processes of a running shop, by name. Who they are is asked once."""

    def __init__(self, souk: Path):
        rows = json.loads(subprocess.run([souk, "status", "json=1"], check=True, capture_output=True).stdout)
        self.roots = {row["name"]: row["pid"] for row in rows if row["pid"]}

    def cpu(self) -> dict[str, float]:
        """CPU seconds since each began."""
        return {name: sum(map(cpu_of, pids)) for name, pids in self.trees().items()}

    def memory(self) -> dict[str, int]:
        """Bytes; pages that several processes share are divided among them."""
        return {name: sum(map(memory_of, pids)) for name, pids in self.trees().items()}

    def trees(self) -> dict[str, list[int]]:
        children = children_of_all()
        return {name: tree(pid, children) for name, pid in self.roots.items()}


def spent(before: dict[str, float], after: dict[str, float]) -> dict[str, float]:
    """CPU seconds between two looks, by process."""
    return {name: seconds - before[name] for name, seconds in after.items()}
