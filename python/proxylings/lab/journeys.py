"""What the events of a proxy mean: each request on its way, each connection with its states, each link with its hands.

Knows the vocabulary of `/events`, and nothing of widgets. A stream may begin in the middle and may have holes, so
nothing here takes for granted that what ends has begun.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import msgspec

STATIONS = ("head", "admission", "shaping", "finishing", "cache", "pool", "answer")
_PHASES = STATIONS[1:4]


class _Event(msgspec.Struct, tag_field="event"):
    at_us: int = 0


class Connection(_Event, tag="connection"):
    """A client's connection has come to another state."""

    connection: int = 0
    state: str = ""


class Began(_Event, tag="began"):
    """A request has a whole head."""

    connection: int = 0
    method: str = ""
    target: str = ""


class Judged(_Event, tag="judged"):
    """The rules have judged a request: an answer, or changes of its target, its fields, and its response's fields."""

    connection: int = 0
    status: int | None = None
    edits: tuple[int, int, int] = (0, 0, 0)


class Cache(_Event, tag="cache", kw_only=True):
    """The cache has had a part in a request."""

    connection: int = 0
    outcome: Literal["hit", "miss", "wait", "revalidated", "pass", "stored"]


class Pool(_Event, tag="pool", kw_only=True):
    """A connection to a server, a link, has gone from one hand to another."""

    outcome: Literal["opened", "reused", "returned", "discarded"]
    link: int = 0
    server: str = ""
    connection: int | None = None


class Responding(_Event, tag="responding"):
    """The answer begins to go to the client."""

    connection: int = 0
    status: int = 0


class Request(_Event, tag="request"):
    """A request has got its answer."""

    connection: int = 0
    method: str = ""
    target: str = ""
    status: int = 0
    micros: int = 0


class Refused(_Event, tag="refused"):
    """A head was refused."""

    status: int = 0
    reason: str = ""
    connection: int = 0


class Missed(_Event, tag="missed"):
    """The listener was too slow."""

    count: int = 0


Event = Connection | Began | Judged | Cache | Pool | Responding | Request | Refused | Missed


def read(events: Iterable[Mapping[str, Any]]) -> list[Event]:
    """Return the events that are known here, as values; others, such as news of a migration, are left out."""
    known: list[Event] = []
    for event in events:
        try:
            known.append(msgspec.convert(event, Event))
        except msgspec.ValidationError:
            continue
    return known


@dataclass
class Journey:
    """A request: where it is, what each station did with it, and what came of it. `connection` is the client's."""

    number: int
    connection: int
    method: str = ""
    target: str = ""
    station: str = "head"
    done: dict[str, str] = field(default_factory=dict)
    status: int | None = None
    micros: int | None = None
    is_open: bool = True
    in_part: bool = False

    @property
    def asks(self) -> str:
        """Return the method and the target."""
        return f"{self.method} {self.target}".strip() or "(no head yet)"

    @property
    def answer(self) -> str:
        """Return the status and the time, as far as they are known."""
        took = "" if self.micros is None else f" in {duration(self.micros)}"
        return f"{self.status or ''}{took}".strip()

    def note(self, station: str, what: str) -> None:
        """Write down what a station did; a later word stands behind an earlier one."""
        before = self.done.get(station, "")
        self.done[station] = f"{before}, {what}" if before else what


@dataclass
class Client:
    """A client's connection: its states, each with the place of its event and its time."""

    number: int
    states: list[tuple[int, int, str]] = field(default_factory=list)

    @property
    def state(self) -> str:
        """Return the state that it is in."""
        return self.states[-1][2] if self.states else ""


@dataclass
class Link:
    """A connection to a server: each hand that it came into, with the place of its event, and the client's number."""

    number: int
    server: str
    hands: list[tuple[int, str, int | None]] = field(default_factory=list)


@dataclass
class Traffic:
    """All of it, up to an event. `missed` counts the events that the proxy could not tell."""

    journeys: list[Journey] = field(default_factory=list)
    clients: dict[int, Client] = field(default_factory=dict)
    links: dict[int, Link] = field(default_factory=dict)
    cache: Counter[str] = field(default_factory=Counter)
    pool: Counter[str] = field(default_factory=Counter)
    missed: int = 0
    _open: dict[int, Journey] = field(default_factory=dict)

    def take(self, at: int, event: Event) -> None:
        """Take the event at place `at` into account."""
        match event:
            case Connection(at_us=at_us, connection=number, state=state):
                self.clients.setdefault(number, Client(number)).states.append((at, at_us, state))
                if state == "ReadingHead":
                    self._begin(number)
                elif state == "Closed" and (journey := self._open.pop(number, None)):
                    journey.is_open = False
                    if not journey.status:
                        journey.note("answer", "none: the connection is closed")
                elif state == "ReadingBody" and (journey := self._open.get(number)):
                    journey.note("head", "a body")
            case Began(connection=number, method=method, target=target):
                journey = self._open.get(number) or self._begin(number)
                journey.method, journey.target = method, target
                journey.done["head"] = "read"
            case Judged():
                self._judged(event)
            case Cache(connection=number, outcome=outcome):
                self.cache[outcome] += 1
                self._at(number, "cache").note("cache", outcome)
            case Pool():
                self._lent(at, event)
            case Responding(connection=number, status=status):
                journey = self._at(number, "answer")
                journey.status = status
                journey.done["answer"] = str(status)
            case Request(connection=number, method=method, target=target, status=status, micros=micros):
                journey = self._at(number, "answer")
                journey.method, journey.target, journey.status, journey.micros = method, target, status, micros
                journey.done["answer"] = journey.answer
                self._end(number)
            case Refused(connection=number, status=status, reason=reason):
                if number:
                    journey = self._at(number, "answer")
                    journey.status = status
                    journey.done["answer"] = f"{status}: {reason}"
                    self._end(number)
            case Missed(count=count):
                self.missed += count
                # Nobody knows how they went on.
                for journey in self._open.values():
                    journey.is_open, journey.in_part = False, True
                self._open.clear()

    def _begin(self, connection: int) -> Journey:
        self._end(connection)
        journey = Journey(len(self.journeys) + 1, connection)
        self.journeys.append(journey)
        self._open[connection] = journey
        return journey

    def _end(self, connection: int) -> None:
        if journey := self._open.pop(connection, None):
            journey.is_open = False

    def _at(self, connection: int, station: str) -> Journey:
        """Return the request that is under way on a connection, which has come to `station`."""
        journey = self._open.get(connection)
        if journey is None:  # its beginning is not in the stream
            journey = self._begin(connection)
            journey.in_part = True
        journey.station = station
        return journey

    def _judged(self, event: Judged) -> None:
        if event.status is not None:
            self._at(event.connection, "admission").note("admission", f"answers {event.status}")
            return
        journey = self._at(event.connection, "finishing")
        target, request, response = event.edits
        changed = [*(["target"] if target else []), *([plural(request, "change")] if request else [])]
        journey.note("admission", "passes")
        journey.note("shaping", ", ".join(changed) or "nothing")
        journey.note("finishing", plural(response, "change") if response else "nothing")

    def _lent(self, at: int, event: Pool) -> None:
        self.pool[event.outcome] += 1
        link = self.links.setdefault(event.link, Link(event.link, event.server))
        # Who closes a link does not say whose it was; the one who had it last may still be under way.
        had = next((who for _, outcome, who in reversed(link.hands) if outcome != "returned"), None)
        is_lent = bool(link.hands) and link.hands[-1][1] in ("opened", "reused")
        who = event.connection if event.outcome != "discarded" else (had if is_lent else None)
        link.hands.append((at, event.outcome, who))
        if event.outcome in ("opened", "reused") and who is not None:
            self._at(who, "pool").note("pool", f"{event.outcome} {event.link}")
        elif who is not None and (journey := self._open.get(who)):
            journey.note("pool", event.outcome)


def follow(events: Sequence[Event]) -> Traffic:
    """Return what all of `events` mean together."""
    traffic = Traffic()
    for at, event in enumerate(events):
        traffic.take(at, event)
    return traffic


def duration(micros: int) -> str:
    """Return a time in the unit that fits: 840 us, 1.3 ms, 2.0 s."""
    if micros < 1000:
        return f"{micros} µs"
    return f"{micros / 1000:.1f} ms" if micros < 1_000_000 else f"{micros / 1_000_000:.1f} s"


def plural(count: int, noun: str) -> str:
    """Return `1 change`, `2 changes`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
