"""What is broken on purpose, and mended again: each fault is a context."""

import asyncio
import contextlib
import subprocess
import threading
import uuid

from prometheus import until
from shop import Shop, Shopper


@contextlib.contextmanager
def stopped(shop: Shop, *names: str):
    """Processes that do not run."""
    shop.control("stop", *names)
    try:
        yield
    finally:
        shop.control("start", *names)


@contextlib.contextmanager
def paused_replay(shop: Shop):
    """A standby that receives log and does not replay it."""
    shop.sql("postgres", "select pg_wal_replay_pause()", server="standby")
    try:
        yield
    finally:
        shop.sql("postgres", "select pg_wal_replay_resume()", server="standby")


@contextlib.contextmanager
def poisoned_event(shop: Shop):
    """A command that nobody can read, written by a stranger into order-tracking's outbox. It fails, and is parked."""
    shop.sql(
        "order_tracking",
        f"""insert into outbox (part, agg_type, agg_id, agg_ver, event_id, type, payload)
        values (0, 'order', 'poison', 1, '{uuid.uuid4()}', 'souk.payment.capture.v1', '\\xffffff')""",
    )
    try:
        yield
    finally:
        shop.sql(
            "payments",
            """with gone as (delete from inbox_parked where subject = 'poison' returning grp, topic, part)
            update inbox_cursor c set parked = c.parked - 1 from gone g where (c.grp, c.topic, c.part) = (g.grp, g.topic, g.part)""",
        )


@contextlib.contextmanager
def wrong_ledger(shop: Shop):
    """An entry with nothing on its other side, written past all constraints, and a payment that the provider sees otherwise."""
    past = "set session_replication_role = replica;"
    shop.sql(
        "payments",
        f"""{past} insert into ledger_transactions (id, kind, ref, order_id, currency) values ('test', 4, 'test', 'test', 'GBP');
        insert into ledger_entries (transaction_id, seq, account, amount, layer) values ('test', 1, 'cash', 7, 0);
        insert into reconciliation_differences (provider_intent, ours, theirs) values ('test', 'captured', 'voided')""",
    )
    try:
        yield
    finally:
        shop.sql(
            "payments",
            f"""{past} delete from ledger_entries where transaction_id = 'test'; delete from ledger_transactions where id = 'test';
            delete from reconciliation_differences where provider_intent = 'test'""",
        )


@contextlib.contextmanager
def locked(shop: Shop, database: str, table: str):
    """A transaction that holds a table and does nothing."""
    statement = f"begin; lock table {table} in access exclusive mode; select pg_sleep(900)"
    holder = subprocess.Popen(
        [*shop._psql(database, "primary"), "-c", statement], env=shop._environment() | {"PGAPPNAME": "holder"},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    granted = f"""select 1 from pg_locks join pg_stat_activity using (pid) where application_name = 'holder'
        and relation = '{table}'::regclass and mode = 'AccessExclusiveLock' and granted"""
    try:
        until(f"{table} is locked", 60, lambda: shop.sql(database, granted))
        yield
    finally:
        shop.sql("postgres", "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'holder'")
        holder.wait(60)


@contextlib.contextmanager
def slow_carts(shop: Shop):
    """Every change of a cart takes 2.2 seconds in the database, and more customers come than HTTP_MAX_IN_FLIGHT (64) lets in."""
    shop.sql(
        "cart",
        """create function slow() returns trigger language plpgsql as 'begin perform pg_sleep(2.2); return new; end';
        create trigger slow before insert or update on carts for each row execute function slow()""",
    )
    crowd = Crowd(shop.about["services"]["cart"][0]["http"], customers=110)
    crowd.start()
    try:
        yield
    finally:
        crowd.end()
        shop.sql("cart", "drop trigger slow on carts; drop function slow()")


class Crowd(threading.Thread):
    """Guests who put something into a cart of their own again and again, all at once, at one instance."""

    def __init__(self, url: str, customers: int):
        super().__init__(daemon=True)
        self.host, port = url.removeprefix("http://").split(":")
        self.port, self.customers = int(port), customers
        self.ended = threading.Event()

    def run(self) -> None:
        asyncio.run(self._all())

    def end(self) -> None:
        self.ended.set()
        self.join(30)

    async def _all(self) -> None:
        customers = [asyncio.create_task(self._customer()) for _ in range(self.customers)]
        while not self.ended.is_set():
            await asyncio.sleep(0.1)
        for customer in customers:
            customer.cancel()
        await asyncio.gather(*customers, return_exceptions=True)

    async def _customer(self) -> None:
        body = b'{"sku": "LANTERN-BRASS", "quantity": 1}'
        request = (
            f"POST /v1/cart/items HTTP/1.1\r\nHost: {self.host}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        ).encode() + body
        while True:
            with contextlib.suppress(OSError):
                reader, writer = await asyncio.open_connection(self.host, self.port)
                try:
                    writer.write(request)
                    await reader.read()
                finally:
                    writer.close()
            await asyncio.sleep(0.5)


def crash_loop(shop: Shop, prometheus, name: str, times: int) -> None:
    """Kills a process as soon as it is seen again."""
    started = until(f"{name} is seen", 30, lambda: _start_of(prometheus, name))
    for _ in range(times):
        shop.kill(name)
        started = until(f"{name} is seen again", 30, lambda: _start_of(prometheus, name, after=started))


def _start_of(prometheus, name: str, after: float = 0) -> float | None:
    """When a process started, if that was later."""
    rows = prometheus.query(f'process_start_time_seconds{{instance="{name}"}} > {after}')
    return rows[0][1] if rows else None


def orders(shopper: Shopper, sku: str, count: int) -> None:
    """A few orders that nobody waits for."""
    for _ in range(count):
        if shopper.fill(sku) == 200:
            shopper.order()
