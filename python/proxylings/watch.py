"""Tell when files have changed, on every file system.

Owns the waiting; the caller owns the thread. What counts is the files' own stamps (time, size, inode), compared
after each event and once a second besides: so a file that an editor replaces by renaming, or that vanishes and
comes back, is seen, and so is a change that came without an event (WSL2, NFS, containers). The first of those
turns polling on. PROXYLINGS_POLL=1 turns it on from the start.
"""

import os
import threading
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import watchfiles

Stamp = tuple[int, int, int]
Snapshot = Mapping[Path, Stamp]

_DEBOUNCE = 200  # ms: an editor that writes, renames and sets a mode does so once for us
_STEP = 5  # ms without a further change until a change is reported: an editor that writes twice does so in less
_LOOK = 1000  # ms between two looks at the stamps when no event comes
_POLL = 300  # ms between two looks of the polling watcher


def snapshot(paths: Iterable[Path]) -> Snapshot:
    """Return the stamps of the files that are there; a folder stands for all .rs files below it."""
    stamps: dict[Path, Stamp] = {}
    for path in paths:
        for file in sorted(path.rglob("*.rs")) if path.is_dir() else [path]:
            try:
                found = file.stat()
            except OSError:
                continue
            stamps[file] = (found.st_mtime_ns, found.st_size, found.st_ino)
    return stamps


def watch(
    paths: Iterable[Path],
    on_change: Callable[[frozenset[Path]], None],
    stop: threading.Event,
    *,
    since: Snapshot | None = None,
) -> None:
    """Call `on_change` with the files that changed, appeared or vanished, until `stop` is set.

    `since` is what the caller has seen already: with it, no change is lost before the watching begins.
    """
    paths = [path.absolute() for path in paths]
    seen = dict(snapshot(paths) if since is None else since)
    # None lets watchfiles decide: it knows WSL.
    polling = True if os.environ.get("PROXYLINGS_POLL") == "1" else None
    folders = sorted({path if path.is_dir() else path.parent for path in paths})

    def look() -> bool:
        """Report what is new since the last look."""
        now = dict(snapshot(paths))
        changed = frozenset(path for path in seen.keys() | now.keys() if seen.get(path) != now.get(path))
        seen.clear()
        seen.update(now)
        if changed:
            on_change(changed)
        return bool(changed)

    look()
    while not stop.is_set():
        there = [folder for folder in folders if folder.is_dir()]
        if not there:
            stop.wait(_LOOK / 1000)
            look()
            continue
        try:
            for events in watchfiles.watch(
                *there,
                stop_event=stop,
                debounce=_DEBOUNCE,
                step=_STEP,
                rust_timeout=_LOOK,
                yield_on_timeout=True,
                raise_interrupt=False,
                force_polling=polling,
                poll_delay_ms=_POLL,
                watch_filter=None,
                ignore_permission_denied=True,
            ):
                silent = look() and not events
                if silent and not polling:
                    polling = True
                    break
                if there != [folder for folder in folders if folder.is_dir()]:
                    break
        except OSError:
            # No events to be had (a folder that has just gone, no inotify watches left): look for ourselves.
            polling = True
            stop.wait(_LOOK / 1000)
            look()
