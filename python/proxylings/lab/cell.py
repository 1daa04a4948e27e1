"""The `%%rust` cell: compile it, run it, and show what rustc or the program says.

    %%rust [--fails CODE[,CODE]] [--panics TEXT] [--predict QUIZ_ID] [--permissions]
           [--timeline] [--deadlock] [--release] [--limit SECONDS]

With --fails, --panics or --deadlock that failure is the success. Anything else than what is expected is shown, and then
raised as a short error without our call stack, so that a test of the notebook sees it too. --permissions adds who may
do what with which variable at each line; --timeline adds what the threads of a cell did that uses the crate `lab`, and
so does --deadlock. A code such as `clippy::await_holding_lock` is a lint: clippy compiles the cell, and where it is
missing, the cell says so and how to get it.
"""

import argparse
import shlex
import sys
from typing import Any, NoReturn

from IPython.display import display

from proxylings.errors import CourseError
from proxylings.lab import choice, permissions, permissions_view, program, quizzes
from proxylings.lab.lanes import Lanes
from proxylings.lab.mime import show
from proxylings.lab.outcome import Expected, outcome, printed, told

USAGE = (
    "%%rust [--fails CODE] [--panics TEXT] [--predict QUIZ_ID] [--permissions] [--timeline] [--deadlock] [--release] "
    "[--limit SECONDS]"
)


class UsageError(CourseError):
    """The line of a `%%rust` cell can't be understood."""


class Interrupted(CourseError):
    """The learner interrupted the cell."""


class _Options(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message[:1].upper()}{message[1:]}.", f"Usage: {USAGE}")


def register(ipython: Any) -> None:
    """Give the `%%rust` magic to a running IPython."""
    ipython.register_magic_function(rust, "cell", "rust")


def rust(line: str, cell: str) -> None:
    """Run one `%%rust` cell."""
    options = parse(line)
    item = quizzes.find(options.predict) if options.predict else None
    expected = Expected(options.fails, options.panics, options.deadlock)
    codes = (choice.wanted(item, cell, expected) if item else expected).fails
    try:
        traced = options.timeline or options.deadlock
        ran = program.run(cell, limit=options.limit, release=options.release, traced=traced, codes=codes)
    except KeyboardInterrupt:
        raise Interrupted("You interrupted the cell, and its program was ended.") from None
    except program.ClippyMissing as missing:
        # The course works without clippy, so a notebook that is run from top to bottom goes on.
        if item is not None:
            display(choice.Choice({options.predict: item}))  # type: ignore[no-untyped-call]
        show(told(str(missing), good=False), f"✗ {missing}")
        return
    if item is not None:
        choice.predict(options.predict, item, cell, ran, expected)
        return
    came = outcome(ran, expected)
    if ran.stdout:
        sys.stdout.write(printed(ran))
        sys.stdout.flush()
    if ran.stderr:
        sys.stderr.write(ran.stderr + "\n")
        sys.stderr.flush()
    if came.html:
        show(came.html, came.text)
    if ran.timeline is not None and ran.timeline.events:
        display(Lanes(ran.timeline))  # type: ignore[no-untyped-call]
    if options.permissions:
        found = permissions.ask(cell)
        show(permissions_view.to_html(found), permissions_view.to_text(found))
    if came.error:
        raise came.error


def parse(line: str) -> argparse.Namespace:
    """Read the options of the line after `%%rust`, or say how to write them."""
    options = _Options(prog="%%rust", add_help=False, allow_abbrev=False)
    options.add_argument("--fails", type=_codes, default=())
    options.add_argument("--panics", default="")
    options.add_argument("--predict", default="")
    options.add_argument("--permissions", action="store_true")
    options.add_argument("--timeline", action="store_true")
    options.add_argument("--deadlock", action="store_true")
    options.add_argument("--release", action="store_true")
    options.add_argument("--limit", type=float, default=program.DEFAULT_LIMIT)
    try:
        words = shlex.split(line, comments=True)
    except ValueError as error:
        raise UsageError(f"{error}.", f"Usage: {USAGE}") from None
    chosen = options.parse_args(words)
    if not 0 < chosen.limit <= 600:
        raise UsageError("The limit is a number of seconds between 0 and 600.", f"Usage: {USAGE}")
    if bool(chosen.fails) + bool(chosen.panics) + chosen.deadlock > 1:
        raise UsageError("A cell can fail in one way only: give --fails, --panics or --deadlock.", f"Usage: {USAGE}")
    return chosen


def _codes(text: str) -> tuple[str, ...]:
    return tuple(code.strip() for code in text.split(",") if code.strip())
