"""How many shoppers there are at a time. Pure."""

SPIKE = 4


def planned_users(shape: str, users: int, duration: float, seconds: float) -> int | None:
    """The shoppers wanted `seconds` after the start; None when the run is over.

    steady: all come within the first sixth of the run (at most 20 s), and stay.
    spike:  the same, and for the middle fifth of the run there are four times as many, at once.
    """
    if seconds >= duration:
        return None
    ramp = min(duration / 6, 20)
    base = users if seconds >= ramp else max(1, round(users * seconds / ramp))
    if shape == "spike" and 0.4 * duration <= seconds < 0.6 * duration:
        return users * SPIKE
    return base


def most_users(shape: str, users: int) -> int:
    return users * SPIKE if shape == "spike" else users
