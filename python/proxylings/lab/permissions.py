"""Which variable can be read, written or moved at which line? The compiler is asked, with a copy of the function each.

A probe is a statement that needs one permission: `let _ = &x;` to read, `let _ = &mut x;` to write, `drop(x);` to
move. Two crates hold a copy of the function for each probe, and two calls of rustc answer for all of them. The probe's
permission is missing when an error points at the probe itself, or when a borrow that the probe keeps alive stands in
the way of another line (then the error points there, and its second place is the probe).

Of a variable that is a reference, what it refers to is asked about as well, as `*x`.

The words are those of Crichton, Gray, Krishnamurthi: "A Grounded Conceptual Model for Ownership Types in Rust"
(OOPSLA 2023), which showed read, write and own permissions to learners. This is another way to derive them.
"""

import itertools
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from proxylings import toolchain
from proxylings.lab import scopes
from proxylings.lab.diagnostics import CELL
from proxylings.lab.program import Wrapped, scratch, wrap
from proxylings.lab.scopes import Function, Point, Variable
from proxylings.toolchain import Diagnostic, Span

Permission = Literal["read", "write", "move"]
PERMISSIONS: dict[Permission, str] = {"read": "let _ = &{};", "write": "let _ = &mut {};", "move": "drop({});"}
# Compiles only where the variable is a reference, shared or mutable.
_REFERENCES = ("let _: &&_ = &{};", "let _: &&mut _ = &{};")
# What a span says that tells of a variable and not of what happened to it.
_ASIDE = ("declared here", "move occurs because", "inside of this loop")
# Errors in which a loan that somebody still needs is in the way of what another line does.
_LOANS = {"E0499", "E0502", "E0503", "E0505", "E0506", "E0597", "E0716"}
# What rustc says once names and types are right.
_BORROWCK = _LOANS | {"E0373", "E0381", "E0382", "E0384", "E0507", "E0509", "E0515", "E0521", "E0594", "E0596"}
_FLAGS = ("--emit=metadata", "--cap-lints=allow")
MOST = 600


@dataclass(frozen=True)
class Loss:
    """Why a permission is missing: the line that took it (0 when none did), and what rustc says, in a few words."""

    line: int
    why: str


@dataclass(frozen=True)
class Held:
    """What may be done with one variable at one line: for each permission that was asked for, None or why not."""

    losses: dict[Permission, Loss | None]

    @property
    def letters(self) -> str:
        """Return `RWM`, with a dot for each that is missing."""
        return "".join(one[0].upper() if loss is None else "·" for one, loss in self.losses.items())


@dataclass(frozen=True)
class Row:
    """One line of the function before which we asked; a variable that is not in scope there is not in `held`."""

    line: int
    held: dict[Variable, Held]


@dataclass(frozen=True)
class Asked:
    """The answers for one function. `refused` is the line of its own first error: beyond it nobody asked."""

    name: str
    lines: tuple[tuple[int, str], ...]
    variables: tuple[Variable, ...]
    rows: tuple[Row, ...]
    refused: int
    closed: tuple[tuple[int, int, str], ...]

    def row(self, line: int) -> Row | None:
        """Return the answers for a line, if a statement begins there."""
        return next((row for row in self.rows if row.line == line), None)


@dataclass(frozen=True)
class Permissions:
    """The answers for a cell, or why there are none. `unasked` are lines, from and to, that no probe can stand in."""

    functions: tuple[Asked, ...]
    problem: str = ""
    probes: int = 0
    unasked: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True)
class _Question:
    """A statement to be put at a point: what it says about a variable."""

    function: Function
    point: Point
    variable: Variable
    text: str
    permission: Permission = "read"


_Answers = dict[tuple[Point, Variable], dict[Permission, Loss | None]]


@dataclass(frozen=True)
class _Probe:
    """A copy of a function: lines `first` to `last` of the crate; the probe is columns `start` to `end` of `line`."""

    question: "_Question"
    first: int
    last: int
    line: int
    start: int
    end: int

    def holds(self, span: Span) -> bool:
        inside = span.line_start == span.line_end == self.line
        return inside and self.start <= span.column_start and span.column_end <= self.end

    def own_line(self, number: int) -> int:
        """Return the line of the function that a line of the copy stands for; 0 for lines outside of the copy."""
        return number - self.first + self.question.function.first_line if self.first <= number <= self.last else 0


def ask(source: str) -> Permissions:
    """Return who may do what in every function of a cell."""
    wrapped = wrap(source)
    functions = [one for one in scopes.functions(wrapped.text) if any(point.variables for point in one.points)]
    closed = tuple(
        (wrapped.line(first), wrapped.line(last), what) for first, last, what in scopes.unasked(wrapped.text)
    )
    if not functions:
        return Permissions(
            (), "There is no variable here that can be asked about, so there is nothing to ask.", unasked=closed
        )
    probes = sum(len(point.variables) for one in functions for point in one.points) * len(PERMISSIONS)
    if probes > MOST:
        return Permissions(
            (), f"These functions would take {probes} questions; {MOST} are the most. Ask about a shorter piece."
        )
    with tempfile.TemporaryDirectory(dir=scratch(), prefix="permissions-") as name:
        folder = Path(name)
        kinds = list(_kinds(functions))
        with ThreadPoolExecutor(max_workers=2) as pool:
            plain = pool.submit(_compile, folder / "plain", wrapped.text)
            typed = pool.submit(_compile, folder / "typed", _copies(wrapped.text, kinds)[0])
            first, types = plain.result(), typed.result()
        if problem := _untyped(first, wrapped):
            return Permissions((), problem)
        refused = {function: _refused(function, first, functions) for function in functions}
        references = _accepted(_copies(wrapped.text, kinds)[1], types)
        questions = list(_questions(functions, refused, references))
        answers: _Answers = {}
        # Two crates with every other question each: rustc checks loans on one processor.
        with ThreadPoolExecutor(max_workers=2) as pool:
            halves = [_copies(wrapped.text, questions[at::2]) for at in range(2)]
            errors = pool.map(_compile, [folder / f"asked-{at}" for at in range(2)], [text for text, _ in halves])
            for (_, half), found in zip(halves, errors, strict=True):
                _note(answers, half, found)
    told = tuple(_told(function, answers, refused[function], wrapped) for function in functions)
    return Permissions(told, probes=len(questions), unasked=closed)


def _compile(folder: Path, text: str) -> list[Diagnostic]:
    folder.mkdir()
    file = folder / CELL
    file.write_text(text, encoding="utf-8")
    made = toolchain.compile_file(
        file, folder / "probes.rmeta", crate_type="lib", crate_name="probes", flags=_FLAGS, cwd=folder
    )
    return made.errors


def _untyped(errors: Sequence[Diagnostic], wrapped: Wrapped) -> str:
    """Say why nobody can ask: rustc looks at loans and moves only where all names and types are right."""
    for error in errors:
        if error.error_code not in _BORROWCK:
            line = next((span.line_start for span in error.spans if span.is_primary), 0)
            return f"rustc does not come as far as permissions. Line {wrapped.line(line)}: {error.message}."
    return ""


def _refused(function: Function, errors: Sequence[Diagnostic], functions: Sequence[Function]) -> int:
    """Return the first line of a function, without those inside of it, that rustc refuses, or 0."""
    inner = [one for one in functions if function.start < one.start and one.end < function.end]
    lines = [
        span.line_start
        for error in errors
        for span in error.spans
        if span.is_primary
        and function.first_line <= span.line_start <= function.last_line
        and not any(one.first_line <= span.line_start <= one.last_line for one in inner)
    ]
    return min(lines, default=0)


def _kinds(functions: Sequence[Function]) -> Iterator[_Question]:
    """Ask of each variable, where it is first in scope, whether it is a reference."""
    for function in functions:
        seen = set()
        for point in function.points:
            for variable in point.variables:
                if variable not in seen:
                    seen.add(variable)
                    yield from (_Question(function, point, variable, text) for text in _REFERENCES)


def _accepted(probes: Sequence["_Probe"], errors: Sequence[Diagnostic]) -> set[tuple[Function, Variable]]:
    """Return the variables of which one of the probes has the right type; moves and loans are not looked at here."""
    lines = {
        span.line_start
        for error in errors
        for span in error.spans
        if span.is_primary and error.error_code not in _BORROWCK
    }
    return {
        (one.question.function, one.question.variable)
        for one in probes
        if not any(one.first <= line <= one.last for line in lines)
    }


def _questions(
    functions: Sequence[Function], refused: dict[Function, int], references: set[tuple[Function, Variable]]
) -> Iterator[_Question]:
    for function in functions:
        for point in function.points:
            if refused[function] and point.line > refused[function]:
                break
            for variable in point.variables:
                places = [variable]
                if (function, variable) in references:
                    places.append(Variable(f"*{variable.name}", variable.line))
                for place in places:
                    for permission, text in PERMISSIONS.items():
                        # What a reference refers to can be of a type that no variable may have, `str` for one.
                        if place is variable or permission != "move":
                            yield _Question(function, point, place, text, permission)


def _copies(text: str, questions: Sequence[_Question]) -> tuple[str, list[_Probe]]:
    """Return the crate with a copy of its function for each question, and where the probes stand in it."""
    source = text.encode()
    pieces: list[bytes] = []
    probes: list[_Probe] = []
    at, line = 0, 1
    for end, group in itertools.groupby(
        sorted(questions, key=lambda one: one.function.end), lambda one: one.function.end
    ):
        pieces.append(source[at:end] + b"\n")
        line += pieces[-1].count(b"\n")
        at = end
        for question in group:
            copy, start, stop = _copy(source, question, len(probes))
            last = line + copy.count(b"\n") - 1
            where = line + question.point.line - question.function.first_line
            probes.append(_Probe(question, line, last, where, start, stop))
            pieces.append(copy)
            line = last + 1
    pieces.append(source[at:])
    return b"".join(pieces).decode(), probes


def _copy(source: bytes, question: _Question, number: int) -> tuple[bytes, int, int]:
    """Return a copy with its own name and the probe, and the probe's columns (from 1, in characters)."""
    function, point = question.function, question.point
    probe = question.text.format(question.variable.name)
    put = f"{probe} ".encode() if point.closes is None else f"{{ {probe} ".encode()
    edits = [(function.name_at + len(function.name.encode()), f"_{number}".encode()), (point.offset, put)]
    if point.closes is not None:
        edits.append((point.closes, b" }"))
    copy, at = b"", function.start
    start = 0
    for offset, inserted in edits:
        copy += source[at:offset]
        if inserted is put:
            start = len(copy[copy.rfind(b"\n") + 1 :].decode()) + 1
        copy += inserted
        at = offset
    copy += source[at : function.end] + b"\n"
    # The copy begins a line, and its original may not: rustc counts columns in the copy.
    return copy, start, start + len(put.decode())


def _note(answers: _Answers, probes: Sequence[_Probe], errors: Sequence[Diagnostic]) -> None:
    """Add to the answers what rustc says of these probes."""
    for probe in probes:
        question = probe.question
        losses = (loss for error in errors if (loss := _loss(probe, error)) is not None)
        answers.setdefault((question.point, question.variable), {})[question.permission] = next(losses, None)


def _loss(probe: _Probe, error: Diagnostic) -> Loss | None:
    """Return what an error says of a probe, or None when it is about something else."""
    touching = [span for span in error.spans if probe.holds(span)]
    if not touching:
        return None
    primary = any(span.is_primary for span in touching)
    if not primary and error.error_code not in _LOANS:
        return None  # a later line misses what the probe took: at the probe it was there
    others = [
        span
        for span in error.spans
        if span not in touching and probe.own_line(span.line_start) and not any(a in (span.label or "") for a in _ASIDE)
    ]
    if primary and error.error_code == "E0382" and not others:
        return None  # in a loop, where the probe itself took it in the turn before
    # The line that took it: for an error at the probe the first other place, else the error's own place.
    took = next((span for span in others if primary or span.is_primary), None)
    line = probe.own_line(took.line_start) if took else 0
    return Loss(line, _why(probe, error, took, others))


def _why(probe: _Probe, error: Diagnostic, took: Span | None, others: Sequence[Span]) -> str:
    name = probe.question.variable.name
    match error.error_code:
        case "E0596":
            return f"`{name}` is not declared `mut`" if "declared" in error.message else error.message
        case "E0381":
            return f"`{name}` has no value yet"
        case "E0382":
            return f"`{name}` was moved away" if took else error.message
    later = next((probe.own_line(span.line_start) for span in others if "later" in (span.label or "")), 0)
    label = (took.label or error.message) if took else error.message
    return f"{label}, and line {later} still needs that" if later and took and later != took.line_start else label


def _told(
    function: Function,
    answers: _Answers,
    refused: int,
    wrapped: Wrapped,
) -> Asked:
    """Return the answers by the learner's own lines."""

    def own(variable: Variable) -> Variable:
        return Variable(variable.name, wrapped.line(variable.line))

    def held(losses: dict[Permission, Loss | None]) -> Held:
        asked = ((one, losses[one]) for one in PERMISSIONS if one in losses)
        return Held({one: Loss(wrapped.line(loss.line), loss.why) if loss else None for one, loss in asked})

    rows, variables = [], dict[Variable, None]()
    for point in function.points:
        found = {own(place): held(losses) for (at, place), losses in answers.items() if at is point}
        line = wrapped.line(point.line)
        if found and 1 <= line <= len(wrapped.own):
            rows.append(Row(line, found))
            variables |= dict.fromkeys(found)
    first = max(1, wrapped.line(function.first_line))
    last = min(len(wrapped.own), wrapped.line(function.last_line))
    lines = tuple((number, wrapped.own[number - 1]) for number in range(first, last + 1))
    order = tuple(sorted(variables, key=lambda one: (one.line, one.name.lstrip("*"), one.name.startswith("*"))))
    closed = tuple((wrapped.line(start), wrapped.line(end), what) for start, end, what in function.closed)
    return Asked(function.name, lines, order, tuple(rows), wrapped.line(refused) if refused else 0, closed)
