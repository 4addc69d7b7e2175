"""Docker Compose, version 2 or 1.29, for one project of the test's own."""

import json
import os
import shutil
import socket
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


class ComposeError(Exception):
    """A command of Docker's failed."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def compose_command() -> list[str]:
    """Compose 2 where it is there, else 1.29."""
    if shutil.which("docker") and subprocess.run(["docker", "compose", "version"], capture_output=True, check=False).returncode == 0:
        return ["docker", "compose"]
    if shutil.which("docker-compose"):
        return ["docker-compose"]
    raise ComposeError("Neither `docker compose` nor `docker-compose` is there.")


class Compose:
    """The stack under a name and on ports of its own, so that it never meets one that runs already."""

    PORTS = ("SOUK_PORT", "SOUK_STATS_PORT", "SOUK_PROMETHEUS_PORT", "SOUK_ALERTMANAGER_PORT")

    def __init__(self, project: str, log: Path):
        self.command = compose_command()
        self.project = project
        self.log = log
        self.environment = os.environ | {"COMPOSE_PROJECT_NAME": project} | {name: str(free_port()) for name in self.PORTS}
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text("")

    def port(self, name: str) -> int:
        return int(self.environment[name])

    def adopt(self) -> None:
        """Takes the ports of a stack that runs already under this name."""
        for name, service, inside in (("SOUK_PORT", "haproxy", 8080), ("SOUK_STATS_PORT", "haproxy", 8081),
                                      ("SOUK_PROMETHEUS_PORT", "prometheus", 9090), ("SOUK_ALERTMANAGER_PORT", "alertmanager", 9093)):
            self.environment[name] = self.run("port", service, str(inside)).strip().rsplit(":", 1)[1]

    def run(self, *arguments: str, check: bool = True, timeout: float = 600) -> str:
        """One Compose command; its words go to the log, and to the caller when it fails."""
        return self._run([*self.command, *arguments], check, timeout)

    def docker(self, *arguments: str, check: bool = True, timeout: float = 120) -> str:
        return self._run(["docker", *arguments], check, timeout)

    def _run(self, command: list[str], check: bool, timeout: float) -> str:
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=timeout, check=False
        )
        with self.log.open("a") as log:
            log.write(f"$ {' '.join(command)}\n{done.stdout}{done.stderr}[{done.returncode}]\n")
        if check and done.returncode != 0:
            raise ComposeError(f"`{' '.join(command)}` failed:\n{(done.stdout + done.stderr)[-2000:]}")
        return done.stdout

    # ---- what runs

    def containers(self, service: str, running: bool = True) -> list[str]:
        """The containers of a service."""
        state = [] if running else ["--all"]
        names = self.docker(
            "ps", *state, "--format", "{{.Names}}", "--filter", f"label=com.docker.compose.project={self.project}",
            "--filter", f"label=com.docker.compose.service={service}", "--filter", "label=com.docker.compose.oneoff=False",
        )
        return sorted(names.split())

    def states(self) -> dict[str, str]:
        """Every container's health, or its state where it has no health check."""
        names = self.docker(
            "ps", "--all", "--quiet", "--filter", f"label=com.docker.compose.project={self.project}",
            "--filter", "label=com.docker.compose.oneoff=False",
        ).split()
        states = {}
        for container in json.loads(self.docker("inspect", *names)) if names else []:
            state = container["State"]
            health = state.get("Health", {}).get("Status")
            states[container["Name"].lstrip("/")] = health if health and state["Running"] else f"{state['Status']} {state['ExitCode']}"
        return states

    def users(self) -> dict[str, str]:
        """Who each container runs as, for those that are not to run as root."""
        names = self.docker("ps", "--quiet", "--filter", f"label=com.docker.compose.project={self.project}").split()
        return {c["Name"].lstrip("/"): c["Config"]["User"] for c in json.loads(self.docker("inspect", *names))}

    def published(self) -> set[str]:
        """The host addresses of all published ports."""
        names = self.docker("ps", "--quiet", "--filter", f"label=com.docker.compose.project={self.project}").split()
        bindings = (c["NetworkSettings"]["Ports"] or {} for c in json.loads(self.docker("inspect", *names)))
        return {b["HostIp"] for ports in bindings for bound in ports.values() for b in bound or []}

    def execute(self, service: str, *command: str) -> str:
        return self.run("exec", "-T", service, *command)
