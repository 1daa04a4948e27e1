"""Compile and run the Rust program of one notebook cell, and say how it went, as values.

A cell without `fn main` is wrapped in one. Diagnostics and panics keep the learner's own line numbers.
Knows nothing of notebooks; the program runs in a child process with limits, never in the kernel.
"""

import os
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from proxylings import child, toolchain
from proxylings.course import find_desk
from proxylings.errors import CourseError
from proxylings.grader.rust_text import QUIET
from proxylings.grader.text import plain
from proxylings.lab import timeline
from proxylings.lab.diagnostics import CELL
from proxylings.lab.timeline import Timeline
from proxylings.toolchain import Compiled, Diagnostic, Span, SpanLine

DEFAULT_LIMIT = 5.0
CLIPPY = "clippy::"
_UNKNOWN_LINT = "E0602"
_OUR_OPTION = "requested on the command line with"  # a note of rustc's; the learner has given no option
_FLAGS = ("-Adead_code", "-Aunused_variables", "-Cdebuginfo=0")
_PANIC = re.compile(
    r"\n?(?P<thread>thread '[^\n]*?') (?:\(\d+\) )?panicked at (?P<file>[^\n]+?):(?P<line>\d+):\d+:\n(?P<message>.*?)"
    r"(?:\nnote: run with[^\n]*|(?=\nthread ')|\n*\Z)",
    re.DOTALL,
)


class ClippyMissing(CourseError):
    """A cell asks for a lint of clippy's, and clippy is not installed."""


class NoSuchLint(CourseError):
    """A cell asks for a lint that this clippy does not have."""


@dataclass(frozen=True)
class Wrapped:
    """The text that rustc gets. Of it, the line after `head` was put in by us; `own` are the learner's lines."""

    text: str
    own: tuple[str, ...]
    head: int | None

    def line(self, number: int) -> int:
        """Return the learner's line number; 0 for a line of ours above theirs, one past their last for one below."""
        if self.head is None or number <= self.head:
            return number
        return min(number - 1, len(self.own) + 1) if number > self.head + 1 else 0


@dataclass(frozen=True)
class Panic:
    """A panic: its message and the cell's line (0 when it happened elsewhere)."""

    message: str
    line: int


@dataclass(frozen=True)
class Ran:
    """How a cell went. `finished` is None when it did not compile; `stderr` is without the panic's own lines."""

    compiled: Compiled
    finished: child.Finished | None = None
    stderr: str = ""
    panic: Panic | None = None
    timeline: Timeline | None = None

    @property
    def ok(self) -> bool:
        """Whether it compiled and ended well."""
        return self.finished is not None and self.finished.ok

    @property
    def stdout(self) -> str:
        """Return what the program printed."""
        return self.finished.stdout if self.finished else ""

    @property
    def codes(self) -> list[str]:
        """Return the codes of the errors, each once, in order."""
        return list(dict.fromkeys(error.error_code for error in self.compiled.errors if error.error_code))

    def error_line(self) -> int:
        """Return the line of the first error's primary span, or 0."""
        spans = [span for error in self.compiled.errors for span in error.spans if span.is_primary]
        return spans[0].line_start if spans else 0

    def ending(self) -> str:
        """Say in one sentence how the program ended."""
        if self.finished is None or self.finished.ok:
            return ""
        if self.panic:
            place = f"in line {self.panic.line}" if self.panic.line else "outside this cell"
            return f"The program panicked {place}: {self.panic.message}"
        if self.timeline is not None and self.timeline.deadlock:
            return f"The program is in a deadlock: {self.timeline.deadlock}."
        if "has overflowed its stack" in self.stderr:
            return "The program overflowed its stack. Does a function call itself without an end?"
        if found := re.search(r"memory allocation of (\d+) bytes failed", self.stderr):
            return f"The program asked for more memory than it may have: {int(found[1]):,} bytes at once."
        return f"The program {self.finished.ending()}."


def run(
    source: str,
    *,
    limit: float = DEFAULT_LIMIT,
    release: bool = False,
    traced: bool = False,
    codes: Sequence[str] = (),
) -> Ran:
    """Compile `source` (edition 2024) and run it for at most `limit` seconds.

    It may use std, and if it is `traced` the crate `lab`, whose locks, channels and threads tell what they do.
    Of the `codes` that are asked for, those like `clippy::await_holding_lock` make clippy the compiler, and these
    lints errors; ClippyMissing is raised where it is not installed.
    """
    lints = lints_in(codes)
    driver = clippy(lints) if lints else None
    wrapped = wrap(source)
    with tempfile.TemporaryDirectory(dir=scratch(), prefix="cell-") as name:
        folder = Path(name)
        file = folder / CELL
        file.write_text(wrapped.text, encoding="utf-8")
        flags: tuple[str, ...] = (*_FLAGS, "-Copt-level=3") if release else _FLAGS
        flags += ("-Aclippy::all", *(f"-D{lint}" for lint in lints)) if lints else ()
        externs = {"lab": timeline.crate()} if traced else {}
        compiled = toolchain.compile_file(
            file, folder / "cell", crate_name="cell", externs=externs, flags=flags, driver=driver, cwd=folder
        )
        _refuse_unknown(compiled.diagnostics)
        compiled = replace(compiled, diagnostics=[_own(diagnostic, wrapped) for diagnostic in compiled.diagnostics])
        if compiled.output is None:
            return Ran(compiled)
        # Threads may each use the whole time; the wall clock is what ends an endless loop.
        limits = child.Limits(cpu=int(limit * (os.cpu_count() or 1)) + 1, wall=limit)
        environment = {"PATH": os.environ.get("PATH", ""), "HOME": name, "TMPDIR": name, "RUST_BACKTRACE": "0"}
        record = folder / "trace"
        if traced:
            environment[timeline.FILE] = str(record)
        finished = child.run([folder / "cell"], limits, cwd=folder, env=environment)
        told = record.read_text(encoding="utf-8", errors="replace") if record.exists() else ""
    ran = _judged(compiled, finished, wrapped)
    return replace(ran, timeline=timeline.read(plain(told), wrapped.line)) if traced else ran


def lints_in(codes: Sequence[str]) -> tuple[str, ...]:
    """Return those of the codes that are lints of clippy's, which rustc alone does not know."""
    return tuple(code for code in codes if code.startswith(CLIPPY))


def clippy(lints: Sequence[str]) -> Path:
    """Return clippy as a compiler, or say what it was needed for and how to get it."""
    driver = toolchain.find().clippy_driver
    if driver is None:
        raise ClippyMissing(
            f"clippy is not installed, so this cell can't show {', '.join(lints)}.",
            "Run: rustup component add clippy",
        )
    return driver


def _refuse_unknown(diagnostics: Sequence[Diagnostic]) -> None:
    """Raise NoSuchLint for a lint that clippy does not have, with the name that it would have expected."""
    for diagnostic in diagnostics:
        if diagnostic.error_code == _UNKNOWN_LINT and CLIPPY in diagnostic.message:
            helps = [child_.message for child_ in diagnostic.children if child_.level == "help"]
            hint = helps[0][:1].upper() + helps[0][1:] if helps else "See https://rust-lang.github.io/rust-clippy"
            raise NoSuchLint(f"clippy says: {diagnostic.message}.", plain(hint))


def _judged(compiled: Compiled, finished: child.Finished, wrapped: Wrapped) -> Ran:
    """Take the panic that ended the program out of its stderr; tell the other ones by the cell's lines."""
    panics = list(_PANIC.finditer(finished.stderr))
    panic, ended_by = None, None
    if finished.returncode == 101 and panics:
        ended_by = panics[-1]
        panic = Panic(plain(ended_by["message"]).strip(), _panic_line(ended_by, wrapped))

    def told(found: re.Match[str]) -> str:
        if ended_by is not None and found.start() == ended_by.start():
            return ""
        line = _panic_line(found, wrapped)
        return f"\nA panic in {found['thread']}{f', line {line}' if line else ''}: {found['message'].strip()}\n"

    return Ran(compiled, finished, plain(_PANIC.sub(told, finished.stderr)).strip("\n"), panic)


def _panic_line(found: re.Match[str], wrapped: Wrapped) -> int:
    return wrapped.line(int(found["line"])) if found["file"] == CELL else 0


def wrap(source: str) -> Wrapped:
    """Return the text for rustc: `source` itself, or inside a `fn main` where it has none.

    Inner attributes (`#![…]`) and the comments around them stay above.
    """
    lines = source.splitlines()
    if has_main(source):
        return Wrapped(source, tuple(lines), None)
    head = 0
    for number, line in enumerate(lines, start=1):
        if re.match(r"\s*#!\[.*\]\s*(//.*)?$", line):
            head = number
        elif line.strip() and not re.match(r"\s*//", line):
            break
    text = "\n".join([*lines[:head], "fn main() {", *lines[head:], "}", ""])
    return Wrapped(text, tuple(lines), head)


def has_main(source: str) -> bool:
    """Tell whether there is a `fn main` outside of every block, comment and string."""
    code = QUIET.sub('""', source)
    return any(
        code.count("{", 0, found.start()) == code.count("}", 0, found.start())
        for found in re.finditer(r"\bfn\s+main\s*[(<]", code)
    )


def _own(diagnostic: Diagnostic, wrapped: Wrapped) -> Diagnostic:
    """Return the diagnostic with the learner's line numbers, without what points at our own lines and options."""
    children = [child_ for child_ in diagnostic.children if not child_.message.startswith(_OUR_OPTION)]
    if wrapped.head is None:
        return msgspec.structs.replace(diagnostic, children=children)
    spans = [moved for span in diagnostic.spans if (moved := _moved(span, wrapped)) is not None]
    return msgspec.structs.replace(diagnostic, spans=spans, children=[_own(child_, wrapped) for child_ in children])


def _moved(span: Span, wrapped: Wrapped) -> Span | None:
    if span.file_name != CELL:
        return span
    first, last = wrapped.line(span.line_start), wrapped.line(span.line_end)
    end = len(wrapped.own)
    if first >= 1 and last <= end:
        return msgspec.structs.replace(span, line_start=first, line_end=last)
    if first < 1:
        if span.suggested_replacement is None:
            return None
        # An insertion above everything, such as `use …;`, has its place in the cell's first line.
        return msgspec.structs.replace(span, line_start=1, line_end=1, text=[])
    if not span.is_primary or not end:
        return None
    # rustc met our closing brace: what it misses is missing at the end of the cell.
    text = wrapped.own[-1]
    column = max(1, len(text))
    return msgspec.structs.replace(
        span, line_start=end, line_end=end, column_start=column, column_end=column + 1,
        text=[SpanLine(text, column, column + 1)],
    )  # fmt: skip


def scratch() -> Path | None:
    """Return a folder on the desk, where programs may run even if /tmp forbids it; None outside of the course."""
    try:
        folder = find_desk().state / "cells"
        folder.mkdir(parents=True, exist_ok=True)
    except (CourseError, OSError):
        return None
    return folder
