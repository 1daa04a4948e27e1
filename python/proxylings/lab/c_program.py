"""Compile and run the C program of one notebook cell with the machine's compiler, and say how it went, as values.

The program runs in a child process with limits, as that of a `%%rust` cell does. Knows nothing of notebooks.
"""

import functools
import os
import re
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from proxylings import child
from proxylings.errors import CourseError
from proxylings.grader.text import plain
from proxylings.lab import sanitizer
from proxylings.lab.program import scratch

Sanitizer = Literal["", "address", "thread"]

CELL = "cell.c"
DEFAULT_LIMIT = 5.0
FLAGS = ("-g", "-O1", "-Wall", "-Wextra")
_COMPILE = child.Limits(cpu=30, wall=60, memory=8 * 1024, file=512, output=256)
_OWN_MIB = 1024
# A sanitizer reserves terabytes of addresses, so it counts the memory that is used itself.
_OPTIONS = (
    f"exitcode=77:color=never:hard_rss_limit_mb={_OWN_MIB}:memory_limit_mb={_OWN_MIB}:max_allocation_size_mb={_OWN_MIB}"
)
# What a program has printed is lost when a sanitizer ends it, unless it left the program line by line.
_BY_LINES = """#include <stdio.h>
__attribute__((constructor)) static void print_by_lines(void) { setvbuf(stdout, NULL, _IOLBF, 0); }
"""
_ERROR = re.compile(rf"^{re.escape(CELL)}:(?P<line>\d+):(?:\d+:)? (?:fatal )?error: (?P<message>.*)$", re.MULTILINE)
_LINKER = re.compile(r"undefined reference to .*")
# A race is found when it happens: rarely, it does not.
_TRIES = 3


class NotHere(CourseError):
    """This machine has no C compiler, or a sanitizer does not run on it."""


@dataclass(frozen=True)
class Ran:
    """How a cell went: what the compiler said; where it compiled, the program; `report` is the bug that was found."""

    said: str
    finished: child.Finished | None = None
    stderr: str = ""
    report: sanitizer.Report | None = field(default=None)

    @property
    def ok(self) -> bool:
        """Whether it compiled, ended well, and no bug was found."""
        return self.finished is not None and self.finished.ok and self.report is None

    @property
    def stdout(self) -> str:
        """Return what the program printed."""
        return self.finished.stdout if self.finished else ""

    def ending(self) -> str:
        """Say in one sentence how it went, when it did not go well."""
        if self.report is not None:
            return f"{self.report.found()}."
        if self.finished is None:
            error = _ERROR.search(self.said)
            what = f"{error['message']} (line {error['line']})" if error else _first(self.said)
            return f"The cell does not compile: {what}."
        return "" if self.finished.ok else f"The program {self.finished.ending()}."


def compiler() -> Path:
    """Return the machine's C compiler."""
    found = next((path for name in ("cc", "gcc", "clang") if (path := shutil.which(name))), None)
    if found is None:
        raise NotHere(
            "This machine has no C compiler (cc, gcc or clang).",
            "To run C cells: Debian, Ubuntu: apt install gcc libc6-dev; macOS: xcode-select --install.",
        )
    return Path(found)


def run(source: str, *, sanitize: Sanitizer = "", finds: str = "", limit: float = DEFAULT_LIMIT) -> Ran:
    """Compile `source` and run it for at most `limit` seconds; raise NotHere where that can't be done.

    A run in which a sanitizer is to find a race is repeated a few times, until it does.
    """
    cc = compiler()
    with tempfile.TemporaryDirectory(dir=scratch(), prefix="cell-") as name:
        folder = Path(name)
        (folder / CELL).write_text(source, encoding="utf-8")
        (folder / "by_lines.c").write_text(_BY_LINES, encoding="utf-8")
        compiled = child.run(_command(cc, sanitize), _COMPILE, cwd=folder, env=_environment())
        said = _said(compiled)
        if not compiled.ok:
            if not _ERROR.search(said):
                _must_run(cc, sanitize)
            return Ran(said)
        ran = _once(folder, sanitize, "leak" in finds, limit, said)
        for _ in range(_TRIES - 1 if sanitize == "thread" and finds else 0):
            if ran.ok:
                ran = _once(folder, sanitize, False, limit, said)
    if not ran.ok and ran.report is None:
        _must_run(cc, sanitize)
    return ran


def _command(cc: Path, sanitize: str) -> list[str | Path]:
    flags = [*FLAGS, "-fdiagnostics-color=never"]
    flags += [f"-fsanitize={sanitize}", "-fno-omit-frame-pointer"] if sanitize else []
    return [cc, *flags, "-pthread", CELL, "by_lines.c", "-o", "cell", "-lm"]


def _environment() -> dict[str, str]:
    # The compiler's words are to be the same on every machine.
    return {**os.environ, "LC_ALL": "C", "LANGUAGE": ""}


def _once(folder: Path, sanitize: str, leaks: bool, limit: float, said: str) -> Ran:
    log = folder / "report"
    for old in folder.glob("report.*"):
        old.unlink()
    options = f"{_OPTIONS}:log_path={log}"
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "HOME": str(folder),
        "TMPDIR": str(folder),
        # A small cell that does not free its memory is not what a cell is about, unless it says so.
        "ASAN_OPTIONS": f"{options}:detect_leaks={int(leaks)}",
        "TSAN_OPTIONS": options,
    }
    memory = None if sanitize else _OWN_MIB
    limits = child.Limits(cpu=int(limit * (os.cpu_count() or 1)) + 1, wall=limit, memory=memory)
    finished = child.run([folder / "cell"], limits, cwd=folder, env=environment)
    logs = "".join(path.read_text(encoding="utf-8", errors="replace") for path in sorted(folder.glob("report.*")))
    stderr = plain(finished.stderr).replace("AddressSanitizer:DEADLYSIGNAL\n", "").strip("\n")
    return Ran(said, finished, stderr, sanitizer.read(logs, CELL))


def _said(compiled: child.Finished) -> str:
    """Return what the compiler said of the cell; of the linker only what it misses."""
    text = plain(compiled.stderr)
    lines = text.splitlines()
    if not compiled.ok and not _ERROR.search(text):
        missed = [found[0] for line in lines if (found := _LINKER.search(line))]
        lines = [*dict.fromkeys(missed)] or [line for line in lines if line.strip()] or [f"It {compiled.ending()}."]
    return "\n".join(lines)


def _first(said: str) -> str:
    first = next((line for line in said.splitlines() if line.strip()), "the compiler stopped")
    if first == "undefined reference to `main'":
        return "it has no `main`"
    return first.rstrip(".")


def _must_run(cc: Path, sanitize: str) -> None:
    """Raise NotHere when the sanitizer can't be linked, or can't start."""
    if sanitize and (why := _why_not(cc, sanitize)):
        tool = f"{sanitize.capitalize()}Sanitizer"
        raise NotHere(
            f"{tool} does not run on this machine: {why}.",
            "Debian, Ubuntu: apt install gcc libc6-dev brings both sanitizers.",
        )


@functools.cache
def _why_not(cc: Path, sanitize: str) -> str:
    """Compile and run an empty program with a sanitizer, and say why that does not work; "" when it does."""
    with tempfile.TemporaryDirectory(dir=scratch(), prefix="cell-") as name:
        folder = Path(name)
        (folder / CELL).write_text("int main(void) { return 0; }\n", encoding="utf-8")
        (folder / "by_lines.c").write_text(_BY_LINES, encoding="utf-8")
        compiled = child.run(_command(cc, sanitize), _COMPILE, cwd=folder, env=_environment())
        if not compiled.ok:
            return f"{cc.name} can't build with it"
        limits = child.Limits(cpu=10, wall=20, memory=None)
        finished = child.run([folder / "cell"], limits, cwd=folder, env={"PATH": os.environ.get("PATH", "")})
    if finished.ok:
        return ""
    known = sanitizer.runs_not_here(finished.stderr)
    return (
        "this system lays memory out in a way that it does not know"
        if known
        else f"an empty program {finished.ending()}"
    )
