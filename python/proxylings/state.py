"""What the course remembers on a learner's machine: verdicts, opened hints, and backups of files.

Everything lives under .proxylings/. A file is written whole, beside its place, and then renamed,
so a reader sees the old one or the new one and never half of one. Each says the version of its form: an older one is
brought up to date when it is read, one from a newer version of the course is left alone.
"""

import contextlib
import os
import secrets
import shutil
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from proxylings.course import Desk, Exercise
from proxylings.errors import CourseError, refused

T = TypeVar("T")
# The key is the version that a migration starts from; what it gives back is one version newer.
Migrations = Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]]
# What a killed process left half written; as old as this, nobody is writing it any more.
_PARTIAL = ".partial"
_ABANDONED_SECONDS = 60.0


class Progress(msgspec.Struct, kw_only=True):
    """How far an exercise is. `submission` names the answer that was checked last, `passed` the one that passed."""

    version: int = 1
    status: str = "not started"
    points: int = 0
    submission: str = ""
    passed: str = ""
    hints: int = 0
    solution_seen: bool = False


def read(desk: Desk, exercise: Exercise) -> Progress:
    """Return what is known of an exercise; a file that can't be read counts as no progress."""
    return load(_path(desk, exercise), Progress, 1, {}) or Progress()


def save(desk: Desk, exercise: Exercise, progress: Progress) -> None:
    """Remember `progress`."""
    write_whole(_path(desk, exercise), msgspec.json.format(msgspec.json.encode(progress), indent=1))


def load(path: Path, kind: type[T], version: int, migrations: Migrations) -> T | None:
    """Return what a state file holds, in the form of `version`; None when there is none, or it is damaged.

    A damaged file is put aside and not overwritten. A file of a newer version raises CourseError.
    """
    try:
        data = path.read_bytes()
    except OSError:
        return None
    try:
        table = msgspec.json.decode(data, type=dict[str, Any])
        found = table.get("version", 0)
        if isinstance(found, int) and found > version:
            raise newer(path, found, version)
        for older in range(msgspec.convert(found, int), version):
            table = {**migrations.get(older, dict)(table), "version": older + 1}
        return msgspec.convert(table, kind)
    except (msgspec.DecodeError, KeyError, TypeError):
        with contextlib.suppress(OSError):
            path.replace(path.with_name(f"{path.name}.damaged"))
        return None


def newer(path: Path, found: int, known: int) -> CourseError:
    """Return the error for a file that a newer version of the course wrote."""
    return CourseError(
        f"{path} was written by a newer version of the course (form {found}; this one knows {known}). "
        "It is left as it is.",
        "Bring your clone of the course up to date: git pull, then python3 start.py setup.",
    )


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that nobody ever sees half of it; its mode stays."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(6)}{_PARTIAL}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with fresh.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if path.is_file():
                shutil.copymode(path, fresh)
            fresh.replace(path)
        except BaseException:
            fresh.unlink(missing_ok=True)
            raise
        _clear_away(path)
    except OSError as error:
        raise refused(error, path) from error


def _clear_away(path: Path) -> None:
    """Remove what processes left that were killed while they wrote `path`."""
    for left in path.parent.iterdir():
        if left.name.startswith(f".{path.name}.") and left.name.endswith(_PARTIAL):
            with contextlib.suppress(OSError):
                if time.time() - left.stat().st_mtime > _ABANDONED_SECONDS:
                    left.unlink()


def backup(desk: Desk, path: Path) -> Path:
    """Copy a file that is about to be overwritten, and return where the copy is."""
    stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%S.%f")
    copy = desk.state / "backups" / stamp / path.relative_to(desk.root)
    try:
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, copy)
    except OSError as error:
        with contextlib.suppress(OSError):
            copy.unlink(missing_ok=True)
        raise refused(error, copy, f"{desk.shown(path)} has no copy yet, so it was left as it is.") from error
    return copy


def _path(desk: Desk, exercise: Exercise) -> Path:
    return desk.state / "progress" / f"{exercise.id.replace('/', '--')}.json"
