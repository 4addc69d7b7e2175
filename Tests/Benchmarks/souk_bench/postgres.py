"""The shop's PostgreSQL, seen by its administrator: settings, copies of schemas, statements as they are logged."""

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ENTRY = re.compile(r"^\d{4}-\d\d-\d\d \S+ \S+ \[(\d+)\] \S+?@([^/\s]+)/.*? (LOG|DETAIL):  (.*)$", re.S)
STATEMENT = re.compile(r"^(?:execute [^:]+|statement): (.*)$", re.S)
PARAMETER = re.compile(r"\$(\d+) = (?:NULL|'((?:[^']|'')*)')", re.S)


@dataclass(frozen=True)
class Logged:
    """One statement as the server ran it. Parameters are texts or None."""

    backend: int
    database: str
    sql: str
    parameters: tuple[str | None, ...] = ()


class Administrator:
    """Runs PostgreSQL's own programs against the primary."""

    def __init__(self, home: Path, a_database_url: str):
        parts = urlsplit(a_database_url)
        self.log = home / "logs" / "postgres-primary.log"
        self.environment = os.environ | {
            "PGHOST": parts.hostname, "PGPORT": str(parts.port), "PGUSER": "postgres",
            "PGPASSWORD": (home / "secrets" / "postgres").read_text().strip(),
            "PGOPTIONS": "-c client_min_messages=warning",
        }
        folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parts[-2]))
        self.programs = folders[-1]

    def run(self, program: str, *arguments: str, text: str | None = None) -> str:
        done = subprocess.run(
            [self.programs / program, *arguments], env=self.environment, input=text, text=True, capture_output=True
        )
        if done.returncode != 0:
            raise RuntimeError(f"{program} failed: {done.stderr.strip()[-2000:]}")
        return done.stdout

    def sql(self, text: str, database: str = "postgres", **variables: object) -> str:
        settings = [f"--set={name}={value}" for name, value in variables.items()]
        return self.run("psql", "-XqAt", "-v", "ON_ERROR_STOP=1", *settings, "-d", database, text=text)

    def configure(self, **settings: str | None) -> None:
        """Changes settings of the running server; None gives a setting back its own value."""
        for name, value in settings.items():
            self.sql(f"alter system reset {name}" if value is None else f"alter system set {name} = '{value}'")
        self.sql("select pg_reload_conf()")

    def copy_schema(self, source: str, target: str) -> None:
        self.drop(target)
        self.sql(f'create database "{target}"')
        self.sql(self.run("pg_dump", "--schema-only", "--no-owner", "--no-privileges", source), target)

    def drop(self, database: str) -> None:
        self.sql(f'drop database if exists "{database}" with (force)')

    def logged_since(self, offset: int) -> list[Logged]:
        """The statements in the server's log behind a byte."""
        with self.log.open("rb") as file:
            file.seek(offset)
            text = file.read().decode(errors="replace")
        statements: list[Logged] = []
        latest: dict[str, int] = {}
        for entry in re.split(r"\n(?=\d{4}-\d\d-\d\d \d\d:)", text):
            match = ENTRY.match(entry)
            if not match:
                continue
            backend, database, kind, rest = match.groups()
            statement = STATEMENT.match(rest)
            if kind == "LOG" and statement:
                latest[backend] = len(statements)
                statements.append(Logged(int(backend), database, " ".join(statement[1].split())))
            elif kind == "DETAIL" and rest.startswith("parameters: ") and backend in latest:
                place = latest.pop(backend)
                before = statements[place]
                values = tuple(
                    None if value[0].endswith("NULL") else value[2].replace("''", "'")
                    for value in PARAMETER.finditer(rest)
                )
                statements[place] = Logged(before.backend, before.database, before.sql, values)
        return statements
