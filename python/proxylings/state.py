"""What the course remembers on a learner's machine: verdicts, opened hints, and backups of files.

Everything lives under .proxylings/. A file is written whole, beside its place, and then renamed,
so a reader sees the old one or the new one and never half of one.
"""

import os
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from proxylings.course import Desk, Exercise
from proxylings.errors import CourseError


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
    try:
        return msgspec.json.decode(_path(desk, exercise).read_bytes(), type=Progress)
    except (OSError, msgspec.DecodeError):
        return Progress()


def save(desk: Desk, exercise: Exercise, progress: Progress) -> None:
    """Remember `progress`."""
    write_whole(_path(desk, exercise), msgspec.json.format(msgspec.json.encode(progress), indent=1))


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that nobody ever sees half of it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise CourseError(
            f"{path} can't be written: {error.strerror}",
            "Free some disk space, or make the folder writable, and try again.",
        ) from error


def backup(desk: Desk, path: Path) -> Path:
    """Copy a file that is about to be overwritten, and return where the copy is."""
    stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%S.%f")
    copy = desk.state / "backups" / stamp / path.relative_to(desk.root)
    try:
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, copy)
    except OSError as error:
        raise CourseError(
            f"{desk.shown(path)} can't be backed up, so it was left as it is: {error.strerror}",
            "Free some disk space, or make .proxylings/ writable, and try again.",
        ) from error
    return copy


def _path(desk: Desk, exercise: Exercise) -> Path:
    return desk.state / "progress" / f"{exercise.id.replace('/', '--')}.json"
