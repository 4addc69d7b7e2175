"""Notes every request and every trip of a run, in few bytes each."""

from array import array
from pathlib import Path

import numpy

OK, SHED, FAILED = 0, 1, 2


class Recorder:
    def __init__(self):
        self.routes: dict[str, int] = {}
        self.errors: dict[str, int] = {}
        self.finished_at, self.seconds = array("d"), array("f")
        self.route, self.outcome = array("H"), array("B")
        # When trips began, and by how much later than planned.
        self.trip_at, self.trip_late = array("d"), array("f")
        self.outcomes: dict[str, int] = {}
        # From the acceptance of an order to its confirmation, by the shop's own clock.
        self.confirmed_at, self.confirmation = array("d"), array("f")
        self.users_at, self.users = array("d"), array("I")

    def request(self, now: float, route: str, seconds: float, outcome: int, error: str | None = None) -> None:
        self.finished_at.append(now)
        self.seconds.append(seconds)
        self.route.append(self.routes.setdefault(route, len(self.routes)))
        self.outcome.append(outcome)
        if error:
            text = f"{route}: {error}"
            self.errors[text] = self.errors.get(text, 0) + 1

    def trip_began(self, now: float, late: float) -> None:
        self.trip_at.append(now)
        self.trip_late.append(late)

    def trip_ended(self, outcome: str) -> None:
        self.outcomes[outcome] = self.outcomes.get(outcome, 0) + 1

    def confirmed(self, now: float, seconds: float) -> None:
        self.confirmed_at.append(now)
        self.confirmation.append(seconds)

    def sample_users(self, now: float, users: int) -> None:
        self.users_at.append(now)
        self.users.append(users)

    def save(self, file: Path) -> None:
        """Keeps the raw samples beside the report."""
        numpy.savez_compressed(
            file,
            routes=numpy.array(list(self.routes)), finished_at=numpy.array(self.finished_at),
            seconds=numpy.array(self.seconds), route=numpy.array(self.route), outcome=numpy.array(self.outcome),
            trip_at=numpy.array(self.trip_at), trip_late=numpy.array(self.trip_late),
            confirmed_at=numpy.array(self.confirmed_at), confirmation=numpy.array(self.confirmation),
            users_at=numpy.array(self.users_at), users=numpy.array(self.users),
        )
