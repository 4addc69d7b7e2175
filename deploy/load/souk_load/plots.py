"""Three pictures over time: the rate, the latencies, the shoppers."""

from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as pyplot
import numpy

from .recorder import FAILED, OK, SHED, Recorder


def draw(folder: Path, recorder: Recorder, started: float) -> list[tuple[str, str]]:
    at = numpy.array(recorder.finished_at) - started
    if not len(at):
        return []
    # About a hundred points, a second each at the least.
    step = max(1.0, float(at.max()) / 100)
    edges = numpy.arange(0, at.max() + step, step)
    return [
        ("requests per second", rate(folder / "rate.png", recorder, at, edges, step)),
        ("latency", latency(folder / "latency.png", recorder, at, edges)),
        ("shoppers", shoppers(folder / "users.png", recorder, started)),
    ]


def rate(file: Path, recorder: Recorder, at, edges, step: float) -> str:
    outcome = numpy.array(recorder.outcome)
    with picture(file, "requests per second") as axes:
        for kind, name, color in ((OK, "answered", "tab:blue"), (SHED, "shed", "tab:orange"), (FAILED, "failed", "tab:red")):
            counts, _ = numpy.histogram(at[outcome == kind], edges)
            if kind == OK or counts.any():
                axes.plot(edges[:-1], counts / step, label=name, color=color)
        axes.legend()
    return file.name


def latency(file: Path, recorder: Recorder, at, edges) -> str:
    milliseconds = 1_000 * numpy.array(recorder.seconds)
    good = numpy.array(recorder.outcome) == OK
    bins = numpy.digitize(at, edges) - 1
    with picture(file, "milliseconds") as axes:
        for share in (50, 95, 99):
            values = [
                numpy.percentile(chosen, share) if len(chosen := milliseconds[good & (bins == place)]) else numpy.nan
                for place in range(len(edges) - 1)
            ]
            axes.plot(edges[:-1], values, label=f"p{share}")
        axes.set_yscale("log")
        axes.legend()
    return file.name


def shoppers(file: Path, recorder: Recorder, started: float) -> str:
    with picture(file, "shoppers") as axes:
        axes.plot(numpy.array(recorder.users_at) - started, recorder.users, drawstyle="steps-post")
        axes.set_ylim(bottom=0)
    return file.name


class picture:
    """A figure with the time on its x axis, saved when the block ends."""

    def __init__(self, file: Path, title: str):
        self.file = file
        self.figure, self.axes = pyplot.subplots(figsize=(9, 3.2), layout="constrained")
        self.axes.set_xlabel("seconds since the start")
        self.axes.set_ylabel(title)
        self.axes.grid(alpha=0.3)

    def __enter__(self):
        return self.axes

    def __exit__(self, kind, error, trace):
        if kind is None:
            self.figure.savefig(self.file, dpi=110)
        pyplot.close(self.figure)
