"""A connection's state machine, step by step: where it is, what it owns, what may happen now, and what follows.

Asks the part itself, the learner's or the reference's; nothing here knows a transition. Knows nothing of widgets.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from proxylings.errors import CourseError, LearnerCodeError
from proxylings.lab.faces.connection import ConnectionPart, Event, Step

# Small, so that a connection comes to its end in a few steps.
REQUESTS, HEAD, DISCARD = 2, 1000, 1000
EVENTS: dict[str, Event] = {
    "Read: 100 bytes": Event("Read", bytes=100),
    "Read: 2,000 bytes": Event("Read", bytes=2000),
    "HeadEnded: no body": Event("HeadEnded"),
    "HeadEnded: a body follows": Event("HeadEnded", body=True),
    "HeadEnded: the last request": Event("HeadEnded", persistent=False),
    "HeadEnded: wants an upgrade": Event("HeadEnded", upgrade=True),
    "BodyEnded": Event("BodyEnded"),
    "AnswerReady: its end can be told": Event("AnswerReady"),
    "AnswerReady: ends with the connection": Event("AnswerReady", delimited=False),
    "AnswerEnded": Event("AnswerEnded"),
    "Switched": Event("Switched"),
    "Refused: 400": Event("Refused", status=400),
    "TimedOut: client": Event("TimedOut", side="Client"),
    "TimedOut: upstream": Event("TimedOut", side="Upstream"),
    "Closed: client": Event("Closed", side="Client"),
    "Closed: upstream": Event("Closed", side="Upstream"),
    "StopAsked": Event("StopAsked"),
}
# Stories that are tried for the table; a machine with more states than this has a number in them that grows.
_MOST = 80
_COUNTS = re.compile(r"\b(bytes|left): \d+")


@dataclass(frozen=True)
class Moment:
    """The machine after an event: its state and the action, as Rust writes them. The first one has no event."""

    event: str
    state: str
    action: str

    @property
    def name(self) -> str:
        """Return the state's name."""
        return re.split(r"[ ({]", self.state, maxsplit=1)[0]

    @property
    def data(self) -> list[tuple[str, str]]:
        """Return what the state owns: names and values, a value without a name for `Closed(Left)`."""
        inner = self.state[len(self.name) :].strip()
        if inner.startswith("{"):
            pairs = (piece.partition(": ") for piece in _pieces(inner[1:-1]))
            return [(name.strip(), value.strip()) for name, _, value in pairs]
        return [("", piece) for piece in _pieces(inner[1:-1])] if inner else []

    @property
    def impossible(self) -> bool:
        """Whether the machine says that this event could not happen."""
        return self.name == "Closed" and "Impossible" in self.state


@dataclass(frozen=True)
class Next:
    """What an event would give from here; `fault` is there when the part's code failed on it instead."""

    event: str
    moment: Moment | None
    fault: str = ""

    @property
    def possible(self) -> bool:
        """Whether the event may happen here."""
        return self.moment is not None and not self.moment.impossible


@dataclass
class Story:
    """What has happened to one connection. Events are told with `tell`, and taken back with `back`."""

    part: ConnectionPart
    moments: list[Moment] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin with a new connection."""
        if not self.moments:
            # A new connection shows itself in the state that nothing happened to; the part gives states after events.
            self.moments = [Moment("", f"Idle {{ turns: {REQUESTS} }}", "Read")]

    def tell(self, event: str) -> Moment:
        """Let an event happen.

        Raises LearnerCodeError when the part fails on it; the story is as it was then.
        """
        moment = self._after(event)
        self.moments.append(moment)
        return moment

    def back(self) -> None:
        """Take the last event back: the events before it are told again."""
        if len(self.moments) > 1:
            self.moments.pop()

    def nexts(self) -> list[Next]:
        """Return what each event would give from here. Where the connection is closed, nothing happens any more."""
        return [] if self.moments[-1].name == "Closed" else [self._next(event) for event in EVENTS]

    def _next(self, event: str) -> Next:
        try:
            return Next(event, self._after(event))
        except LearnerCodeError as error:
            return Next(event, None, error.what)

    def _after(self, event: str) -> Moment:
        told = [EVENTS[moment.event] for moment in self.moments[1:]]
        steps = self.part.steps([*told, EVENTS[event]], requests=REQUESTS, head=HEAD, discard=DISCARD)
        last: Step = steps[-1]
        return Moment(event, last.state, last.action)


@dataclass(frozen=True)
class Table:
    """Which state comes after which, by name: for each state, the events that are possible there and what follows."""

    rows: dict[str, dict[str, tuple[str, ...]]]

    @property
    def edges(self) -> list[tuple[str, str]]:
        """Return each pair of states of which the second may follow the first."""
        pairs = ((state, after) for state, row in self.rows.items() for afters in row.values() for after in afters)
        return list(dict.fromkeys(pairs))


def table(part: ConnectionPart, tell: Callable[[str], None] | None = None) -> Table:
    """Find the transitions of a part by trying all events in all states that can be come to.

    States that differ in a count alone are one. Events that the part fails on, or calls impossible, are left out.
    """
    rows: dict[str, dict[str, set[str]]] = {}
    waiting, seen = [Story(part)], {""}
    while waiting and len(seen) <= _MOST:
        story = waiting.pop(0)
        here = story.moments[-1]
        row = rows.setdefault(here.name, {})
        if tell is not None:
            tell(here.name)
        for found in story.nexts():
            if found.moment is None or found.moment.impossible:
                continue
            row.setdefault(found.event, set()).add(found.moment.name)
            key = _COUNTS.sub(r"\1", found.moment.state)
            if key not in seen:
                seen.add(key)
                waiting.append(Story(part, [*story.moments, found.moment]))
    return Table({state: {event: tuple(sorted(names)) for event, names in row.items()} for state, row in rows.items()})


def recorded(events: Sequence[dict[str, object]]) -> dict[int, list[Moment]]:
    """Return the states that each connection went through, from the events of a running proxy."""
    found: dict[int, list[Moment]] = {}
    for event in events:
        if event.get("event") == "connection":
            number, state = event.get("connection"), event.get("state")
            if isinstance(number, int) and isinstance(state, str):
                found.setdefault(number, []).append(Moment("seen in the proxy", state, ""))
    return found


def story(part: ConnectionPart, events: Sequence[str] = ()) -> Story:
    """Return the story of a new connection to which `events` (keys of EVENTS) happened."""
    told = Story(part)
    for event in events:
        if event not in EVENTS:
            raise CourseError(f"There is no event {event!r}.", f"The events are: {'; '.join(EVENTS)}.")
        told.tell(event)
    return told


def _pieces(text: str) -> list[str]:
    """Split at the commas that stand in no brackets."""
    pieces, depth, start = [], 0, 0
    for at, char in enumerate(text):
        depth += (char in "({[") - (char in ")}]")
        if char == "," and depth == 0:
            pieces.append(text[start:at].strip())
            start = at + 1
    return [piece for piece in [*pieces, text[start:].strip()] if piece]
