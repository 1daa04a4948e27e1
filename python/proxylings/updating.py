"""Bring what is new in the course into a learner's repository, and touch nothing that the learner edited.

What the course wrote is known by its hash in course.lock. A file that still has it is renewed; any other is the
learner's and stays, with the newer version beside it under .proxylings/new/. A part's src/ is one thing: when one file
of it is edited, all of it stays. Each file is written whole, and the lock last, so an update that was killed is
finished by the next one.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from proxylings import pin, state
from proxylings.course import Desk
from proxylings.errors import CourseError, refused
from proxylings.pin import Pin
from proxylings.repository import Contents, Lock, contents, digest, in_the_way, read_lock, write_lock

# "kept": the learner's, and nothing new to say of it. "left": the learner's, and the course has a newer one.
Fate = Literal["same", "added", "renewed", "removed", "kept", "left"]


@dataclass(frozen=True)
class Updated:
    """What an update did, file by file, and between which versions of the course."""

    before: Pin
    pin: Pin
    fates: dict[str, Fate]
    doubts: tuple[str, ...]

    def named(self, fate: Fate) -> list[str]:
        """Return the files with that fate."""
        return [name for name, found in self.fates.items() if found == fate]


def update(desk: Desk, *, url: str = "", any_version: bool = False) -> Updated:
    """Renew what the course wrote and the learner left alone; return what became of each file."""
    lock = read_lock(desk.root)
    found = pin.find(desk.course, url or lock.url)
    if not any_version and not pin.is_newer(desk.course, found.pin.commit, lock.commit):
        raise CourseError(
            f"The course in {desk.course} is not newer than the one of this repository, {lock.pin.named}.",
            "Run `git pull` there (after a shallow clone: `git fetch --unshallow`), then `python3 start.py setup`. "
            "To go to its version all the same: proxylings update --any-version",
        )
    new = contents(desk.course, desk.root, lock.ci, found.pin)
    fates = _fates(desk.root, lock, new)
    changed = {name for name, fate in fates.items() if fate in ("added", "renewed")}
    if changed:
        # From here on the new hashes count as the course's, too: a killed update knows its own files again.
        write_lock(
            desk.root, msgspec.structs.replace(lock, arriving={name: digest(name, new[name]) for name in changed})
        )
    for name, fate in fates.items():
        _carry_out(desk, name, fate, new)
    write_lock(desk.root, _settled(lock, found.pin, fates, new))
    return Updated(lock.pin, found.pin, fates, found.doubts)


def take(desk: Desk, wanted: str) -> list[Path]:
    """Put the course's version in the place of an edited file, or of a part's src/; return the copies of the old."""
    lock = read_lock(desk.root)
    if pin.commit(desk.course) != lock.commit:
        raise CourseError("The course here is another version than this repository's.", "Run: proxylings update")
    new = contents(desk.course, desk.root, lock.ci, lock.pin)
    path = (Path.cwd() / wanted).resolve()
    name = path.relative_to(desk.root).as_posix() if path.is_relative_to(desk.root) else wanted
    names = [other for other in {**new, **lock.files} if _unit(other) == _unit(name)]
    if name not in names:
        raise CourseError(f"{wanted} is no file of the course.", "`proxylings update` lists those that it left.")
    # One that could not be written anyway (a folder in its place, say) stops us before anything has changed.
    edited = [other for other in names if other not in new or in_the_way(desk.root, other, new[other])]
    copies = [state.backup(desk, desk.root / other) for other in edited if (desk.root / other).exists()]
    for other in names:
        if other in new:
            state.write_whole(desk.root / other, new[other])
        else:
            _remove(desk.root / other)
        _remove(beside(desk, other))
    kept = {other: known for other, known in lock.files.items() if other not in names}
    files = kept | {other: digest(other, new[other]) for other in names if other in new}
    write_lock(desk.root, msgspec.structs.replace(lock, files=files))
    return copies


def beside(desk: Desk, name: str) -> Path:
    """Return where the newer version of a file lies that was left as it is."""
    return desk.state / "new" / name


def _fates(folder: Path, lock: Lock, new: Contents) -> dict[str, Fate]:
    fates = {name: _fate(folder, lock, new, name) for name in sorted({*new, *lock.files})}
    theirs = {_unit(name) for name, fate in fates.items() if fate in ("kept", "left")}
    return {
        name: "left" if _unit(name) in theirs and fate in ("added", "renewed", "removed") else fate
        for name, fate in fates.items()
    }


def _fate(folder: Path, lock: Lock, new: Contents, name: str) -> Fate:
    path = folder / name
    known = {table[name] for table in (lock.files, lock.arriving) if name in table}
    news = name in new and digest(name, new[name]) not in known
    if not path.exists() and not path.is_symlink():
        if name not in new:
            return "same"
        # One that an update has put there was deleted by the learner; one that was on its way has yet to arrive.
        return "added" if name not in lock.files else "left" if news else "kept"
    if not path.is_file() or path.is_symlink():
        return "left" if news else "kept"
    here = digest(name, _read(path))
    if name not in new:
        return "removed" if here in known else "kept"
    if here == digest(name, new[name]):
        return "same"
    if here in known:
        return "renewed"
    return "left" if news else "kept"


def _unit(name: str) -> str:
    """Return what a file stands or falls with: a part's whole src/, or the file alone."""
    parts = name.split("/")
    return "/".join(parts[:3]) if parts[0] == "exercises" and parts[2:3] == ["src"] else name


def _carry_out(desk: Desk, name: str, fate: Fate, new: Contents) -> None:
    path = desk.root / name
    if fate == "renewed" and name.endswith(".ipynb"):
        state.backup(desk, path)  # its cells are the course's, its output is the learner's
    if fate in ("added", "renewed"):
        state.write_whole(path, new[name])
    elif fate == "removed":
        _remove(path)
    elif fate == "left" and name in new:
        state.write_whole(beside(desk, name), new[name])
    if fate != "left":
        _remove(beside(desk, name))


def _settled(lock: Lock, version: Pin, fates: dict[str, Fate], new: Contents) -> Lock:
    """Return the lock after the update; what was left keeps the hash that it was edited from."""
    files = {}
    for name, fate in fates.items():
        if fate in ("same", "added", "renewed") and name in new:
            files[name] = digest(name, new[name])
        elif fate in ("kept", "left") and name in lock.files and (name in new or fate == "left"):
            files[name] = lock.files[name]
    return msgspec.structs.replace(
        lock, url=version.url, commit=version.commit, tag=version.tag, files=files, arriving={}
    )


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CourseError(f"{path} can't be read: {error.strerror}", "Make it readable, and try again.") from error


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except NotADirectoryError:
        pass
    except OSError as error:
        raise refused(error, path) from error
