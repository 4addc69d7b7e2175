"""What the test prints: a line for each step, and the figures at the end."""

import json
import time
from pathlib import Path

STARTED = time.monotonic()


class Failed(Exception):
    """A promise was not kept."""


def step(text: str) -> None:
    print(f"[{time.monotonic() - STARTED:4.0f}s] {text}", flush=True)


def require(condition: bool, sentence: str) -> None:
    if not condition:
        raise Failed(sentence)


def eventually(what: str, seconds: float, condition, pause: float = 0.5) -> float:
    """Polls until it holds; returns how long that took."""
    begin = time.monotonic()
    while not condition():
        if time.monotonic() - begin > seconds:
            raise Failed(f"After {seconds:.0f} s still not: {what}.")
        time.sleep(pause)
    return time.monotonic() - begin


class Report:
    """The figures, in the order in which they were measured."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, str]] = []

    def add(self, name: str, value: str) -> None:
        self.rows.append((name, value))
        step(f"  {name}: {value}")

    def show(self) -> None:
        width = max((len(name) for name, _ in self.rows), default=0)
        print("\nFigures")
        for name, value in self.rows:
            print(f"  {name:<{width}}  {value}")

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(dict(self.rows), indent=2) + "\n")
