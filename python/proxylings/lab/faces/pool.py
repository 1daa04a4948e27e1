"""Part 10 for Python: a scene of requests that ask for connections, told as a script."""

import re
from collections.abc import Iterable

import msgspec

from proxylings.errors import CourseError
from proxylings.lab.faces import Call

_STEP = re.compile(r"(?P<verb>lend|back|drop|half read) (?P<name>\w+)|at (?P<ms>\d{1,18}) ms|(?P<hang>hang up)")
_STEPS = "`lend a`, `back a`, `drop a`, `half read a`, `hang up` and `at 100 ms`"


class Event(msgspec.Struct, frozen=True):
    """After which step a request got its connection; `connection` is None when it has to wait for a place."""

    step: str
    request: str
    connection: int | None
    reused: bool


class Counts(msgspec.Struct, frozen=True):
    """What the pool has done: connections opened, lent again and closed, requests that had to wait; and what it holds.

    `connects` is always `discards + idle + lent`.
    """

    connects: int
    reuses: int
    discards: int
    waits: int
    idle: int
    lent: int


class Scene(msgspec.Struct, frozen=True):
    """What came of a script: who got which connection, in order, and the pool's counts in the end."""

    events: list[Event]
    counts: Counts


class _Told(msgspec.Struct):
    events: list[tuple[int, str, int | None, bool]]
    connects: int
    reuses: int
    discards: int
    waits: int
    idle: int
    lent: int


class PoolPart:
    """Part 10: connections that are lent, given back, or thrown away."""

    def __init__(self, call: Call) -> None:
        """Take the function that carries a call to the worker."""
        self._call = call

    def scene(self, script: Iterable[str], *, connections: int = 4, idle: int = 4, idle_ms: int = 50_000) -> Scene:
        """Play a script, step by step; nothing is a socket, and the time is what the script says.

        `lend a` lets request a ask; `back a` gives its connection back; `drop a` cancels it, whether it waits or has
        one; `half read a` leaves bytes unread on its connection; `hang up` ends all connections there are, at the
        other end; `at 100 ms` sets the clock. `connections` is how many may be open, `idle` how many are kept.
        """
        for name, value, least in (("connections", connections, 1), ("idle", idle, 0), ("idle_ms", idle_ms, 0)):
            if not least <= value <= 2**60:
                raise CourseError(f"{name} is {value}.", f"Choose a number from {least} to 2**60.")
        steps = list(script)
        told: _Told = self._call("pool_scene", [connections, idle, idle_ms, _parsed(steps)], _Told)
        events = [Event(steps[step], name, number, reused) for step, name, number, reused in told.events]
        counts = Counts(told.connects, told.reuses, told.discards, told.waits, told.idle, told.lent)
        return Scene(events, counts)


def _parsed(steps: list[str]) -> list[tuple[str, str]]:
    """Return each step as its verb and the request's name, or the time; refuse what makes no sense."""
    parsed = []
    under_way: set[str] = set()
    for step in steps:
        match = _STEP.fullmatch(step)
        if match is None:
            raise CourseError(f"There is no step {step!r}.", f"The steps are {_STEPS}.")
        verb, name = match["verb"] or match["hang"] or "at", match["name"] or ""
        if verb == "lend" and name in under_way:
            raise CourseError(f"Request {name} has asked already.", f"Give another name, or end it: `back {name}`.")
        if name and verb != "lend" and name not in under_way:
            raise CourseError(f"Request {name} has not asked, or has ended.", f"Let it ask first: `lend {name}`.")
        if verb == "lend":
            under_way.add(name)
        elif verb in ("back", "drop"):
            under_way.discard(name)
        parsed.append((verb, name or match["ms"] or ""))
    return parsed
