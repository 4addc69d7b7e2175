"""Durations of the rules. A test of the rules runs them faster: every duration is divided by a factor."""

import re
from dataclasses import dataclass

UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}


@dataclass(frozen=True)
class Timing:
    """Scales the rules' durations; 1 is real time."""

    factor: float = 1
    """Divides windows, intervals and how long an expression has to be true."""

    limit_factor: float = 1
    """Divides limits that are seconds, such as the age of an event. They stay above what a healthy shop shows: see `limit`."""

    shortest: float = 0
    """Windows do not become shorter than so many seconds: a rate needs a few scrapes."""

    patient: bool = False
    """Promises of speed are about four times longer: a test of the rules keeps the machine busy itself."""

    def promise(self, seconds: str) -> str:
        """A promised duration; like every bound of a histogram it has to be one of HistogramBuckets.swift."""
        return {"0.5": "2", "4": "15"}[seconds] if self.patient else seconds

    def text(self, duration: str) -> str:
        """A duration as Prometheus writes it."""
        return duration if self.factor == 1 else f"{round(1_000 * self.window(duration))}ms"

    def slow_text(self, duration: str) -> str:
        """A window in which processes have to start several times: they cannot be hurried as much."""
        return duration if self.limit_factor == 1 else f"{round(1_000 * self.limit(duration))}ms"

    def interval(self, duration: str) -> str:
        """A pause between evaluations, as Prometheus writes it; half a second at least."""
        return duration if self.factor == 1 else f"{round(1_000 * max(_seconds(duration) / self.factor, 0.5))}ms"

    def window(self, duration: str) -> float:
        """A window in seconds."""
        return _short(max(_seconds(duration) / self.factor, self.shortest))

    def limit(self, duration: str) -> float:
        """A limit in seconds.

        Three of the shortest windows at least: a reading may be six seconds old, and consumers hold back events that nobody
        handles for a second and a half.
        """
        return _short(max(_seconds(duration) / self.limit_factor, 3 * self.shortest))


def _seconds(duration: str) -> int:
    number, unit = re.fullmatch(r"(\d+)([smhd])", duration).groups()
    return int(number) * UNITS[unit]


def _short(seconds: float) -> float:
    return int(seconds) if seconds == int(seconds) else round(seconds, 3)
