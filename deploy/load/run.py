#!/usr/bin/env python3
"""Runs shopping trips against the shop of this machine and writes a report. `make load users=50` calls it."""

import json
import sys
import time
from datetime import datetime
from pathlib import Path

import gevent
from locust.env import Environment
from locust.log import setup_logging

from locustfile import RECORDER, SETTINGS, Arrivals, Shopper
from souk_load.preparation import prepare
from souk_load.recorder import FAILED, SHED
from souk_load.report import write_report


def show_progress(runner, started: float) -> None:
    """One line each few seconds: what was done since the line before."""
    every = 1 if sys.stdout.isatty() else 5
    seen = 0
    while True:
        gevent.sleep(1)
        now = time.monotonic()
        RECORDER.sample_users(now, runner.user_count)
        if int(now - started) % every:
            continue
        latest = sorted(RECORDER.seconds[seen:])
        outcomes = RECORDER.outcome
        line = (
            f"[{now - started:4.0f}s of {SETTINGS.duration:.0f}] {runner.user_count:5d} shoppers  "
            f"{len(latest) / every:6.0f} requests/s  p50 {at(latest, 0.5):5.0f} ms  p99 {at(latest, 0.99):5.0f} ms  "
            f"orders {len(RECORDER.confirmation)}  shed {outcomes.count(SHED)}  errors {outcomes.count(FAILED)}"
        )
        print(line, end="\r" if every == 1 else "\n", flush=True)
        seen = len(RECORDER.seconds)


def at(ordered: list[float], share: float) -> float:
    return 1_000 * ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(".souk/load") / datetime.now().strftime("%Y-%m-%d-%H%M%S")
    setup_logging("WARNING")
    Shopper.grounds = prepare(SETTINGS)
    environment = Environment(user_classes=[Shopper], shape_class=Arrivals())
    runner = environment.create_local_runner()
    print("Opening the doors", flush=True)
    started = time.monotonic()
    runner.start_shape()
    progress = gevent.spawn(show_progress, runner, started)
    runner.shape_greenlet.join()
    elapsed = time.monotonic() - started
    progress.kill()
    runner.quit()
    print("\nClosing" if sys.stdout.isatty() else "Closing", flush=True)
    folder.mkdir(parents=True, exist_ok=True)
    RECORDER.save(folder / "samples.npz")
    write_report(folder, RECORDER, SETTINGS, started, elapsed)
    failed = RECORDER.outcome.count(FAILED)
    summary = {
        "requests": len(RECORDER.outcome), "seconds": elapsed, "shed": RECORDER.outcome.count(SHED), "failed": failed,
        "trips": len(RECORDER.trip_at), "confirmed": len(RECORDER.confirmation),
        "routes": {route: RECORDER.route.count(place) for route, place in RECORDER.routes.items()},
    }
    (folder / "summary.json").write_text(json.dumps(summary, indent=2) + "\n")
    print(f"The report is in {folder}/report.md")
    sys.exit(1 if failed else 0)


main()
