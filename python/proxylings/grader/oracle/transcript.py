"""Run a compiled submission on cases, and write down what it said to each of them.

A case that ends the process (abort, exit, a loop without an end) costs itself: the program is started again behind
it, a few times at most. What is sent back is read with suspicion, for it comes from the learner's process.
"""

import struct
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Literal

import msgspec

from proxylings.grader.oracle.cases import Case, framed
from proxylings.grader.sandbox import RUN, Outcome, Sandbox

_HEAD = struct.Struct("<IcI")
_KINDS: dict[bytes, Literal["value", "panic"]] = {b"v": "value", b"p": "panic"}
# How a shim ends when a call that must not wait gives no answer; `at_once` in tests/oracle/support.rs.
_NO_ANSWER = 75
# One step's crashes are not to cost the other steps their points; and no submission may take for ever.
_MOST_OF_A_STEP = 2
_MOST_RESTARTS = 8
_LONGEST_S = 12.0


class Said(msgspec.Struct, frozen=True):
    """What came of one case: a value, the words of a panic, how the process ended, or nothing (it was not run)."""

    kind: Literal["value", "panic", "timeout", "crashed", "not run"]
    text: str = ""


class Transcript(msgspec.Struct, frozen=True):
    """What was said to each case, in their order; what was printed meanwhile; and the seconds that it took."""

    said: tuple[Said, ...]
    printed: str = ""
    seconds: float = 0.0


def transcribe(
    program: bytes, cases: Sequence[Case], sandbox: Sandbox, stop: Callable[[], bool] | None = None
) -> Transcript:
    """Run `program` in the run box and return what it said to `cases`."""
    said: dict[int, Said] = {}
    printed: list[str] = []
    seconds = 0.0
    fatal: Counter[str] = Counter()
    for _ in range(_MOST_RESTARTS + 1):
        left = [
            (number, case)
            for number, case in enumerate(cases)
            if number not in said and fatal[case.step] < _MOST_OF_A_STEP
        ]
        if not left or seconds > _LONGEST_S:
            break
        outcome = sandbox.run(["/program"], RUN, stdin=framed(left), files={"/program": program}, stop=stop)
        seconds += outcome.seconds
        printed += [part.decode("utf-8", "replace") for part in (outcome.stdout, outcome.stderr) if part]
        asked = [number for number, _ in left]
        answers = _records(outcome.data, asked)
        said |= answers
        if len(answers) < len(asked):
            number = asked[len(answers)]
            said[number] = _ending(outcome)
            fatal[cases[number].step] += 1
    whole = tuple(said.get(number, Said("not run")) for number in range(len(cases)))
    return Transcript(whole, "\n".join(printed), seconds)


def _records(data: bytes, asked: Sequence[int]) -> dict[int, Said]:
    """Read records for as long as they answer what was asked, in the order in which it was asked."""
    found: dict[int, Said] = {}
    at = 0
    for expected in asked:
        if at + _HEAD.size > len(data):
            break
        number, kind, length = _HEAD.unpack_from(data, at)
        text = data[at + _HEAD.size : at + _HEAD.size + length]
        if number != expected or kind not in _KINDS or len(text) != length:
            break
        found[number] = Said(_KINDS[kind], text.decode("utf-8", "replace"))
        at += _HEAD.size + length
    return found


def _ending(outcome: Outcome) -> Said:
    if outcome.ending in ("cpu", "wall"):
        return Said("timeout", f"The program {outcome.says()}.")
    if outcome.ending == "exited" and outcome.code == _NO_ANSWER:
        lines = outcome.stderr.decode("utf-8", "replace").splitlines() or ["It gives no answer."]
        return Said("timeout", lines[-1])
    if outcome.ok:
        return Said("crashed", "It ended the whole process, so the case has no answer.")
    if b"overflowed its stack" in outcome.stderr:
        return Said("crashed", "It overflowed its stack. Does a function call itself without an end?")
    return Said("crashed", f"The program {outcome.says()}.")
