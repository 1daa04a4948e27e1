"""Part 04 for Python: tell a connection what happens, event by event, and see its state and the action after each."""

from typing import Literal

import msgspec

from proxylings.errors import CourseError
from proxylings.lab.faces import Call

Name = Literal[
    "Read", "HeadEnded", "BodyEnded", "AnswerReady", "AnswerEnded", "Switched", "Refused", "TimedOut", "Closed",
    "StopAsked",
]  # fmt: skip
_LARGEST = 2**32 - 1


class Event(msgspec.Struct, frozen=True):
    """Something that happens to a connection; each name has its own values, and the others are not looked at.

    `Read`: `bytes` more came from the client. `HeadEnded`: `body` follows, the client is `persistent`, it asks for an
    `upgrade`. `AnswerReady`: `delimited` says that the client can tell its end. `Refused`: with this `status`.
    `TimedOut` and `Closed`: which `side`. `BodyEnded`, `AnswerEnded`, `Switched` and `StopAsked` have no values.
    """

    name: Name
    bytes: int = 1
    status: int = 400
    side: Literal["Client", "Upstream"] = "Client"
    body: bool = False
    persistent: bool = True
    upgrade: bool = False
    delimited: bool = True


class Step(msgspec.Struct, frozen=True):
    """The state after an event, and what the proxy has to do; both as Rust writes them."""

    state: str
    action: str

    @property
    def name(self) -> str:
        """Return the state's name without its data, for example "ReadingHead"."""
        return self.state.split(" ")[0].split("(")[0]


class ConnectionPart:
    """Part 04: the state machine of one client connection."""

    def __init__(self, call: Call) -> None:
        """Take the function that carries a call to the worker."""
        self._call = call

    def steps(
        self, events: list[Event | Name], *, requests: int = 100_000, head: int = 16 * 1024, discard: int = 1024 * 1024
    ) -> list[Step]:
        """Tell a new connection of these events, and return its state and the action after each.

        An event may be given by its name alone. The bounds are the proxy's defaults: `requests` that may come,
        bytes of one `head`, and bytes that are thrown away (`discard`) after the last answer.
        """
        told = [_checked(event) for event in events]
        for what, number in (("requests", requests), ("head", head), ("discard", discard)):
            if not (what == "requests") <= number <= _LARGEST:
                raise CourseError(f"{what} is {number}", f"give a number from {int(what == 'requests')} to {_LARGEST}")
        pairs = self._call("connection_steps", [told, requests, head, discard], list[tuple[str, str]])
        return [Step(*pair) for pair in pairs]


def _checked(event: Event | str) -> dict[str, object]:
    try:
        whole = msgspec.convert({"name": event}, Event) if isinstance(event, str) else event
        table: dict[str, object] = msgspec.to_builtins(msgspec.convert(msgspec.to_builtins(whole), Event))
    except msgspec.ValidationError as error:
        names = ", ".join(Name.__args__)  # type: ignore[attr-defined]  # a Literal has them, mypy does not say so
        raise CourseError(f"There is no such event: {error}", f"The events are {names}.") from None
    if not 0 <= whole.bytes <= _LARGEST or not 0 <= whole.status <= 999:
        raise CourseError(
            f"{whole.name} cannot have these numbers: bytes {whole.bytes}, status {whole.status}",
            f"bytes go from 0 to {_LARGEST}, a status from 0 to 999.",
        )
    return table
