"""What to show of a program's run: judged by what was expected of it, as HTML, as text, and as an error."""

from dataclasses import dataclass

from proxylings.errors import CompileFailed, CourseError, LearnerCodeError
from proxylings.grader.text import coloured
from proxylings.lab import diagnostics
from proxylings.lab.markdown import escape, inline
from proxylings.lab.program import Ran

_FIRST_LINES = 30


class Unexpected(CourseError):
    """The cell was to fail in one way, and went another way."""


@dataclass(frozen=True)
class Expected:
    """The failure that is wanted: these error codes, a panic that says this, or a deadlock. None: none is wanted."""

    fails: tuple[str, ...] = ()
    panics: str = ""
    deadlock: bool = False


@dataclass(frozen=True)
class Outcome:
    """What is shown of a run beside the program's own output; `error` is None when it went as expected."""

    html: str
    text: str
    error: CourseError | None = None


def printed(ran: Ran) -> str:
    """Return the program's output, its colours and no other escapes; of a program that was stopped, its first lines."""
    return first_lines(ran.stdout, stopped=ran.finished is not None and bool(ran.finished.stopped))


def first_lines(output: str, *, stopped: bool) -> str:
    """Return what a program printed, for a cell's output: all of it, or if it was stopped, the first lines."""
    lines = output.splitlines(keepends=True)
    if not stopped or len(lines) <= _FIRST_LINES:
        return coloured(output)
    return coloured("".join(lines[:_FIRST_LINES])) + f"… ({len(lines) - _FIRST_LINES} more lines)\n"


def outcome(ran: Ran, expected: Expected) -> Outcome:
    """Judge a run by what was expected of it."""
    drawn = diagnostics.to_html(ran.compiled.diagnostics)
    written = diagnostics.to_text(ran.compiled.diagnostics)
    came = _what_came(ran)
    error: CourseError | None = None
    said, good = "", False
    if expected.fails:
        wanted = ", ".join(expected.fails)
        if ran.finished is None and set(ran.codes) == set(expected.fails):
            said, good = f"As expected: {wanted}", True
        else:
            said = f"Expected the error {wanted}, but {came}"
            error = Unexpected(said)
    elif expected.panics:
        if ran.panic and expected.panics in ran.panic.message:
            said, good = f"As expected: {ran.ending()}", True
        else:
            said = f"Expected a panic that says `{expected.panics}`, but {came}"
            error = Unexpected(said)
    elif expected.deadlock:
        if ran.timeline is not None and ran.timeline.deadlock:
            said, good = f"As expected: {ran.ending()}", True
        else:
            said = f"Expected a deadlock, but {came}"
            error = Unexpected(said)
    elif ran.finished is None:
        if not ran.compiled.errors:
            said = ran.compiled.failure
        error = CompileFailed(f"The cell does not compile: {_named(ran)}.")
    elif not ran.ok:
        error = LearnerCodeError(ran.ending())
    if not said:
        return Outcome(drawn, written, error)
    sign = _sign(good)
    return Outcome(told(said, good=good) + drawn, f"{sign} {said}" + (f"\n\n{written}" if written else ""), error)


def told(said: str, *, good: bool) -> str:
    """Return one sentence about a run as HTML, with its sign."""
    kind = "good" if good else "bad"
    return f'<p class="pxl-told pxl-{kind}"><span aria-hidden="true">{_sign(good)}</span> {_lines(said)}</p>'


def _sign(good: bool) -> str:
    return "✓" if good else "✗"


def _lines(text: str) -> str:
    return "<br>".join(map(inline, text.split("\n"))) if "`" in text else escape(text).replace("\n", "<br>")


def _named(ran: Ran) -> str:
    errors = ran.compiled.errors
    if not errors:
        return "rustc stopped"
    first = errors[0]
    what = f"{first.error_code}, {first.message}" if first.error_code else first.message
    line = f" (line {number})" if (number := ran.error_line()) else ""
    more = f", and {len(errors) - 1} more" if len(errors) > 1 else ""
    return what + line + more


def _what_came(ran: Ran) -> str:
    """Say what a run gave, to follow "but"."""
    if ran.finished is None:
        return f"it does not compile in another way: {_named(ran)}."
    if ran.ok:
        return "it compiles, and runs to its end."
    ending = ran.ending().removesuffix(".").replace("The program", "it", 1)
    return f"it compiles, and then {ending}."
