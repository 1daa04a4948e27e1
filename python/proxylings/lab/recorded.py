"""Recorded runs of C cells: notebooks/recorded/NAME.txt, shown where a cell can't be run.

A recording holds what a reader saw, and the hash of the code that it was made of, so that it is never shown beside
other code. `proxylings record` writes those of the notebooks.
"""

import hashlib
import platform
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from proxylings.course import Desk
from proxylings.errors import CourseError
from proxylings.grader.text import clean
from proxylings.lab import c_program
from proxylings.lab.c_program import Ran

_SECTION = re.compile(r"^=== (compiler|output|errors|report)$\n", re.MULTILINE)
_FIELD = re.compile(r"^(recorded|code|ending): (.*)$", re.MULTILINE)
_TITLES = ("compiler", "output", "errors", "report")


@dataclass(frozen=True)
class Recording:
    """What a run gave: `where` it was recorded, the hash of its code, how it ended, and its four texts."""

    where: str
    code: str
    ending: str
    compiler: str
    output: str
    errors: str
    report: str

    def is_of(self, source: str, sanitize: str) -> bool:
        """Tell whether it was made of this code, with this sanitizer."""
        return self.code == digest(source, sanitize)

    def finds(self, wanted: str) -> bool:
        """Tell whether the report names this kind of bug."""
        return wanted in self.report.partition("\n")[0]


def path(desk: Desk, name: str) -> Path:
    """Return the file of a recording; its name is `NN-slug/what`."""
    if not re.fullmatch(r"[\w-]+/[\w-]+", name):
        raise CourseError(
            f"{name!r} can't name a recording.", "A recording is named as in --recorded 01-request/freed."
        )
    return desk.course / "notebooks" / "recorded" / f"{name}.txt"


def read(desk: Desk, name: str) -> Recording:
    """Read a recording, or say what is wrong with it."""
    file = path(desk, name)
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise CourseError(f"There is no recording {name!r}: {error}", "Make it: proxylings record") from error
    head, *rest = _SECTION.split(text)
    fields, sections = dict(_FIELD.findall(head)), dict(zip(rest[::2], rest[1::2], strict=True))
    try:
        shown = [sections[title] for title in _TITLES]
        return Recording(fields["recorded"], fields["code"], fields["ending"], *shown)
    except KeyError as missing:
        raise CourseError(f"{file.name} has no {missing}.", "Make it anew: proxylings record") from missing


def write(desk: Desk, name: str, source: str, sanitize: c_program.Sanitizer, ran: Ran) -> Path:
    """Record a run that was made on this machine."""
    texts = (ran.said, clean(ran.stdout), ran.stderr, ran.report.text if ran.report else "")
    head = f"recorded: {_here()}\ncode: {digest(source, sanitize)}\nending: {ran.ending()}\n"
    body = "".join(
        f"=== {title}\n{text}{'' if not text or text.endswith(chr(10)) else chr(10)}"
        for title, text in zip(_TITLES, texts, strict=True)
    )
    file = path(desk, name)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(head + body, encoding="utf-8")
    return file


def digest(source: str, sanitize: str) -> str:
    """Name a cell's code, together with the sanitizer that it is built with."""
    return hashlib.sha256(f"{sanitize}\n{source.strip()}\n".encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Cell:
    """A `%%c` cell of a notebook: where it stands, its line of options, and its code."""

    notebook: Path
    line: str
    source: str


def cells(desk: Desk) -> Iterator[Cell]:
    """Give every `%%c` cell of the notebooks' sources."""
    # Imported here, as in `weave`: it brings Jupyter's server along.
    import jupytext

    for file in sorted((desk.course / "notebooks" / "src").glob("*.md")):
        for cell in jupytext.reads(file.read_text(encoding="utf-8"), fmt="md:myst").cells:
            head, _, code = cell.source.partition("\n")
            if cell.cell_type == "code" and re.match(r"%%c(\s|$)", head):
                yield Cell(file, head.removeprefix("%%c").strip(), code)


def _here() -> str:
    """Say in words with what, and on what, this machine runs C: "gcc 12.2.0 on Debian 12"."""
    shown = subprocess.run([c_program.compiler(), "--version"], capture_output=True, text=True, check=False).stdout
    first = shown.partition("\n")[0]
    name = "clang" if "clang" in first else "gcc"
    version = re.search(r"\d+\.\d+(\.\d+)?", first.rpartition(")")[2] or first)
    try:
        system = platform.freedesktop_os_release()
        place = f"{system['NAME'].removesuffix(' GNU/Linux')} {system.get('VERSION_ID', '')}".strip()
    except OSError:
        place = f"{platform.system()} {platform.release()}"
    return f"{name} {version[0] if version else ''} on {place}"
