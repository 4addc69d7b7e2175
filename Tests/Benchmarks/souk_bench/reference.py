"""pgbench running the statements of all services for one order, on the shop's own PostgreSQL.

The services' scripts run one after the other, each with the whole machine for itself, and an order costs the sum of
what it costs in each: this is what the databases could take if nothing else were to be done for an order.
"""

import re
from dataclasses import dataclass, field

from .postgres import Administrator
from .statements import FOLDER

CLIENTS = 16
# The scripts number a client's orders from 1 to 99,999.
ORDERS_OF_A_CLIENT = 99_999


@dataclass
class Reference:
    administrator: Administrator
    orders: int
    rounds: int
    done: dict[str, int] = field(default_factory=dict)

    @property
    def databases(self) -> list[str]:
        return sorted(file.stem for file in FOLDER.glob("*.sql") if not file.name.startswith("prepare-"))

    @property
    def each(self) -> int:
        """The orders of one client in one round."""
        return min(max(1, self.orders // CLIENTS), ORDERS_OF_A_CLIENT // self.rounds)

    def prepare(self) -> None:
        """Copies the schemas into databases of the benchmark's own and puts what orders need there."""
        for database in self.databases:
            target = f"bench_{database}"
            self.administrator.copy_schema(database, target)
            text = (FOLDER / f"prepare-{database}.sql").read_text(encoding="utf-8")
            self.administrator.sql(text, target, clients=CLIENTS, orders=self.each * self.rounds)
            self.administrator.sql("vacuum analyze", target)
            self.done[database] = 0

    def round(self) -> dict[str, float]:
        """Seconds for an order in each database."""
        return {database: 1 / self.rate(database) for database in self.databases}

    def rate(self, database: str) -> float:
        output = self.administrator.run(
            "pgbench", "--no-vacuum", "--protocol=prepared", f"--client={CLIENTS}", "--jobs=2",
            f"--transactions={self.each}", f"--define=i={self.done[database]}",
            f"--file={FOLDER / database}.sql", f"bench_{database}",
        )
        self.done[database] += self.each
        expected = CLIENTS * self.each
        processed = int(re.search(r"actually processed: (\d+)", output)[1])
        if processed != expected:
            raise RuntimeError(f"pgbench did {processed} of {expected} orders in {database}:\n{output}")
        return float(re.search(r"tps = ([\d.]+)", output)[1])

    def clean_up(self) -> None:
        for database in self.databases:
            self.administrator.drop(f"bench_{database}")
