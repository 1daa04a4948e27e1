"""Who handed in what: a folder of submissions, a CSV, or one submission alone.

Owns the list. Opens no submission: that is `reading`'s work.
"""

import csv
import os
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from proxylings.errors import CourseError

# Longest first: `.tar.gz` before `.gz`.
ARCHIVES = (".tar.gz", ".tar.xz", ".tgz", ".txz", ".zip", ".tar")
# What lies in a learner's own folder, and hardly in a folder of submissions.
_OF_ONE_LEARNER = ("course.toml", "exercises", "src", "drills")


@dataclass(frozen=True, slots=True)
class Entry:
    """One learner's submission: a path, or the address of a repository, at `commit` or at its newest."""

    student: str
    path: Path | None = None
    url: str = ""
    commit: str = ""
    first_name: str = ""
    last_name: str = ""
    email: str = ""


def find(target: Path, student: str = "") -> list[Entry]:
    """List what `target` holds: a CSV's rows, the entries of a folder, or one learner's folder or archive.

    `student` names the learner where there is one only.
    """
    if target.suffix.lower() == ".csv":
        return _from_csv(target)
    try:
        if not target.is_dir():
            if not target.exists():
                raise CourseError(f"{target} does not exist.", "Name a folder of submissions, an archive, or a CSV.")
            return [Entry(student or _stem(target.name), target)]
        names = sorted(name for name in os.listdir(target) if not name.startswith("."))  # noqa: PTH208 - names only
    except OSError as error:
        raise CourseError(f"{target} can't be read: {error.strerror}", "Make it readable, and try again.") from error
    if any(name in _OF_ONE_LEARNER for name in names):
        return [Entry(student or target.resolve().name, target)]
    if student:
        raise CourseError(f"{target} holds many submissions, so --student can't name them all.", "Leave --student out.")
    if not names:
        raise CourseError(f"{target} is empty.", "Put one folder or archive for each learner into it.")
    stems = Counter(map(_stem, names))
    # alice/ and alice.zip are two submissions: then the whole name tells them apart.
    return [Entry(_stem(name) if stems[_stem(name)] == 1 else _clean(name), target / name) for name in names]


def without_password(url: str) -> str:
    """Return an address without the name and password that may stand in it."""
    return re.sub(r"^(https?://)[^/@]*@", r"\1", url)


def _from_csv(path: Path) -> list[Entry]:
    wanted = "Its columns are student_id and url (or path), and if you like commit, name, first_name, last_name, email."
    entries: list[Entry] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                # A row that is longer than the heading has its rest under None.
                cells = {key.strip().lower(): (value or "").strip() for key, value in row.items() if key}
                entries.append(_entry(path, len(entries) + 2, cells, wanted))
    except OSError as error:
        raise CourseError(f"{path} can't be read: {error.strerror}", "Name a CSV file.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise CourseError(f"{path} is not a CSV file in UTF-8: {error}", wanted) from error
    if not entries:
        raise CourseError(f"{path} lists no submission.", wanted)
    twice = [student for student, count in Counter(entry.student for entry in entries).items() if count > 1]
    if twice:
        raise CourseError(f"{path} names these more than once: {', '.join(twice[:10])}", "Keep one row for each.")
    return entries


def _entry(path: Path, line: int, cells: dict[str, str], wanted: str) -> Entry:
    student, url, place = cells.get("student_id", ""), cells.get("url", ""), cells.get("path", "")
    if not student or bool(url) == bool(place):
        raise CourseError(f"{path}, row {line}: a student_id and a url (or a path) are needed.", wanted)
    first, _, last = cells.get("name", "").rpartition(" ")
    return Entry(
        _clean(student),
        path.parent / place if place else None,
        url,
        cells.get("commit", ""),
        cells.get("first_name") or first,
        cells.get("last_name") or last,
        cells.get("email", ""),
    )


def _stem(name: str) -> str:
    lower = name.lower()
    ending = next((ending for ending in (*ARCHIVES, ".rs") if lower.endswith(ending)), "")
    return _clean(name[: len(name) - len(ending)] or name)


def _clean(name: str) -> str:
    """Return a name that can be shown: a file's name may hold any bytes."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in name)
