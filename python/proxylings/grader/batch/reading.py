"""Open a submission without trusting it: regular files only, no link followed, nothing unpacked, all of it capped.

Gives the Rust files by name. Whatever else is in a submission is passed over without being read.
"""

import os
import stat
from pathlib import Path

from proxylings.grader.batch import archives
from proxylings.grader.batch.pile import PASSED_OVER, Caps, Pile, Unreadable


def read(path: Path, caps: Caps | None = None) -> Pile:
    """Read a folder, an archive or a Rust file. A folder that holds one archive and no Rust file is read as that."""
    pile = Pile(caps or Caps())
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        linked = path.is_symlink()
        raise Unreadable(
            "It is a link, and links are not followed. Hand in the files themselves."
            if linked
            else f"It can't be opened: {error.strerror}."
        ) from error
    try:
        status = os.fstat(descriptor)
        pile.submitted = status.st_mtime
        if stat.S_ISDIR(status.st_mode):
            _folder(descriptor, "", pile)
            if not pile.files and len(pile.archives) == 1:
                _inner(descriptor, pile.archives[0], pile)
        else:
            _file(descriptor, status, path.name, pile)
    except OSError as error:
        raise Unreadable(f"It can't be read: {error.strerror or error}.") from error
    finally:
        os.close(descriptor)
    return pile


def _folder(descriptor: int, prefix: str, pile: Pile) -> None:
    """Read a folder through its descriptor, so that nobody can put a link in our way meanwhile."""
    pile.tick()
    with os.scandir(descriptor) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        name = os.fsencode(prefix + entry.name).decode("utf-8", "replace")
        if entry.is_dir(follow_symlinks=False):
            pile.count()
            if entry.name in PASSED_OVER:
                continue
            if prefix.count("/") >= pile.caps.depth:
                pile.leave_out(name, f"it lies more than {pile.caps.depth} folders deep")
                continue
            inner = os.open(entry.name, os.O_RDONLY | os.O_NOFOLLOW | os.O_DIRECTORY | os.O_CLOEXEC, dir_fd=descriptor)
            try:
                _folder(inner, name + "/", pile)
            finally:
                os.close(inner)
        elif wanted := pile.member(name):
            if entry.is_file(follow_symlinks=False):
                _rust_file(descriptor, entry.name, wanted, pile)
            else:
                kind = "a link" if entry.is_symlink() else "not a regular file"
                pile.leave_out(wanted, f"it is {kind}, and only regular files are read")
        elif name.lower().endswith((".zip", ".tar", ".gz", ".tgz", ".xz", ".txz")) and "/" not in name:
            pile.archives.append(entry.name)


def _rust_file(folder: int, name: str, wanted: str, pile: Pile) -> None:
    # O_NONBLOCK: should it have become a pipe since we looked, opening it must not wait for a writer.
    descriptor = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            pile.leave_out(wanted, "it is not a regular file")
            return
        pile.add(wanted, file.read(pile.caps.file + 1))


def _inner(folder: int, name: str, pile: Pile) -> None:
    """Read the only archive of a folder: learning platforms hand submissions out like that."""
    descriptor = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
    try:
        _file(descriptor, os.fstat(descriptor), name, pile)
    finally:
        os.close(descriptor)


def _file(descriptor: int, status: os.stat_result, name: str, pile: Pile) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise Unreadable("It is neither a folder nor a regular file. Hand in a folder, a .zip or a .tar.gz.")
    pile.submitted = status.st_mtime
    if name.lower().endswith(".rs"):
        with os.fdopen(os.dup(descriptor), "rb") as file:
            pile.add(pile.member(name) or "answer.rs", file.read(pile.caps.file + 1))
        return
    if status.st_size > pile.caps.archive:
        raise Unreadable(
            f"The archive is larger than {pile.caps.archive // 2**20} MiB. Hand in the exercises/ folder only."
        )
    with os.fdopen(os.dup(descriptor), "rb") as file:
        archives.read(file, pile)
