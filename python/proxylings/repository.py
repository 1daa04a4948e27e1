"""A learner's own repository: what belongs into it, and the lock file that says what the course wrote.

Owns what the files hold. Nothing of it decides a grade: the solutions, the oracle and the points stay in the clone
of the course, and the workflow names the version that it grades with.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import msgspec
import tomlkit

from proxylings import pin, state, weave
from proxylings.course import LOCK, Desk
from proxylings.errors import CourseError
from proxylings.pin import Pin

CI = Literal["github", "gitlab", "none"]
Contents = Mapping[str, bytes]
_VERSION = 1
_TEMPLATES = Path(__file__).with_name("templates")
_WORKFLOWS: Mapping[CI, Mapping[str, str]] = {
    "github": {".github/workflows/grade.yml": "github.yml"},
    "gitlab": {".gitlab-ci.yml": "gitlab.yml"},
    "none": {},
}
_HEADING = "Written by `proxylings init` and `proxylings update`: commit it, and leave it as it is."


class Lock(msgspec.Struct, kw_only=True):
    """What course.lock holds: the course's address and version, and a hash of each file as the course wrote it.

    `arriving` are the hashes of an update that has begun: a file that has one of them is the course's own, too.
    """

    version: int = _VERSION
    ci: CI
    url: str
    commit: str
    tag: str = ""
    files: dict[str, str] = {}
    arriving: dict[str, str] = {}

    @property
    def pin(self) -> Pin:
        """Return the version of the course that the repository was made from."""
        return Pin(self.url, self.commit, self.tag)


@dataclass(frozen=True)
class Made:
    """What `init` wrote, by its names in `folder`, and what to know about the course's version."""

    folder: Path
    files: tuple[str, ...]
    pin: Pin
    doubts: tuple[str, ...]


def contents(course: Path, folder: Path, ci: CI, version: Pin) -> Contents:
    """Return every file of a learner's repository in `folder`, by its name there."""
    desk = Desk(folder, course)
    files = {path.relative_to(folder).as_posix(): text.encode() for path, text in weave.stubs(desk).items()}
    # As they were committed: to weave them takes seconds, and whoever tried one out has changed the file.
    committed = pin.committed(course, "notebooks")
    files |= {name: data for name, data in committed.items() if name.endswith(".ipynb")}
    manifest = "exercises/Cargo.toml"
    files[manifest] = _manifest(files[manifest].decode(), version).encode()
    for path in sorted((course / "tests" / "parts").rglob("*.rs")):
        files[path.relative_to(course).as_posix()] = path.read_bytes()
    for name in ("course.toml", "rustfmt.toml"):
        if (course / name).is_file():
            files[name] = (course / name).read_bytes()
    written = {"README.md": "README.md", ".gitignore": "gitignore", **_WORKFLOWS[ci]}
    return files | {name: _filled(template, version) for name, template in written.items()}


def init(folder: Path, course: Path, ci: CI, url: str = "") -> Made:
    """Make a learner's repository in `folder`, or finish one whose making was interrupted.

    Changes nothing when a file of the folder's own is in the way.
    """
    folder = folder.resolve()
    if folder.exists() and not folder.is_dir():
        raise CourseError(f"{folder} is a file.", "Name a folder; it need not be there yet.")
    if folder.is_relative_to(course):
        raise CourseError(
            f"{folder} lies inside the course.", "Name a folder outside of it: a learner's repository stands alone."
        )
    if (folder / LOCK).exists():
        raise CourseError(
            f"{folder} is a learner's repository already.",
            "To bring what is new in the course into it: change to it, and run `proxylings update`.",
        )
    found = pin.find(course, url)
    files = contents(course, folder, ci, found.pin)
    if taken := [name for name, data in files.items() if in_the_way(folder, name, data)]:
        shown = "\n".join(f"  {name}" for name in taken[:8]) + ("\n  …" if len(taken) > 8 else "")
        raise CourseError(
            f"{folder} has files of its own that would be overwritten; nothing was changed:\n{shown}",
            "Move them away, or name an empty folder.",
        )
    lock = Lock(ci=ci, url=found.pin.url, commit=found.pin.commit, tag=found.pin.tag)
    # course.toml makes the folder a desk, so it comes when all else is there; the lock says that it is whole.
    for name in sorted(files, key=lambda name: (name == "course.toml", name)):
        if not is_same(folder / name, files[name]):
            state.write_whole(folder / name, files[name])
    write_lock(folder, msgspec.structs.replace(lock, files={name: digest(name, data) for name, data in files.items()}))
    return Made(folder, (*files, LOCK), found.pin, found.doubts)


def in_the_way(folder: Path, name: str, data: bytes) -> bool:
    """Whether something that is not ours stands where a file has to go."""
    path = folder / name
    above = [parent for parent in path.parents if parent.is_relative_to(folder)]
    if any((parent.exists() or parent.is_symlink()) and not parent.is_dir() for parent in above):
        return True
    return (path.exists() or path.is_symlink()) and not is_same(path, data)


def is_same(path: Path, data: bytes) -> bool:
    """Whether a file holds exactly `data`; a link never does."""
    try:
        return not path.is_symlink() and path.read_bytes() == data
    except OSError:
        return False


def digest(name: str, data: bytes) -> str:
    """Hash a file. Of a notebook only the cells' sources count: to run it is not to edit it."""
    if name.endswith(".ipynb"):
        try:
            cells = [[cell["cell_type"], "".join(cell["source"])] for cell in json.loads(data)["cells"]]
            data = json.dumps(cells).encode()
        except (ValueError, TypeError, KeyError):
            pass
    return hashlib.sha256(data).hexdigest()


def read_lock(folder: Path) -> Lock:
    """Read course.lock; one that a newer version of the course wrote is left alone."""
    path = folder / LOCK
    try:
        table = tomlkit.parse(path.read_text(encoding="utf-8")).unwrap()
        if isinstance(version := table.get("version"), int) and version > _VERSION:
            raise state.newer(path, version, _VERSION)
        lock = msgspec.convert(table, Lock)
        if strange := [name for name in lock.files if name.startswith("/") or ".." in name.split("/")]:
            raise ValueError(f"{strange[0]!r} lies outside of the repository")
        return lock
    except FileNotFoundError as error:
        raise CourseError(
            f"{folder} is not a learner's repository: it has no {LOCK}.",
            "`proxylings init DIR` makes one. A clone of the course itself is updated by git pull.",
        ) from error
    except (OSError, ValueError) as error:
        raise CourseError(f"{path} can't be read: {error}", f"Restore it: git checkout {LOCK}") from error


def write_lock(folder: Path, lock: Lock) -> None:
    """Write course.lock."""
    document = tomlkit.document()
    document.add(tomlkit.comment(_HEADING))
    for key, value in msgspec.to_builtins(lock).items():
        document.add(key, tomlkit.item(dict(sorted(value.items())) if isinstance(value, dict) else value))
    state.write_whole(folder / LOCK, tomlkit.dumps(document).encode())


def note_on_version(desk: Desk) -> str:
    """Say when the course here is another version than the one a learner's repository was made from."""
    if desk.checkout is None:
        return ""
    here, there = pin.commit(desk.course), read_lock(desk.root).pin
    if not here or here == there.commit:
        return ""
    return f"This repository has the course at {there.named}, here it is at {here[:12]}: run `proxylings update`."


def _manifest(text: str, version: Pin) -> str:
    """Return the workspace of the learner's parts, with the course's crates from where the course comes from.

    A check never reads it. It is for editors, which ask cargo what `wire` is.
    """
    manifest: dict[str, Any] = tomlkit.parse(text).unwrap()
    for dependency in manifest["workspace"].get("dependencies", {}).values():
        if isinstance(dependency, dict) and str(dependency.get("path", "")).startswith("../"):
            del dependency["path"]
            dependency |= {"git": version.url, "rev": version.commit}
    heading = "# The workspace of your own parts, for your editor; `proxylings check` does not read it.\n\n"
    return heading + tomlkit.dumps(manifest)


def _filled(template: str, version: Pin) -> bytes:
    values = {"URL": version.url, "COMMIT": version.commit, "VERSION": version.named}
    text = (_TEMPLATES / template).read_text(encoding="utf-8")
    return re.sub(r"@(URL|COMMIT|VERSION)@", lambda match: values[match[1]], text).encode()
