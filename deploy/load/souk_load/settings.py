"""What a run is asked for. It comes from the environment, so that the locustfile also works under `locust -f`."""

import json
import os
import sys
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

# What a trip spends thinking, in mean think times, and its requests and the wait for the confirmation, in seconds.
THOUGHTS_PER_TRIP = 18
SECONDS_PER_TRIP = 3


@dataclass(frozen=True)
class Settings:
    shop: dict
    users: int
    duration: float
    shape: str
    # The mean pause before a click, in seconds; 0 leaves out the pauses and the pace.
    think: float
    # The share of trips that end with an order.
    buyers: float = 1

    @classmethod
    def read(cls) -> "Settings":
        file = Path(os.environ.get("SOUK_SHOP", ".souk/shop.json"))
        if not file.exists():
            sys.exit(f"There is no {file}: the shop does not run; 'make up' starts it.")
        shop = json.loads(file.read_text())
        require_loopback(shop["url"])
        settings = cls(
            shop=shop,
            users=number("SOUK_LOAD_USERS", 50, 1, 20_000),
            duration=number("SOUK_LOAD_DURATION", 60, 5, 86_400),
            shape=os.environ.get("SOUK_LOAD_SHAPE", "steady"),
            think=number("SOUK_LOAD_THINK_MS", 1_000, 0, 60_000) / 1_000,
            buyers=number("SOUK_LOAD_BUYERS", 100, 0, 100) / 100,
        )
        if settings.shape not in ("steady", "spike"):
            sys.exit(f"There is no shape '{settings.shape}'; the shapes are steady and spike.")
        return settings

    @property
    def pace(self) -> float:
        """Every so many seconds a shopper sets out for another trip."""
        return self.think * THOUGHTS_PER_TRIP + SECONDS_PER_TRIP if self.think else 0


def require_loopback(url: str) -> None:
    """Load goes to a shop on this machine and to no other."""
    host = urlsplit(url).hostname or ""
    try:
        is_here = host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        is_here = False
    if not is_here:
        sys.exit(f"{url} is not on this machine. Load is sent to a loopback address only.")


def number(name: str, default: int, least: int, most: int) -> int:
    text = os.environ.get(name) or str(default)
    if not text.isdecimal() or not least <= int(text) <= most:
        sys.exit(f"{name} must be a whole number from {least} to {most}, not '{text}'.")
    return int(text)
