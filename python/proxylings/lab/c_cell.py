"""The `%%c` cell: what C would have done. Compile it, run it, and show the bug that a sanitizer finds.

    %%c [--sanitize address|thread] [--finds KIND] [--recorded NAME] [--limit SECONDS]

A bug that a sanitizer reports is shown as what it is: a kind, and the lines of the cell that made it. With --finds
(`heap-use-after-free`, `"data race"`, `leak`) that bug is the success. Anything else is shown, and then raised as a
short error, as `%%rust` does. Where there is no C compiler, or its sanitizer does not run, the cell shows what was
recorded of this very code under --recorded, and says with which compiler.
"""

import argparse
import shlex
import sys
from typing import Any, NoReturn

from proxylings.course import find_desk
from proxylings.errors import CompileFailed, CourseError, LearnerCodeError
from proxylings.lab import c_program, recorded
from proxylings.lab.c_program import NotHere, Ran
from proxylings.lab.cell import Interrupted, UsageError
from proxylings.lab.markdown import escape
from proxylings.lab.mime import show
from proxylings.lab.outcome import Unexpected, first_lines, told
from proxylings.lab.recorded import Recording

USAGE = "%%c [--sanitize address|thread] [--finds KIND] [--recorded NAME] [--limit SECONDS]"


class _Options(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message[:1].upper()}{message[1:]}.", f"Usage: {USAGE}")


def register(ipython: Any) -> None:
    """Give the `%%c` magic to a running IPython."""
    ipython.register_magic_function(c, "cell", "c")


def c(line: str, cell: str) -> None:
    """Run one `%%c` cell."""
    options = parse(line)
    try:
        ran = c_program.run(cell, sanitize=options.sanitize, finds=options.finds, limit=options.limit)
    except KeyboardInterrupt:
        raise Interrupted("You interrupted the cell, and its program was ended.") from None
    except NotHere as missing:
        _show_recording(options, cell, missing)
        return
    _show_run(ran, options.finds)


def parse(line: str) -> argparse.Namespace:
    """Read the options of the line after `%%c`, or say how to write them."""
    options = _Options(prog="%%c", add_help=False, allow_abbrev=False)
    options.add_argument("--sanitize", choices=["address", "thread"], default="")
    options.add_argument("--finds", default="")
    options.add_argument("--recorded", default="")
    options.add_argument("--limit", type=float, default=c_program.DEFAULT_LIMIT)
    try:
        words = shlex.split(line, comments=True)
    except ValueError as error:
        raise UsageError(f"{error}.", f"Usage: {USAGE}") from None
    chosen = options.parse_args(words)
    if not 0 < chosen.limit <= 600:
        raise UsageError("The limit is a number of seconds between 0 and 600.", f"Usage: {USAGE}")
    if chosen.finds and not chosen.sanitize:
        raise UsageError("A sanitizer finds what --finds names: give --sanitize, too.", f"Usage: {USAGE}")
    return chosen


def _show_run(ran: Ran, finds: str) -> None:
    error: CourseError | None = None
    said, good = ran.ending(), False
    if finds and ran.report is not None and finds in ran.report.kind:
        said, good = f"As expected: {said}", True
    elif finds:
        came = "it ran to its end, and none was found." if ran.ok else f"{said[:1].lower()}{said[1:]}"
        said = f"Expected {finds}, but {came if ran.report is None else said}"
        error = Unexpected(said)
    elif not ran.ok:
        error = (CompileFailed if ran.finished is None else LearnerCodeError)(said)
    stopped = ran.finished is not None and bool(ran.finished.stopped)
    _print(first_lines(ran.stdout, stopped=stopped), ran.stderr)
    _show(said, good, ran.said, ran.report.text if ran.report else "")
    if error:
        raise error


def _show_recording(options: argparse.Namespace, cell: str, missing: NotHere) -> None:
    """Show what was recorded of this code. A notebook that is run from top to bottom goes on in any case."""
    recording = recorded.read(find_desk(), options.recorded) if options.recorded else None
    if recording is None or not recording.is_of(cell, options.sanitize):
        other = " What was recorded is of other code." if recording else ""
        show(told(f"{missing.what}{other} {missing.hint}", good=False), f"✗ {missing.what}{other}\n{missing.hint}")
        return
    _print(recording.output, recording.errors)
    good = bool(options.finds) and recording.finds(options.finds)
    said = f"As expected: {recording.ending}" if good else recording.ending
    _show(said, good, recording.compiler, recording.report, f"{missing.what} {_from(recording)}")


def _from(recording: Recording) -> str:
    return f"What you see was recorded with {recording.where}."


def _print(output: str, errors: str) -> None:
    if output:
        sys.stdout.write(output)
        sys.stdout.flush()
    if errors:
        sys.stderr.write(errors.rstrip("\n") + "\n")
        sys.stderr.flush()


def _show(said: str, good: bool, compiler: str, report: str, note: str = "") -> None:
    """Show the sentence, and below it what the compiler and the sanitizer wrote, where they wrote something."""
    parts = [("The compiler says", compiler.rstrip("\n")), ("The report, shortened", report.rstrip("\n"))]
    html = told(said, good=good) if said else ""
    text = f"{'✓' if good else '✗'} {said}\n" if said else ""
    for title, content in parts:
        if content:
            html += f'<p class="pxl-small">{title}:</p><pre class="pxl-output" tabindex="0">{escape(content)}</pre>'
            text += f"\n{title}:\n{content}\n"
    if note:
        html = f'<p class="pxl-small">{escape(note)}</p>{html}'
        text = f"{note}\n{text}"
    if html:
        show(html, text.rstrip("\n"))
