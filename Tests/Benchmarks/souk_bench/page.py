"""The cached product page: how many a second, through the balancer, from the service itself, and from a bare server."""

import os
import re
import subprocess
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

CONNECTIONS = 32
# What the bare server repeats beside the body. The shop's other headers differ from answer to answer.
REPEATED = ("content-type", "etag", "cache-control", "x-content-type-options")


def rate(url: str, seconds: int) -> float:
    """Requests per second, by wrk with as many connections for everybody."""
    output = subprocess.run(
        ["wrk", "--threads", "1", "--connections", str(CONNECTIONS), "--duration", f"{seconds}s", url],
        check=True, capture_output=True, text=True,
    ).stdout
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)|Socket errors: (.*)", output)
    if failed:
        raise RuntimeError(f"wrk saw errors at {url}: {failed[0]}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", output)[1])


@contextmanager
def bare_server(program: Path, url: str, port: int):
    """Runs the bare server with the bytes that the shop answers at `url`; gives its own URL."""
    with urllib.request.urlopen(url) as answer:
        body = answer.read()
        headers = "\n".join(f"{name}: {answer.headers[name]}" for name in REPEATED if answer.headers[name])
    path = urlsplit(url).path
    with TemporaryDirectory() as folder:
        file = Path(folder) / "body"
        file.write_bytes(body)
        environment = os.environ | {
            "BARE_PORT": str(port), "BARE_PATH": path, "BARE_BODY_FILE": str(file), "BARE_HEADERS": headers,
            "LOG_LEVEL": "warning",
        }
        process = subprocess.Popen([program], env=environment, stdout=subprocess.DEVNULL)
        try:
            yield f"http://127.0.0.1:{port}{path}"
        finally:
            process.terminate()
            process.wait(10)
