"""The report of a run: a page of Markdown and three pictures."""

import os
import platform
from pathlib import Path

import numpy

from .plots import draw
from .recorder import FAILED, OK, SHED, Recorder
from .settings import Settings

PERCENTILES = (50, 90, 95, 99, 99.9)


def write_report(folder: Path, recorder: Recorder, settings: Settings, started: float, elapsed: float) -> None:
    text = "\n".join(
        [
            *head(recorder, settings, elapsed),
            "",
            *route_table(recorder, elapsed),
            "",
            *confirmations(recorder),
            *arrivals(recorder, settings),
            *errors(recorder),
        ]
    )
    pictures = draw(folder, recorder, started)
    text += "\n" + "\n\n".join(f"![{title}]({file})" for title, file in pictures) + "\n"
    (folder / "report.md").write_text(text, encoding="utf-8")


def head(recorder: Recorder, settings: Settings, elapsed: float) -> list[str]:
    requests = len(recorder.outcome)
    trips = ", ".join(f"{count} {outcome}" for outcome, count in sorted(recorder.outcomes.items(), key=lambda item: -item[1]))
    pauses = f"{settings.think:g} s before a click" if settings.think else "no think times"
    buyers = f"{settings.buyers:.0%} of the trips buy" if settings.buyers < 1 else "all buy"
    return [
        "# Shopping trips",
        "",
        f"{settings.users} shoppers, shape {settings.shape}, {elapsed:.0f} s, {pauses}, {buyers}; "
        f"{os.cpu_count()} cores ({platform.machine()}), shared with the load generator; "
        f"load average at the end {os.getloadavg()[0]:.1f}.",
        "",
        f"{requests} requests ({requests / elapsed:.1f}/s), {recorder.outcome.count(SHED)} shed, "
        f"{recorder.outcome.count(FAILED)} failed. Trips begun: {len(recorder.trip_at)}; ended: {trips or 'none'}.",
    ]


def route_table(recorder: Recorder, elapsed: float) -> list[str]:
    seconds, route, outcome = (numpy.array(column) for column in (recorder.seconds, recorder.route, recorder.outcome))
    titles = [f"p{percentile:g}" for percentile in PERCENTILES]
    lines = [
        "| route | requests | per second | " + " | ".join(titles) + " | max | shed | failed |",
        "|---|" + "--:|" * (len(titles) + 5),
    ]
    for name, place in sorted(recorder.routes.items()):
        lines.append(row(name, seconds, outcome, route == place, elapsed))
    lines.append(row("**all**", seconds, outcome, numpy.ones(len(seconds), bool), elapsed))
    return lines + ["", "Milliseconds from sending to the whole answer, of the answers that the trip wanted."]


def row(name: str, seconds, outcome, chosen, elapsed: float) -> str:
    good = 1_000 * seconds[chosen & (outcome == OK)]
    times = [f"{value:.1f}" for value in numpy.percentile(good, PERCENTILES)] + [f"{good.max():.1f}"] if len(good) else ["–"] * 6
    shed, failed = (int((chosen & (outcome == kind)).sum()) for kind in (SHED, FAILED))
    count = int(chosen.sum())
    return f"| {name} | {count} | {count / elapsed:.1f} | {' | '.join(times)} | {shed} | {failed} |"


def confirmations(recorder: Recorder) -> list[str]:
    if not recorder.confirmation:
        return ["No order was confirmed.", ""]
    times = 1_000 * numpy.array(recorder.confirmation)
    values = ", ".join(f"p{share:g} {numpy.percentile(times, share):.0f} ms" for share in PERCENTILES)
    return [f"From placed to confirmed, by the orders' own timelines ({len(times)} orders): {values}.", ""]


def arrivals(recorder: Recorder, settings: Settings) -> list[str]:
    """A generator that waits for a slow shop asks it less just when it is slow: that must show."""
    if not settings.pace:
        return ["Without think times every shopper only waits for the shop: this finds the rate, not the latency.", ""]
    late = numpy.array(recorder.trip_late)
    count = int((late > 0.1).sum())
    if not count:
        return [f"Every trip began on time (one each {settings.pace:.0f} s for each shopper).", ""]
    return [
        f"**{count} of {len(late)} trips began late**, the latest by {late.max():.1f} s, because the trip before was slow: "
        "the shop was asked less than planned, and the true latencies are worse than the table says.",
        "",
    ]


def errors(recorder: Recorder) -> list[str]:
    if not recorder.errors:
        return ["No errors.", ""]
    lines = ["| error | times |", "|---|--:|"]
    for error, count in sorted(recorder.errors.items(), key=lambda item: -item[1])[:20]:
        lines.append(f"| {error.replace('|', '/')} | {count} |")
    return lines + [""]
