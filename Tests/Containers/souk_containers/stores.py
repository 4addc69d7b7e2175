"""Who is the primary now: asked of Patroni and of the Sentinels."""

import json

from .compose import Compose, ComposeError

POSTGRES = ("postgres-1", "postgres-2")
SENTINELS = ("redis-sentinel-1", "redis-sentinel-2", "redis-sentinel-3")


def members(compose: Compose) -> dict[str, str]:
    """The roles of PostgreSQL's servers that run, by name."""
    for server in POSTGRES:
        if not compose.containers(server):
            continue
        try:
            answer = compose.execute(server, "start", "patronictl", "list", "--format", "json")
        except ComposeError:
            continue
        return {member["Member"]: member["Role"] for member in json.loads(answer) if member["State"] in ("running", "streaming")}
    return {}


def postgres_primary(compose: Compose) -> str | None:
    return next((name for name, role in members(compose).items() if role == "Leader"), None)


def has_synchronous_standby(compose: Compose) -> bool:
    return "Sync Standby" in members(compose).values()


def redis_primary(compose: Compose) -> str | None:
    for sentinel in SENTINELS:
        try:
            answer = compose.execute(sentinel, "redis-cli", "-p", "26379", "sentinel", "get-master-addr-by-name", "souk-log")
        except ComposeError:
            continue
        return answer.split()[0] if answer.split() else None
    return None


def has_redis_replica(compose: Compose) -> bool:
    answer = compose.execute(SENTINELS[0], "redis-cli", "-p", "26379", "sentinel", "replicas", "souk-log")
    words = answer.split("\n")
    flags = [words[i + 1].strip() for i, word in enumerate(words) if word.strip() == "flags"]
    return flags == ["slave"]
