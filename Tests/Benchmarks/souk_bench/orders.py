"""A crowd with full carts orders at once: how many orders a second are accepted, how many confirmed, at what CPU."""

import asyncio
import time
from dataclasses import dataclass

from .postgres import Administrator
from .processes import Processes, spent
from .shop import Crowd, ShopError

WIDTH = 32
PATIENCE_SECONDS = 120


@dataclass(frozen=True)
class Burst:
    orders: int
    # From the first request to the last 201, and to the last confirmation.
    accepted_seconds: float
    confirmed_seconds: float
    cpu: dict[str, float]

    @property
    def cpu_of_an_order(self) -> float:
        return sum(self.cpu.values()) / self.orders


async def burst(crowd: Crowd, skus: list[str], administrator: Administrator, processes: Processes) -> Burst:
    """One round. Filling the carts is not counted."""
    await crowd.renew_tokens()
    await crowd.fill_carts(skus, 2)
    # The carts' events have gone by.
    await asyncio.sleep(2)
    before = processes.cpu()
    start = time.time()
    numbers = await crowd.place_orders(WIDTH)
    accepted = time.time()
    confirmed = await confirmation(administrator, numbers)
    return Burst(len(numbers), accepted - start, confirmed - start, spent(before, processes.cpu()))


async def confirmation(administrator: Administrator, numbers: list[str]) -> float:
    """When the last of the orders was confirmed, by the database's clock, which is this machine's."""
    listed = ",".join(f"'{number}'" for number in numbers)
    question = (
        "select count(*), coalesce(extract(epoch from max(at)), 0) from order_timeline "
        f"where status = 'confirmed' and order_id in ({listed})"
    )
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        # Seldom: the question takes CPU from what is measured.
        await asyncio.sleep(0.5)
        answer = await asyncio.to_thread(administrator.sql, question, "order_tracking")
        count, latest = answer.strip().split("|")
        if int(count) == len(numbers):
            return float(latest)
    raise ShopError(f"only {count} of {len(numbers)} orders were confirmed within {PATIENCE_SECONDS} s")
