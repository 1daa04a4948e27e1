"""Part 11 for Python: play a stop step by step, and see what becomes of a restart."""

from collections.abc import Sequence
from typing import Literal

import msgspec

from proxylings.errors import CourseError
from proxylings.lab.faces import Call

Stop = Literal["open", "draining", "all", "cut"]


class Moment(msgspec.Struct, frozen=True):
    """How things stand after a step.

    `entered` is the number of the connection that came in with this step, counted from 0; None when none did.
    `stop` is "open" before the stop, "draining" while it waits, then "all" (everybody has left) or "cut" (the
    deadline passed, and `left` connections were still inside).
    """

    step: str
    entered: int | None
    stop: Stop
    left: int | None = None


class Restart(msgspec.Struct, frozen=True):
    """What became of a restart: `outcome` is "takes over", "failed", "too late", or None while the wait goes on.

    `heard` is what the successor got to hear when it said that it is ready: False when nobody waited any more.
    """

    outcome: Literal["takes over", "failed", "too late"] | None
    heard: bool | None = None


class DrainPart:
    """Part 11: stop accepting, finish what runs, and hand over to the next process."""

    def __init__(self, call: Call) -> None:
        """Take the function that carries a call to the worker."""
        self._call = call

    def play(self, steps: Sequence[str]) -> list[Moment]:
        """Play steps at one gate: "enter", "leave 0" (the connection's number), "drain", "deadline".

        A connection that leaves twice, or was never inside, changes nothing.
        Raises CourseError for a step that is none of these.
        """
        words, numbers = [word for word, _ in map(_step, steps)], [number for _, number in map(_step, steps)]
        stands = self._call("drain_play", [words, numbers], list[tuple[int | None, Stop, int | None]])
        return [Moment(step, *stand) for step, stand in zip(steps, stands, strict=True)]

    def hand_over(
        self,
        successor: Literal["ready", "fails", "silent"] = "ready",
        deadline: Literal["before", "after", "never"] = "never",
    ) -> Restart:
        """Start a successor that gets ready, fails or stays silent; the deadline is before that, after it, or never."""
        outcome: Restart = Restart(
            *self._call(
                "drain_hand_over",
                [successor, deadline],
                tuple[Literal["takes over", "failed", "too late"] | None, bool | None],
            )
        )
        return outcome


def _step(step: str) -> tuple[str, int]:
    word, _, number = step.partition(" ")
    if word == "leave" and number.isdecimal():
        return word, int(number)
    if step in ("enter", "drain", "deadline"):
        return step, 0
    raise CourseError(f"There is no step {step!r}.", 'Write "enter", "leave 0", "drain" or "deadline".')
