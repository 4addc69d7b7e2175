#!/usr/bin/env python3
"""The contract tests: what the OpenAPI documents promise, against a running shop.

First the documents by themselves and against the routes that are served, then generated requests to every operation as
anybody, as a shopper and as staff. See README.md.
"""

import argparse
import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import documents
from shop import SERVICES, Stage, document_file

HERE = pathlib.Path(__file__).resolve().parent
ROLES = ("anonymous", "shopper", "staff")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shop", type=pathlib.Path, default=pathlib.Path(".souk/shop.json"), help="the shop's file")
    parser.add_argument("--service", choices=SERVICES, action="append", help="only this one; may be repeated")
    parser.add_argument("--role", choices=ROLES, action="append", help="only this one; may be repeated")
    parser.add_argument("--examples", type=int, default=20, help="generated requests for each operation and kind (20)")
    parser.add_argument("--seed", type=int, default=20101201, help="another seed gives other requests")
    parser.add_argument("--jobs", type=int, default=2, help="how many runs at the same time (2)")
    parser.add_argument("--stateful", action="store_true", help="also sequences of requests that use each other's answers")
    parser.add_argument("--reports", type=pathlib.Path, help="where what was said and answered is kept")
    return parser.parse_args()


def main() -> None:
    options = arguments()
    begin = time.monotonic()
    shop = json.loads(options.shop.read_text(encoding="utf-8"))
    faults = documents.faults(shop)
    for fault in faults:
        print(f"contract: ✘ {fault}", flush=True)
    failed = ["documents"] if faults else []
    with tempfile.TemporaryDirectory(prefix="souk-contract-") as folder:
        fixtures = pathlib.Path(folder) / "fixtures.json"
        Stage(options.shop).prepare().save(fixtures)
        runs = [(service, role) for service in options.service or SERVICES for role in options.role or ROLES]
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            results = pool.map(lambda run: fuzz(*run, shop["url"], fixtures, options), runs)
            failed += [f"{service} as {role}" for (service, role), good in zip(runs, results) if not good]
    if failed:
        sys.exit(f"contract: failed after {time.monotonic() - begin:.0f} s: {', '.join(failed)}")
    print(f"contract: all promises kept, {time.monotonic() - begin:.0f} s")


def fuzz(service: str, role: str, url: str, fixtures: pathlib.Path, options: argparse.Namespace) -> bool:
    """Generated requests to one service as one role; false when a promise was broken."""
    begin = time.monotonic()
    phases = "examples,coverage,fuzzing" + (",stateful" if options.stateful else "")
    command = [
        str(pathlib.Path(sys.executable).parent / "schemathesis"), "--config-file", str(HERE / "schemathesis.toml"),
        "run", str(document_file(service)), "--url", url, "--no-color", "--phases", phases,
        "--seed", str(options.seed), "--max-examples", str(options.examples),
    ]  # fmt: skip
    if options.reports:
        options.reports.mkdir(parents=True, exist_ok=True)
        command += ["--report", "ndjson", "--report-ndjson-path", str(options.reports / f"{service}-{role}.ndjson")]
    environment = os.environ | {
        "SOUK_CONTRACT_FIXTURES": str(fixtures), "SOUK_CONTRACT_ROLE": role, "SOUK_CONTRACT_SERVICE": service,
        "SCHEMATHESIS_HOOKS": str(HERE / "hooks.py"), "PYTHONPATH": str(HERE),
    }  # fmt: skip
    answer = subprocess.run(command, env=environment, cwd=fixtures.parent, capture_output=True, text=True)
    good = answer.returncode == 0
    cases = next((line.strip() for line in answer.stdout.splitlines() if " generated, " in line), "no request was made")
    print(f"contract: {'✔' if good else '✘'} {service} as {role}: {cases}, {time.monotonic() - begin:.0f} s", flush=True)
    if not good:
        print(answer.stdout, answer.stderr, sep="\n", flush=True)
    return good


if __name__ == "__main__":
    main()
