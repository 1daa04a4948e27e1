"""Answers that the course knows: wrong ones, each with its misconception, and right ones of another shape.

An answer is one .rs file below tests/wrong or tests/right. Its first `//!` lines are TOML: `exercise`, `mark` (the
marked body that it replaces; "body" where the mark has no name), then `misconception`, `fails` and `says` for a wrong
answer, or `shape` for a right one. What follows is the body. `// mark: name` lines split it when it replaces several
bodies, and `mark = "*"` says that it is a whole file. `edits` replaces texts outside the marks: a learner may add a
derive.
"""

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from proxylings import weave
from proxylings.course import Exercise
from proxylings.errors import CourseError

_MARK = re.compile(r"^\s*// mark: (\w+)\n", re.MULTILINE)


@dataclass(frozen=True)
class Sample:
    """One answer: `fails` is an error code, the first test that must fail, "timeout" or "crashed"."""

    path: Path
    exercise: str
    mark: str
    body: str
    why: str
    fails: str = ""
    says: str = ""
    edits: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Return the chapter and the file's name, as pytest shows them."""
        return f"{self.path.parent.name}/{self.path.stem}"

    @property
    def bodies(self) -> dict[str, str]:
        """Return the bodies that it replaces, by the names of their marks; a whole file has none."""
        if self.mark == "*":
            return {}
        first, *pairs = _MARK.split(self.body)
        marked = dict(zip(pairs[::2], pairs[1::2], strict=True))
        return {**({self.mark: first} if first.strip() else {}), **marked}

    def source(self, solution: str) -> str:
        """Return the whole source of this answer."""
        return self.edited(weave.answer(solution, self.bodies, self.name)) if self.mark != "*" else self.body

    def edited(self, whole: str) -> str:
        """Make the replacements outside of the marks."""
        for old, new in self.edits.items():
            if old not in whole:
                raise ValueError(f"{self.path}: the source does not contain {old!r}")
            whole = whole.replace(old, new)
        return whole


def load(folder: Path) -> list[Sample]:
    """Read every answer below `folder`, which is tests/wrong or tests/right."""
    return [_read(path) for path in sorted(folder.glob("*/*.rs"))]


def find(folder: Path, exercise: Exercise, name: str) -> Sample:
    """Return the answer `name` to an exercise; `folder` is tests/wrong or tests/right."""
    stem = f"{exercise.name}__"
    known = {path.stem.removeprefix(stem): path for path in sorted((folder / exercise.chapter).glob(f"{stem}*.rs"))}
    if name not in known:
        raise CourseError(f"There is no answer {name!r} to {exercise.id}.", f"There are: {', '.join(known) or 'none'}")
    return _read(known[name])


def _read(path: Path) -> Sample:
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    length = next((at for at, line in enumerate(lines) if not line.startswith("//!")), len(lines))
    header = tomllib.loads("".join(line.removeprefix("//!").lstrip() for line in lines[:length]))
    why = header.pop("misconception", "") or header.pop("shape", "")
    if not why:
        raise ValueError(f"{path}: the header says neither `misconception` nor `shape`")
    return Sample(path, body="".join(lines[length:]).strip("\n") + "\n", why=why, **header)
