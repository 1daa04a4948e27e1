"""Part 13 for Python: compare two answers, see which clients meet the new proxy, and play a whole migration."""

from collections.abc import Iterable
from typing import Literal

import msgspec

from proxylings.errors import CourseError
from proxylings.lab.faces import Call

IGNORED = ("Age", "Connection", "Date", "Keep-Alive", "Transfer-Encoding", "Via")
"""Fields that may differ between two good answers: they tell of the time, of the way, or of one connection."""

_U64 = 2**64 - 1
_U32 = 2**32 - 1


class Answer(msgspec.Struct, frozen=True):
    """What one proxy answered: the status, the fields in order, and the body."""

    status: int = 200
    fields: tuple[tuple[bytes, bytes], ...] = ()
    body: bytes = b""


class Difference(msgspec.Struct, frozen=True):
    """One difference: `what` is "Status", "Field", "Length" or "Body"; numbers are told in digits."""

    what: str
    name: bytes
    old: list[bytes]
    new: list[bytes]


class Happened(msgspec.Struct, frozen=True):
    """Something that happened during a migration, `at_ms` milliseconds after its beginning.

    `what` is "Compared" for two answers in the shadow, or the side that answered a request: "Old" or "New". `good` is
    false for answers that differ, or for an error. `took_us` is in microseconds.
    """

    what: Literal["Compared", "Old", "New"]
    at_ms: int
    good: bool = True
    took_us: int = 1_000


class Change(msgspec.Struct, frozen=True):
    """A change of stage: the position in the list of the event that brought it, and the stage as Rust writes it."""

    event: int
    stage: str

    @property
    def name(self) -> str:
        """Return the stage's name without its data, for example "Canary"."""
        return self.stage.split(" ")[0]


class MigrationPart:
    """Part 13: a new proxy takes over from an old one, and gives back when it is worse."""

    def __init__(self, call: Call) -> None:
        """Take the function that carries a call to the worker."""
        self._call = call

    def compare(self, old: Answer, new: Answer, ignored: Iterable[str] = IGNORED) -> list[Difference]:
        """Tell in what two answers to the same request differ; raises ParseError for a field that cannot be one."""
        for answer in (old, new):
            _within("status", answer.status, 0, 999)
        shape = list[tuple[str, bytes, list[bytes], list[bytes]]]
        return [Difference(*found) for found in self._call("migration_compare", [old, new, list(ignored)], shape)]

    def bucket(self, key: str | bytes, salt: int = 0) -> int:
        """Return the place of a client, 0 to 9,999: whoever has a small number meets the new proxy first."""
        _within("salt", salt, 0, _U64)
        place: int = self._call("migration_bucket", [salt, _bytes(key)], int)
        return place

    def side(self, key: str | bytes, percent: float, salt: int = 0) -> str:
        """Return "Old" or "New": who answers this client while the new proxy has so many percent of the traffic."""
        name: str = self._call("migration_side", [self.bucket(key, salt), _parts("percent", percent)], str)
        return name

    def answer(self, side: Literal["Old", "New"], *, supported: bool = True) -> tuple[str, bool]:
        """Return who answers, and whether it fell back, when the new proxy supports the request or does not."""
        pair: tuple[str, bool] = self._call("migration_answer", [side == "New", supported], tuple[str, bool])
        return pair

    def ramp(
        self,
        events: Iterable[Happened],
        percents: Iterable[float] = (1, 5, 25, 50, 100),
        *,
        least: int = 100,
        more_errors: float = 1.0,
        slower: int = 50,
        differences: float = 1.0,
        hold_ms: int = 60_000,
    ) -> list[Change]:
        """Play a migration that begins in the shadow at 0 ms, and return each change of its stage.

        `percents` are the shares of its steps; they grow, and the last one is 100. The thresholds: `least` requests of
        each side before anything is judged, `more_errors` and `differences` in percent of the requests, `slower` in
        percent of the old proxy's time, and at least `hold_ms` milliseconds for each stage.
        """
        parts = [_parts("percents", percent) for percent in percents]
        if not parts or parts[-1] != 10_000 or any(a >= b for a, b in zip([0, *parts], parts, strict=False)):
            raise CourseError("The steps are not in order.", "Give growing percents that end with 100.")
        _within("least", least, 1, _U32)
        _within("slower", slower, 0, 2**16 - 1)
        _within("hold_ms", hold_ms, 0, _U64)
        thresholds = [least, _parts("more_errors", more_errors), slower, _parts("differences", differences), hold_ms]
        told = list(events)
        for event in told:
            if event.what not in ("Compared", "Old", "New"):
                raise CourseError(f"Nothing that happens is called {event.what!r}.", 'Say "Compared", "Old" or "New".')
            _within("at_ms", event.at_ms, 0, _U64)
            _within("took_us", event.took_us, 0, _U64)
        changes = self._call("migration_ramp", [parts, *thresholds, told], list[tuple[int, str]])
        return [Change(*change) for change in changes]


def _bytes(key: str | bytes) -> bytes:
    return key.encode() if isinstance(key, str) else key


def _within(what: str, number: int, least: int, most: int) -> None:
    if not least <= number <= most:
        raise CourseError(f"{what} is {number}.", f"Give a number from {least} to {most}.")


def _parts(what: str, percent: float) -> int:
    if not 0 <= percent <= 100:
        raise CourseError(f"{what} is {percent}.", "Give percent, from 0 to 100.")
    return round(percent * 100)
