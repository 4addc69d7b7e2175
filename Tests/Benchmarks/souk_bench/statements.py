"""What the databases of all services do for one order, as pgbench scripts.

The server's log says it while single orders are placed. A transaction, or a statement outside one, belongs to an order
when one of its parameters names something of the order: its id, account, cart, payment, products. So the scripts hold
the work that an order cannot do without. What the shop does beside it (relaying events, moving cursors past events of
no concern, leases, health checks) is not in them, and counts against the shop.
"""

import asyncio
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from .postgres import Administrator, Logged
from .shop import Crowd, Customer

FOLDER = Path(__file__).resolve().parent.parent / "pgbench"
NAMES = re.compile(
    r"BENCH-[0-9A-F]{6}-\d+|[a-z]{2,4}_(?:\d+_)?[0-9a-f]{24,32}"
    r"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
)
OF_THE_ORDER = re.compile(r"BENCH-[0-9A-F]{6}-\d+|(?:ord|acc|chk|pay|crt|pm|pi|cmd)_[0-9a-f]{24,32}")
ENDS = {"COMMIT", "ROLLBACK"}
PARTITION = re.compile(r"\bpart = \$(\d+)|insert into outbox \(part.*?(?:values \(\$(\d+)|unnest\(\$(\d+))")


@dataclass(frozen=True)
class Work:
    """The transactions of one service's database for one order, in the order in which they happened."""

    transactions: tuple[tuple[Logged, ...], ...]

    def summary(self) -> Counter:
        """What makes two works the same: how often each statement runs. Who of two racers did it does not matter."""
        return Counter(statement.sql for transaction in self.transactions for statement in transaction)

    @property
    def statements(self) -> int:
        return sum(1 for sql in self.summary().elements() if sql not in ENDS | {"BEGIN"})

    @property
    def commits(self) -> int:
        return self.summary()["COMMIT"]


def transactions_of(statements: list[Logged]) -> list[tuple[Logged, ...]]:
    """Cuts what the backends did at BEGIN and COMMIT; a statement outside is a transaction of its own."""
    found: list[tuple[Logged, ...]] = []
    running: dict[int, list[Logged]] = {}
    for statement in statements:
        if statement.sql == "BEGIN":
            running[statement.backend] = [statement]
            # Its place is that of its beginning.
            found.append(running[statement.backend])
        elif statement.backend in running:
            running[statement.backend].append(statement)
            if statement.sql in ENDS:
                del running[statement.backend]
        else:
            found.append([statement])
    return [tuple(transaction) for transaction in found]


def names_the_order(transaction: tuple[Logged, ...]) -> bool:
    return any(
        OF_THE_ORDER.search(value) for statement in transaction for value in statement.parameters if value is not None
    )


def works(statements: list[Logged], databases: list[str]) -> dict[str, Work]:
    """Sorts the statements of one order by database."""
    found = {}
    for database in databases:
        own = transactions_of([statement for statement in statements if statement.database == database])
        chosen = tuple(transaction for transaction in own if names_the_order(transaction))
        if chosen:
            found[database] = Work(chosen)
    return found


async def observe(administrator: Administrator, crowd: Crowd, skus: list[str], databases: list[str]) -> dict[str, Work]:
    """Places orders one by one and returns, for each database, the work that most of them caused."""
    seen: dict[str, list[Work]] = {}
    administrator.configure(log_statement="all", log_parameter_max_length="-1")
    try:
        everybody = crowd.customers
        for customer in everybody:
            crowd.customers = [customer]
            await crowd.fill_carts(skus, 2)
            # The events of the cart have gone by, and those of the order before.
            await asyncio.sleep(1)
            offset = administrator.log.stat().st_size
            await crowd.place_orders(1)
            await asyncio.sleep(1.5)
            for database, work in works(administrator.logged_since(offset), databases).items():
                seen.setdefault(database, []).append(work)
        crowd.customers = everybody
    finally:
        administrator.configure(log_statement=None, log_parameter_max_length=None)
    return {database: usual(list_of_works) for database, list_of_works in seen.items()}


def usual(candidates: list[Work]) -> Work:
    """A provider tells of some payments twice, and orders race with their events: what happens most often counts."""
    counts = Counter(frozenset(work.summary().items()) for work in candidates)
    most = counts.most_common(1)[0][0]
    return next(work for work in candidates if frozenset(work.summary().items()) == most)


class ScriptWriter:
    """Turns a work into a pgbench script. Every order of a run gets names of its own, with the number `:n`."""

    def __init__(self):
        self.known: dict[str, dict[str, int]] = {}

    def script(self, database: str, work: Work) -> str:
        head = (
            f"-- What the database {database} does for one order: {work.statements} statements, {work.commits} commits.\n"
            "-- Written by Tests/Benchmarks/bench.py --write-statements from the server's log. Not edited by hand.\n"
            "\\set i :i + 1\n\\set n 10000000 + :client_id * 100000 + :i\n\\set p :client_id % 8\n"
            "\\set s0 (:i + 3 * :client_id) % 20\n\\set s1 20 + :s0\n"
        )
        parts = ["\n".join(self.statement(one) for one in transaction) for transaction in work.transactions]
        return head + "\n" + "\n\n".join(parts) + "\n"

    def statement(self, statement: Logged) -> str:
        arrays = {number for call in re.findall(r"unnest\(([^)]*)\)", statement.sql) for number in re.findall(r"\$(\d+)", call)}
        arrays |= set(re.findall(r"any\(\$(\d+)\)", statement.sql))
        partitions = {number for match in PARTITION.finditer(statement.sql) for number in match.groups() if number}

        def literal(match: re.Match) -> str:
            number = match[1]
            value = statement.parameters[int(number) - 1]
            if number in partitions:
                return "('{' || :p || ',' || :p || '}')::int[]" if number in arrays else ":p::int"
            return self.literal(value, is_array=number in arrays)

        return re.sub(r"\$(\d+)", literal, statement.sql) + ";"

    def literal(self, value: str | None, is_array: bool) -> str:
        if value is None:
            return "null"
        if not is_array and value[:1] in "{[\\":
            return quoted(value)  # JSON and bytes: the same for all, only their length matters.
        # Texts and variables by turns.
        pieces, end = [""], 0
        for match in NAMES.finditer(value):
            prefix, variable = self.name(match[0])
            pieces[-1] += value[end : match.start()] + prefix
            pieces += [variable, ""]
            end = match.end()
        pieces[-1] += value[end:]
        terms = [piece if place % 2 else quoted(piece) for place, piece in enumerate(pieces) if place % 2 or piece]
        text = "(" + " || ".join(terms) + ")" if len(terms) > 1 else "".join(terms) or "''"
        return f"{text}::{array_type(value)}" if is_array else text

    def name(self, name: str) -> tuple[str, str]:
        """The canonical form: what kind it is, the how many-th of its kind, the number of the order."""
        if name.startswith("BENCH-"):
            return "BENCH-", f":s{self.place('BENCH', name)}"
        kind, separator, rest = name.partition("_")
        if not separator:
            return f"{self.place('uuid', name):08x}-0000-7000-8000-0000", ":n"
        digits = len(rest.rpartition("_")[2]) - 8
        return f"{kind}_{self.place(kind, name):0{digits}x}", ":n"

    def place(self, kind: str, name: str) -> int:
        names = self.known.setdefault(kind, {})
        return names.setdefault(name, len(names))


def quoted(text: str) -> str:
    # pgbench takes a colon before a letter for a variable, also within quotes.
    literal = "'" + re.sub(r":(?=[A-Za-z_])", ":' || '", text.replace("'", "''")) + "'"
    return f"({literal})" if "' || '" in literal else literal


def array_type(value: str) -> str:
    if re.fullmatch(r"\{[-\d,]*\}", value):
        return "bigint[]"
    return "bytea[]" if '"\\\\x' in value else "text[]"


def write(found: dict[str, Work]) -> None:
    """Replaces the scripts in the tree."""
    FOLDER.mkdir(exist_ok=True)
    for file in FOLDER.glob("*.sql"):
        if not file.name.startswith("prepare-"):
            file.unlink()
    for database, work in found.items():
        (FOLDER / f"{database}.sql").write_text(ScriptWriter().script(database, work), encoding="utf-8")


def differences(found: dict[str, Work]) -> list[str]:
    """How the scripts in the tree differ from what the shop does: one sentence for each statement."""
    sentences = []
    scripts = {file.stem: file for file in FOLDER.glob("*.sql") if not file.name.startswith("prepare-")}
    for database in sorted(scripts.keys() | found.keys()):
        script = shapes(scripts[database].read_text(encoding="utf-8")) if database in scripts else Counter()
        shop = shapes(ScriptWriter().script(database, found[database])) if database in found else Counter()
        for shape, count in sorted((shop - script).items()):
            sentences.append(f"{database}: the shop runs this {count} times more often than the script: {shape}")
        for shape, count in sorted((script - shop).items()):
            sentences.append(f"{database}: the script runs this {count} times more often than the shop: {shape}")
    return sentences


def shapes(script: str) -> Counter:
    """The statements of a script without their values."""
    lines = [line for line in script.splitlines() if line and not line.startswith(("--", "\\"))]
    return Counter(shape(line) for line in lines)


def shape(line: str) -> str:
    values = re.sub(r"'(?:[^']|'')*'|(?<!:):[a-z]\w*\b|\bnull\b", "?", line)
    joined = re.sub(r"\(\?(?: \|\| \?)+\)", "?", values)
    return re.sub(r"\?::(?:int|bigint|text|bytea)\b(?:\[\])?", "?", joined)
